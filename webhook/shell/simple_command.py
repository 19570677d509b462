"""Simple commands: assignments, words and redirections, read token by token."""

import re
from abc import ABC, abstractmethod
from typing import Never

from webhook.shell.lexer import Lexer, Token
from webhook.shell.tree import Command, Group, Node_, Redirect, Word
from webhook.shell.words import UnreadableError

_DECLARATIONS = frozenset({"export", "local", "declare", "typeset", "readonly"})
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\[[^]]*\])?\+?=")


class SimpleCommands(ABC):
    """One text that is being read; `token` is the next one, already read by the lexer."""

    def __init__(self, lexer: Lexer) -> None:
        self.lexer = lexer
        self.token = Token("end")

    @abstractmethod
    def _definition(self, name: Word) -> Node_:
        """Read what follows a word and an opening parenthesis."""

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
