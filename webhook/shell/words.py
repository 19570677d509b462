"""Words of a shell text: quotes, expansions, and what is nested in them.

Nothing is expanded; a command substitution is handed to the grammar. Every loop here moves on, so that the time is
bounded by the length.
"""

import re
from collections.abc import Callable

from webhook.shell.tree import Group, Node_, Word

# Deeper than any script that somebody reads; it also keeps Python's own stack small.
MAX_NESTING = 40

# A word of plain characters, as most are, is known by what follows it.
_PLAIN = re.compile(r"[^ \t\n;&|()<>\"'`$\\]+")
_WORD_ENDS = frozenset(" \t\n;&|()<>")
_BLANK = re.compile(r"(?:[ \t]|\\\n)*(?:#[^\n]*)?")
_QUOTED = re.compile(r"[^\"\\$`]+")
_BRACED = re.compile(r"[^\"'\\$`}]+")
_WITH_WORD = re.compile(r"\$\{(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-]):?[-=+?]")
_ARITHMETIC = re.compile(r"[^\\$`]+")
_BACKTICKS = re.compile(r"`((?:[^`\\]|\\.)*+)`", re.DOTALL)
_ANSI = re.compile(r"\$'((?:[^'\\]|\\.)*+)'", re.DOTALL)
_ANSI_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ANSI_MEANING = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b"}
_PARAMETER = re.compile(r"\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])")
_BRACKET = re.compile(r"[()]|\\.", re.DOTALL)


class UnreadableError(Exception):
    """The text is no shell script that this grammar knows."""


class Pieces:
    """A word in the making."""

    __slots__ = ("inner", "is_literal", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.inner: list[Group] = []
        self.is_literal = True

    def word(self) -> Word:
        """Give the word as it is so far."""
        return Word("".join(self.parts), self.is_literal, tuple(self.inner))


class WordReader:
    """A text and how far it is read.

    `substitution` reads statements up to the closing parenthesis, which it consumes; `parse` reads a text of its own,
    what stands in backticks.
    """

    def __init__(
        self,
        text: str,
        *,
        substitution: Callable[[], tuple[Node_, ...]],
        parse: Callable[[str, int], tuple[Node_, ...]],
        depth: int,
    ) -> None:
        self.text = text
        self.at = 0
        self.depth = depth
        self._substitution = substitution
        self._parse = parse
        # Where a line ends that is followed by here-documents, and where these end.
        self._after_line: dict[int, int] = {}
        self._line_end = -1

    def deeper(self) -> None:
        """Go one level down.

        Raises:
            UnreadableError: that is too deep.
        """
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise UnreadableError

    def peek(self, text: str) -> bool:
        """Say whether a text follows at once."""
        return self.text.startswith(text, self.at)

    def arithmetic_end(self, start: int) -> int:
        """Give where the `))` stands that closes what begins at a place, -1 where single parentheses are meant."""
        level = 0
        for bracket in _BRACKET.finditer(self.text, start):
            match bracket.group():
                case "(":
                    level += 1
                case ")" if level:
                    level -= 1
                case ")":
                    return bracket.start() if self.text.startswith("))", bracket.start()) else -1
        raise UnreadableError

    def arithmetic(self, end: int) -> Word:
        """Read arithmetic up to its `))`, and these."""
        pieces = Pieces()
        pieces.is_literal = False
        self._expansions(pieces, _ARITHMETIC, end)
        self.at = end + 2
        return pieces.word()

    def _skip_blanks(self) -> None:
        """Go on to the next character that is neither blank nor comment; line ends are none of these."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _word(self) -> Word:
        text = self.text
        plain = _PLAIN.match(text, self.at)
        if plain and (plain.end() == len(text) or text[plain.end()] in _WORD_ENDS):
            self.at = plain.end()
            return Word(plain.group())
        pieces = Pieces()
        while self.at < len(text) and (char := text[self.at]) not in _WORD_ENDS:
            if found := _PLAIN.match(text, self.at):
                self.at = found.end()
                pieces.parts.append(found.group())
            elif char == "\\":
                self.at += 2
                pieces.parts.append("" if text[self.at - 1 : self.at] == "\n" else text[self.at - 1 : self.at])
            else:
                self._quoted_or_expansion(pieces, char)
        return pieces.word()

    def _quoted_or_expansion(self, pieces: Pieces, char: str) -> None:
        """Read what begins with a quote, a backtick or a dollar outside double quotes."""
        ansi = _ANSI.match(self.text, self.at)
        if char == "'":
            end = self._find("'", self.at + 1)
            pieces.parts.append(self.text[self.at + 1 : end])
            self.at = end + 1
        elif char == '"' or self.peek('$"'):
            self.at += 1 if char == '"' else 2
            self._double_quoted(pieces)
        elif ansi:
            self.at = ansi.end()
            pieces.parts.append(_ANSI_ESCAPE.sub(lambda one: _ANSI_MEANING.get(one[1], one[1]), ansi.group(1)))
        else:
            self._expansion(pieces)

    def _double_quoted(self, pieces: Pieces) -> None:
        """Read up to the closing quote; the opening one is read."""
        text = self.text
        while not self.peek('"'):
            if found := _QUOTED.match(text, self.at):
                self.at = found.end()
                pieces.parts.append(found.group())
            elif self.peek("\\"):
                pieces.parts.append(self._escaped())
            elif self.at >= len(text):
                raise UnreadableError
            else:
                self._expansion(pieces, is_quoted=True)
        self.at += 1

    def _escaped(self) -> str:
        """Read a backslash within double quotes: it is itself, but before a few characters."""
        char = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        return "" if char == "\n" else char if char in ('"', "\\", "$", "`") else "\\" + char

    def _expansions(self, pieces: Pieces, plain: re.Pattern[str], end: int) -> None:
        """Read text with expansions up to a place, as within double quotes that are not there."""
        while self.at < end:
            if found := plain.match(self.text, self.at, end):
                self.at = found.end()
                pieces.parts.append(found.group())
            elif self.peek("\\"):
                pieces.parts.append(self._escaped())
            else:
                self._expansion(pieces, is_quoted=True)
        if self.at > end:
            raise UnreadableError

    def _expansion(self, pieces: Pieces, *, is_quoted: bool = False) -> None:
        """Read what begins with a dollar or a backtick; a dollar that begins nothing is itself."""
        start = self.at
        if self.peek("`"):
            self._backticks(pieces, is_quoted=is_quoted)
        elif self.peek("$((") and (end := self.arithmetic_end(start + 3)) >= 0:
            self.deeper()
            self.at = start + 3
            pieces.inner += self.arithmetic(end).inner
            self.depth -= 1
            self._expanded(pieces, start)
        elif self.peek("$("):
            self.at += 2
            self._nested(pieces, start)
        elif self.peek("${"):
            self._braced(pieces, is_quoted=is_quoted)
            self._expanded(pieces, start)
        elif found := _PARAMETER.match(self.text, start):
            self.at = found.end()
            self._expanded(pieces, start)
        else:
            self.at += 1
            pieces.parts.append("$")

    def _expanded(self, pieces: Pieces, start: int) -> None:
        pieces.is_literal = False
        pieces.parts.append(self.text[start : self.at])

    def _nested(self, pieces: Pieces, start: int) -> None:
        self.deeper()
        pieces.inner.append(Group("substitution", self._substitution()))
        self.depth -= 1
        self._expanded(pieces, start)

    def _backticks(self, pieces: Pieces, *, is_quoted: bool) -> None:
        start = self.at
        found = _BACKTICKS.match(self.text, start)
        if found is None:
            raise UnreadableError
        self.deeper()
        inner = re.sub(r"\\([`\\$\"])" if is_quoted else r"\\([`\\$])", r"\1", found.group(1))
        pieces.inner.append(Group("substitution", self._parse(inner, self.depth)))
        self.depth -= 1
        self.at = found.end()
        self._expanded(pieces, start)

    def _braced(self, pieces: Pieces, *, is_quoted: bool) -> None:
        """Read `${ … }` up to its end; only the substitutions within are kept.

        Within double quotes, a single quote in the word of `${name:-word}` and its like is itself.
        """
        self.deeper()
        is_plain = is_quoted and _WITH_WORD.match(self.text, self.at) is not None
        self.at += 2
        kept = Pieces()
        while not self.peek("}"):
            if found := _BRACED.match(self.text, self.at):
                self.at = found.end()
            elif self.peek("\\"):
                self.at += 2
            elif is_plain and self.peek("'"):
                self.at += 1
            elif self.at >= len(self.text):
                raise UnreadableError
            else:
                self._quoted_or_expansion(kept, self.text[self.at])
        self.at += 1
        self.depth -= 1
        pieces.inner += kept.inner

    def _find(self, what: str, start: int) -> int:
        end = self.text.find(what, start)
        if end < 0:
            raise UnreadableError
        return end
