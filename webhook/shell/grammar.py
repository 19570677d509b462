"""The grammar of shell scripts: recursive descent, one token ahead.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_10
"""

import re
from collections.abc import Callable
from typing import ClassVar, Never

from webhook.shell.lexer import Lexer, Token
from webhook.shell.tree import AndOr, Branch, Command, Group, Loop, Node_, Pipeline, Redirect, Word
from webhook.shell.words import UnreadableError

_CLOSERS = frozenset({"then", "do", "done", "fi", "elif", "else", "esac", "}"})
_LIST_ENDS = frozenset({"end", ")", ";;", ";&", ";;&"})
_DECLARATIONS = frozenset({"export", "local", "declare", "typeset", "readonly"})
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\[[^]]*\])?\+?=")
# A chain of && leans to the left: its length is depth.
_MAX_CHAIN = 100


def parse(text: str, depth: int = 0) -> tuple[Node_, ...]:
    """Give the statements of a text.

    Raises:
        UnreadableError: the text has a syntax error or is nested too deeply.
    """
    return _Grammar(text, depth).script()


class _Grammar:
    """One text that is being read; `token` is the next one, already read by the lexer."""

    def __init__(self, text: str, depth: int) -> None:
        self.lexer = Lexer(text, substitution=self._substitution, parse=parse, depth=depth)
        self.token = Token("end")

    def script(self) -> tuple[Node_, ...]:
        self._advance()
        found = self._list()
        if self.token.kind != "end":
            self._fail()
        return found

    def _advance(self) -> None:
        self.token = self.lexer.next()

    def _fail(self) -> Never:
        raise UnreadableError

    def _is_at(self, *words: str) -> bool:
        return self.token.kind == "word" and self.token.source in words

    def _expect(self, what: str) -> None:
        """Consume a reserved word or an operator."""
        if what not in (self.token.source, self.token.kind):
            self._fail()
        self._advance()

    def _newlines(self) -> None:
        while self.token.kind == "newline":
            self._advance()

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
            if self._is_at("if"):
                self._fail()
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

    def _simple(self) -> Node_:
        words: list[Word] = []
        redirects: list[Redirect] = []
        assignments: list[tuple[str, Word]] = []
        while True:
            token = self.token
            if token.kind == "redirect":
                redirects.append(self._redirect())
            elif token.kind == "word":
                name = words[0].text if words else ""
                pair = self._assignment() if not words or name in _DECLARATIONS else None
                if pair is None or words:
                    words.append(token.word)
                if pair is not None:
                    assignments.append(pair)
                self._advance()
            elif token.kind == "(" and len(words) == 1 and not (redirects or assignments):
                return self._definition(words[0])
            else:
                break
        if not (words or redirects or assignments):
            self._fail()
        return Command(tuple(words), tuple(redirects), tuple(assignments))

    def _definition(self, name: Word) -> Node_:
        self._advance()
        self._expect(")")
        return self._function_body(name.text)

    def _assignment(self) -> tuple[str, Word] | None:
        """Take the token as `name=value`; a list in parentheses that follows belongs to it."""
        found = _ASSIGNMENT.match(self.token.source)
        if found is None:
            return None
        word = self.token.word
        if found.end() == len(self.token.source) and self.lexer.peek("("):
            return found.group(1), self._array()
        return found.group(1), Word(word.text[found.end() :], word.is_literal, word.inner)

    def _array(self) -> Word:
        self._advance()
        self._advance()
        inner: list[Group] = []
        while self.token.kind in ("word", "newline"):
            inner += self.token.word.inner
            self._advance()
        if self.token.kind != ")":
            self._fail()
        return Word("(…)", is_literal=False, inner=tuple(inner))

    def _redirects(self) -> tuple[Redirect, ...]:
        found: list[Redirect] = []
        while self.token.kind == "redirect":
            found.append(self._redirect())
        return tuple(found)

    def _redirect(self) -> Redirect:
        operator, descriptor = self.token.source, self.token.word.text
        if operator in ("<<", "<<-"):
            target = self.lexer.here_document(strip_tabs=operator == "<<-")
            self._advance()
            return Redirect("<<", target, descriptor)
        self._advance()
        target = self.token.word
        self._expect("word")
        return Redirect(operator, target, descriptor)

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
