import sys
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webhook.shell.script import (
    MAX_BYTES,
    AndOr,
    Branch,
    Command,
    Group,
    Loop,
    Pipeline,
    Word,
    commands,
    parse_script,
    walk,
)


def statements(text):
    script = parse_script(text)
    assert script is not None, text
    return script.statements


def only(text):
    [node] = statements(text)
    return node


def argv(node):
    return [word.text for word in node.words]


def names(text):
    return [command.name for command in commands(statements(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("echo a  b", ["echo", "a", "b"], id="blanks"),
        pytest.param("echo 'a b' \"c d\" e' 'f", ["echo", "a b", "c d", "e f"], id="quotes"),
        pytest.param(r"echo a\ b \$X \"", ["echo", "a b", "$X", '"'], id="backslashes"),
        pytest.param(r'echo "a\"b" "\x" "\$"', ["echo", 'a"b', "\\x", "$"], id="backslashes in quotes"),
        pytest.param("echo a \\\n  b", ["echo", "a", "b"], id="a line that goes on"),
        pytest.param("echo $'a\\tb\\'c'", ["echo", "a\tb'c"], id="ansi quotes"),
        pytest.param("echo a#b # c", ["echo", "a#b"], id="comment"),
        pytest.param(
            "echo if then { } done in", ["echo", "if", "then", "{", "}", "done", "in"], id="words of the shell"
        ),
        pytest.param("echo '' \"\"", ["echo", "", ""], id="empty words"),
        pytest.param("/bin/cp *.txt ~/[ab]?", ["/bin/cp", "*.txt", "~/[ab]?"], id="patterns"),
        pytest.param("echo {a,b} a=b", ["echo", "{a,b}", "a=b"], id="braces and what looks like setting"),
        pytest.param("echo ünï 漢字", ["echo", "ünï", "漢字"], id="beyond ASCII"),
        pytest.param("[ -f /x ]", ["[", "-f", "/x", "]"], id="test"),
        pytest.param("[[ -f /x && $y =~ ^(a|b)$ ]]", None, id="bash's test"),
    ],
)
def test_words_are_read_as_the_shell_reads_them(text, words):
    node = only(text)

    assert isinstance(node, Command)
    assert words is None or words == argv(node)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("$X", "$X"),
        ('"$X/y"', "$X/y"),
        ("${X:-a b}", "${X:-a b}"),
        ("a$(b c)d", "a$(b c)d"),
        ("`b c`", "`b c`"),
        ("$((1 + 2))", "$((1 + 2))"),
        ('"${A%"${B}"}"', '${A%"${B}"}'),
    ],
)
def test_a_word_that_expands_keeps_its_source_and_is_no_literal(word, text):
    node = only(f"echo {word}")

    assert (text, False) == (node.words[1].text, node.words[1].is_literal)
    assert "echo" == node.name


@pytest.mark.parametrize("word", ["'$X'", r"\$X", '"\\$X"', "$", "a$", "'`a`'"])
def test_a_dollar_that_expands_nothing_is_literal(word):
    assert only(f"echo {word}").words[1].is_literal


def test_a_command_whose_name_is_expanded_has_none():
    assert "" == only("$RUN now").name
    assert "curl" == only("/usr/bin/curl -k").name
    assert "curl" == only(r"\curl").name


def test_assignments_stand_before_the_command_and_alone():
    first, second, third = statements("A=1 B='x y' run A=2; C=$(date)\nexport D=4 E")

    assert [("A", "1"), ("B", "x y")] == [(name, word.text) for name, word in first.assignments]
    assert ["run", "A=2"] == argv(first)
    assert ("C", "$(date)") == (second.assignments[0][0], second.assignments[0][1].text)
    assert () == second.words
    assert ["export", "D=4", "E"] == argv(third)
    assert ("D", Word("4")) == third.assignments[0]


def test_lists_of_bash_are_read_over():
    first, second = statements("A=(1 $(two) \n 3) run; B+=x[1]")

    assert ["run"] == argv(first)
    assert ["run", "two", ""] == names("A=(1 $(two) \n 3) run; B+=x[1]")
    assert "B" == second.assignments[0][0]


@pytest.mark.parametrize(
    ("text", "redirects"),
    [
        ("a >x 2>&1", [(">", "x", ""), (">&", "1", "2")]),
        ("a >>'x y' <in", [(">>", "x y", ""), ("<", "in", "")]),
        ("a &>x", [("&>", "x", "")]),
        (">x a", [(">", "x", "")]),
        ("a 2>/dev/null >|x", [(">", "/dev/null", "2"), (">|", "x", "")]),
        ("a <<<hi", [("<<<", "hi", "")]),
        ("> x", [(">", "x", "")]),
    ],
)
def test_redirections(text, redirects):
    found = [(one.operator, one.target.text, one.descriptor) for one in only(text).redirects]

    assert redirects == found


@pytest.mark.parametrize(
    ("text", "writes"), [(">x", True), ("2>&1", False), (">&x", True), (">&-", False), ("<x", False), ("&>>x", True)]
)
def test_only_some_redirections_open_a_file_for_writing(text, writes):
    assert writes is only(f"a {text}").redirects[0].writes


def test_a_number_is_a_descriptor_only_right_before_the_operator():
    assert ["a", "2"] == argv(only("a 2 >x"))
    assert ["a"] == argv(only("a 2>x"))


HERE = """cat <<EOF > /x && echo after
host: $(hostname)
'quoted' \\$X
EOF
next
"""


def test_a_here_document_ends_at_its_delimiter():
    first, second = statements(HERE)

    assert isinstance(first, AndOr)
    assert "host: $(hostname)\n'quoted' $X\n" == first.left.redirects[0].target.text
    assert ["<<", ">"] == [one.operator for one in first.left.redirects]
    assert ["next"] == argv(second)
    assert "hostname" in names(HERE)


@pytest.mark.parametrize("start", ["<<'EOF'", '<<"EOF"', "<<\\EOF"])
def test_in_a_quoted_here_document_nothing_is_expanded(start):
    node = only(f"cat {start}\n$(no) `no`\nEOF")

    assert ("$(no) `no`\n", True) == (node.redirects[0].target.text, node.redirects[0].target.is_literal)
    assert ["cat"] == names(f"cat {start}\n$(no)\nEOF")


def test_several_here_documents_follow_each_other():
    first, second = statements("a <<A; b <<-B\nin a\nA\n\tin b\n\tB\n")

    assert "in a\n" == first.redirects[0].target.text
    assert "\tin b\n" == second.redirects[0].target.text


def test_and_or_binds_to_the_left():
    node = only("a && b ||\n c")

    assert ("||", "c") == (node.operator, node.right.name)
    assert ("&&", "a", "b") == (node.left.operator, node.left.left.name, node.left.right.name)


def test_pipelines():
    node = only("! a | b |& c")

    assert isinstance(node, Pipeline)
    assert node.negated
    assert ["a", "b", "c"] == [part.name for part in node.parts]


def test_an_ampersand_sends_a_statement_to_the_background():
    first, second = statements("a && b & c")

    assert ("background", AndOr) == (first.kind, type(first.body[0]))
    assert "c" == second.name


def test_loops():
    first, second, third, fourth = statements(
        "while a; b; do c; done\nuntil d\ndo\n e\ndone; for i in 1 $(seq 2); do f; done; for x do g; done"
    )

    assert ("while", ["a", "b"], ["c"]) == (first.kind, [o.name for o in first.condition], [o.name for o in first.body])
    assert ("until", "d", "e") == (second.kind, second.condition[0].name, second.body[0].name)
    assert ["1", "$(seq 2)"] == [word.text for word in third.values]
    assert [False] == [word.is_literal for word in fourth.values]


def test_a_for_with_arithmetic_keeps_it():
    node = only("for ((i = 0; i < $(count); i++)); do a; done")

    assert ("for", "((i = 0; i < $(count); i++))") == (node.kind, node.values[0].text)
    assert ["count", "a"] == [one.name for one in commands((node,))]


def test_an_if_keeps_the_conditions_of_each_elif():
    node = only("if a; then b; elif c; d; then e; elif f; then g; else h; fi")

    assert isinstance(node, Branch)
    assert [["a"], ["c", "d"], ["f"]] == [[one.name for one in part] for part in node.conditions]
    assert [["b"], ["e"], ["g"], ["h"]] == [[one.name for one in part] for part in node.bodies]


def test_a_case_keeps_its_bodies():
    node = only("case $(uname) in (a|b) x;; *.c) y\n;; *) esac")

    assert [["x"], ["y"], []] == [[one.name for one in part] for part in node.bodies]
    assert "uname" == node.conditions[0][0].body[0].name


def test_groups_and_functions():
    first, second, third, fourth = statements("(a; b) >x; { c; }; f() { d; }; function g { e; }")

    assert ("redirected", "subshell", "x") == (first.kind, first.body[0].kind, first.redirects[0].target.text)
    assert ("braces", "c") == (second.kind, second.body[0].name)
    assert ("function", "f", "d") == (third.kind, third.name, third.body[0].name)
    assert ("function", "g", "e") == (fourth.kind, fourth.name, fourth.body[0].name)


def test_arithmetic_is_no_subshell():
    first, second = statements("((i++)); ( (a) )")

    assert ["((", "i++"] == argv(first)
    assert ("subshell", "subshell") == (second.kind, second.body[0].kind)


def test_double_parentheses_may_still_be_two_subshells():
    node = only("((a); (b))")

    assert "subshell" == node.kind
    assert ["a", "b"] == [one.name for one in commands((node,))]


def test_commands_in_substitutions_are_walked_wherever_they_stand():
    text = """X=$(a) b "$(c "`d`")" ${Y:-$(e)} <<E >$(f) <(g) $(( $(h) + 1 ))
$(i)
E
for x in $(j); do :; done; case `k` in x) ;; esac; [[ $(l) ]]; Z="$( (m) )"
"""

    assert set("abcdefghijklm") <= set(names(text))


def test_walk_gives_outer_nodes_first():
    found = [type(node) for node in walk(statements("while a; do b | c; done"))]

    assert [Loop, Command, Pipeline, Command, Command] == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("\n \t\n# a comment", id="a comment"),
        pytest.param("$()", id="an empty substitution"),
        pytest.param("a;\n", id="ended"),
        pytest.param("#!/bin/sh -e\na", id="first line of a file"),
        pytest.param("case x in esac", id="a case without cases"),
        pytest.param("time -p a", id="time"),
        pytest.param("function f() { a; }", id="a function both ways"),
        pytest.param("f() ( a ) >x", id="a function in a subshell"),
        pytest.param("[[ a &&\n b ]]", id="a test over lines"),
        pytest.param('echo ${a:-\\}b} "${c:-it\'s}" "${d#\'}\'}"', id="quotes in braces"),
        pytest.param("X= a", id="an empty variable"),
    ],
)
def test_what_the_shell_accepts_is_read(text):
    assert parse_script(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "if a; then b",
        "while a; do done",
        "a &&",
        "| a",
        "a ;; b",
        "(a",
        "a)",
        "{ a; ",
        "}",
        "done",
        "fi",
        "echo 'a",
        'echo "a',
        "echo `a",
        "echo $(a",
        "echo ${a",
        "echo $((1",
        "echo $'a",
        "cat <<E\nx",
        "cat <<E",
        "a >",
        "for ; do a; done",
        "case x in a b) c;; esac",
        "f() ",
        "()",
        "a=(1",
        "[[ a",
        "a \0 b",
        "if a; then b; fi if",
        "if a; then b; if c; fi",
        "(a) b",
        "a && then",
        "for ((a) b; do c; done",
        "cat <<E\n$(a\nE\n)\nE",
    ],
)
def test_a_syntax_error_gives_nothing(text):
    assert parse_script(text) is None


FRAGMENTS = [
    *("(", "((", "$(", "$((", "${", "{ ", "`", '"', "'", "<", "<<", "<(", "a=(", "[[ ", "[ ", "!", "&", "|", ";", "\\"),
    *(
        "if a; then ",
        "while ",
        "case a in b) ",
        "for i in ",
        "f() ",
        "<<A ",
        "a|",
        "a&&",
        ">a ",
        "$",
        "\n",
        "\r\n",
        "#",
    ),
    *("``", "$(a)", "a <<E\nE\n", "[a", "a\0", "\ud800", "\U0001f600", "*", "~", "{a,b}", "$'", "((a) ", "))"),
]


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_whatever_is_repeated_up_to_64_kib_takes_bounded_time(fragment):
    text = (fragment * MAX_BYTES)[: MAX_BYTES // len(fragment[:1].encode("utf-8", "surrogatepass")) - 1]
    started = time.perf_counter()

    parse_script(text)

    # Reading is linear, ten microseconds a character at worst; a slow machine gets much more.
    assert time.perf_counter() - started < 6


def test_many_here_documents_on_one_line_take_bounded_time():
    count = MAX_BYTES // 8
    started = time.perf_counter()

    script = parse_script("<<A " * count + "\n" + "A\n" * count)

    assert script is None or len(script.statements[0].redirects) == count
    assert time.perf_counter() - started < 6


def test_what_is_too_long_is_not_read():
    assert parse_script("a " * (MAX_BYTES // 2)) is not None
    assert parse_script("a " * (MAX_BYTES // 2) + "a") is None
    assert parse_script("ü" * (MAX_BYTES // 2) + "a") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [("( ", ")"), ("$(", ")"), ("if a; then ", "; fi"), ("{ ", "; }"), ('"$(', ')"'), ("f() { ", "; }")],
)
def test_nesting_is_read_as_deep_as_anybody_writes(before, after):
    assert parse_script(before * 8 + "a" + after * 8) is not None
    assert parse_script(before * 400 + "a" + after * 400) is None


def test_a_tree_is_never_deeper_than_a_rule_can_follow():
    chain = " && ".join(["a"] * 90)
    nested = chain
    for _ in range(4):
        nested = f"{{ {nested}; }} && {chain}"

    assert parse_script(chain) is not None
    assert parse_script(nested) is None


def test_deep_text_is_refused_even_when_little_of_the_stack_is_left():
    def deeper(left):
        return parse_script("$(" * 100 + "a" + ")" * 100) if left == 0 else deeper(left - 1)

    assert deeper(sys.getrecursionlimit() // 3) is None


def test_threads_may_read_at_the_same_time():
    found = []
    texts = [f"until nc -z host{i} 5432; do sleep 2; done" for i in range(40)] * 5

    def read():
        found.extend(parse_script(text) is not None for text in texts)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [True] * 800 == found


PIECES = st.lists(
    st.sampled_from([*FRAGMENTS, "a", "b ", " ", "fi ", "done ", "; do ", ")", "}", "esac", ";;"]), max_size=14
)


@given(PIECES.map("".join) | st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_whatever_the_text_is_reading_never_raises_and_gives_a_tree_that_can_be_walked(text):
    script = parse_script(text)

    assert script is None or all(isinstance(node.name, str) for node in commands(script.statements))


PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(PLAIN, min_size=1, max_size=5))
def test_words_in_single_quotes_come_back_unchanged(words):
    text = " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)

    assert words == argv(only(text))


@pytest.mark.parametrize(
    ("text", "flags", "has"),
    [
        ("curl -fsSk x", ("-k",), True),
        ("curl --insecure x", ("-k", "--insecure"), True),
        ("helm --insecure=true", ("--insecure",), True),
        ("curl --silent", ("-s",), False),
        ("curl x-k", ("-k",), False),
        ("vault -tls-skip-verify", ("-tls-skip-verify",), True),
    ],
)
def test_flags_are_found_alone_and_among_others(text, flags, has):
    assert has is only(text).has_flag(*flags)


def test_a_group_has_no_name_unless_it_is_a_function():
    assert [""] == [node.name for node in walk(statements("(a)")) if isinstance(node, Group)]
