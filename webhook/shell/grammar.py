"""The grammar of shell scripts: recursive descent, one token ahead.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_10
"""

from collections.abc import Callable
from typing import ClassVar

from webhook.shell.lexer import Lexer
from webhook.shell.simple_command import SimpleCommands
from webhook.shell.tree import AndOr, Branch, Command, Group, Loop, Node_, Pipeline, Word

_CLOSERS = frozenset({"then", "do", "done", "fi", "elif", "else", "esac", "}"})
_LIST_ENDS = frozenset({"end", ")", ";;", ";&", ";;&"})
# A chain of && leans to the left: its length is depth.
_MAX_CHAIN = 100


def parse(text: str, depth: int = 0) -> tuple[Node_, ...]:
    """Give the statements of a text.

    Raises:
        UnreadableError: the text has a syntax error or is nested too deeply.
    """
    return _Grammar(text, depth).script()


class _Grammar(SimpleCommands):
    """Lists, pipelines and compound commands of one text."""

    def __init__(self, text: str, depth: int) -> None:
        super().__init__(Lexer(text, substitution=self._substitution, parse=parse, depth=depth))

    def script(self) -> tuple[Node_, ...]:
        self._advance()
        found = self._list()
        if self.token.kind != "end":
            self._fail()
        return found

    def _substitution(self) -> tuple[Node_, ...]:
        """Read statements up to a `)`; the lexer stands behind it afterwards, within the word that it is part of."""
        saved = self.token
        self._advance()
        found = self._list()
        if self.token.kind != ")":
            self._fail()
        self.token = saved
        return found

    def _list(self) -> tuple[Node_, ...]:
        """Read statements up to whatever ends a list."""
        found: list[Node_] = []
        self._newlines()
        while self.token.kind not in _LIST_ENDS and not self._is_at(*_CLOSERS):
            node = self._and_or()
            separator = self.token.kind
            found.append(Group("background", (node,)) if separator == "&" else node)
            if separator not in ("&", ";", "newline"):
                break
            self._advance()
            self._newlines()
        return tuple(found)

    def _full_list(self) -> tuple[Node_, ...]:
        """Read statements, of which there must be one."""
        return self._list() or self._fail()

    def _and_or(self) -> Node_:
        node = self._pipeline()
        length = 0
        while self.token.kind in ("&&", "||"):
            length += 1
            if length > _MAX_CHAIN:
                self._fail()
            operator = self.token.kind
            self._advance()
            self._newlines()
            node = AndOr(node, operator, self._pipeline())
        return node

    def _pipeline(self) -> Node_:
        negated = False
        while self._is_at("!", "time"):
            negated ^= self.token.source == "!"
            self._advance()
            if self._is_at("-p"):
                self._advance()
        parts = [self._command()]
        while self.token.kind in ("|", "|&"):
            self._advance()
            self._newlines()
            parts.append(self._command())
        return parts[0] if len(parts) == 1 and not negated else Pipeline(tuple(parts), negated)

    def _command(self) -> Node_:
        self.lexer.deeper()
        node = self._compound()
        if node is None:
            found: Node_ = self._simple()
        else:
            redirects = self._redirects()
            found = Group("redirected", (node,), redirects=redirects) if redirects else node
        self.lexer.depth -= 1
        return found

    def _compound(self) -> Node_ | None:
        """Read a compound command, None where a simple one begins."""
        if self.token.kind == "(":
            return self._parenthesis()
        if self.token.kind != "word":
            return None
        if self.token.source in _CLOSERS:
            self._fail()
        read = self._COMPOUNDS.get(self.token.source)
        return read(self) if read is not None else None

    def _parenthesis(self) -> Node_:
        if self.lexer.peek("(") and (end := self.lexer.arithmetic_end(self.lexer.at + 1)) >= 0:
            self.lexer.at += 1
            value = self.lexer.arithmetic(end)
            self._advance()
            return Command((Word("(("), value))
        self._advance()
        body = self._full_list()
        self._expect(")")
        return Group("subshell", body)

    def _braces(self) -> Node_:
        self._advance()
        body = self._full_list()
        self._expect("}")
        return Group("braces", body)

    def _test(self) -> Node_:
        words = self.lexer.test()
        self._advance()
        return Command((Word("[["), *words))

    def _if(self) -> Node_:
        conditions: list[tuple[Node_, ...]] = []
        bodies: list[tuple[Node_, ...]] = []
        while self._is_at("if", "elif"):
            self._advance()
            conditions.append(self._full_list())
            self._expect("then")
            bodies.append(self._full_list())
        if self._is_at("else"):
            self._advance()
            bodies.append(self._full_list())
        self._expect("fi")
        return Branch("if", tuple(conditions), tuple(bodies))

    def _while(self) -> Node_:
        kind = self.token.source
        self._advance()
        condition = self._full_list()
        return Loop(kind, condition, self._do())

    def _do(self) -> tuple[Node_, ...]:
        self._expect("do")
        body = self._full_list()
        self._expect("done")
        return body

    def _for(self) -> Node_:
        self._advance()
        if self.token.kind == "(" and self.lexer.peek("("):
            values: tuple[Word, ...] = (self._for_arithmetic(),)
        elif self.token.kind == "word":
            self._advance()
            values = self._for_values()
        else:
            self._fail()
        if self.token.kind == ";":
            self._advance()
        self._newlines()
        return Loop("for", (), self._do(), values)

    def _for_arithmetic(self) -> Word:
        end = self.lexer.arithmetic_end(self.lexer.at + 1)
        if end < 0:
            self._fail()
        start = self.lexer.at - 1
        self.lexer.at += 1
        inner = self.lexer.arithmetic(end).inner
        word = Word(self.lexer.text[start : self.lexer.at], is_literal=False, inner=inner)
        self._advance()
        return word

    def _for_values(self) -> tuple[Word, ...]:
        self._newlines()
        if not self._is_at("in"):
            return (Word('"$@"', is_literal=False),)
        self._advance()
        values: list[Word] = []
        while self.token.kind == "word":
            values.append(self.token.word)
            self._advance()
        if self.token.kind not in (";", "newline"):
            self._fail()
        return tuple(values)

    def _case(self) -> Node_:
        self._advance()
        subject = self.token.word
        self._expect("word")
        self._newlines()
        self._expect("in")
        self._newlines()
        bodies: list[tuple[Node_, ...]] = []
        while not self._is_at("esac"):
            self._patterns()
            bodies.append(self._list())
            if self.token.kind in (";;", ";&", ";;&"):
                self._advance()
                self._newlines()
            elif not self._is_at("esac"):
                self._fail()
        self._advance()
        return Branch("case", (subject.inner,) if subject.inner else (), tuple(bodies))

    def _patterns(self) -> None:
        if self.token.kind == "(":
            self._advance()
        self._expect("word")
        while self.token.kind == "|":
            self._advance()
            self._expect("word")
        self._expect(")")

    def _function(self) -> Node_:
        self._advance()
        name = self.token.source
        self._expect("word")
        if self.token.kind == "(":
            self._advance()
            self._expect(")")
        return self._function_body(name)

    def _function_body(self, name: str) -> Node_:
        self._newlines()
        self.lexer.deeper()
        body = self._compound() or self._fail()
        redirects = self._redirects()
        self.lexer.depth -= 1
        is_plain = isinstance(body, Group) and body.kind in ("braces", "subshell")
        return Group("function", body.body if is_plain and isinstance(body, Group) else (body,), name, redirects)

    def _definition(self, name: Word) -> Node_:
        self._advance()
        self._expect(")")
        return self._function_body(name.text)

    _COMPOUNDS: ClassVar[dict[str, Callable[["_Grammar"], Node_]]] = {
        "if": _if,
        "while": _while,
        "until": _while,
        "for": _for,
        "select": _for,
        "case": _case,
        "{": _braces,
        "[[": _test,
        "function": _function,
    }
