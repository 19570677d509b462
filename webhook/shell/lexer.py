"""Words and operators of a shell text, read once from left to right.

POSIX sh, and what bash adds that scripts of containers use.
"""

import re
from typing import NamedTuple

from webhook.shell.tree import Word
from webhook.shell.words import Pieces, UnreadableError, WordReader

_OPERATOR = re.compile(r"&&|\|\||;;&|;;|;&|\|&|[;&|()]")
# The longest first.
_REDIRECTS = ("&>>", "&>", "<<<", "<<-", "<<", "<&", "<>", ">>", ">&", ">|", "<", ">")
_TEST_OPERATOR = re.compile(r"&&|\|\||[()<>|;&]")
_FOLDED = re.compile(r"(?<!\\)((?:\\\\)*)\n")
_BODY_TEXT = re.compile(r"[^\\$`]+")


class Token(NamedTuple):
    """What stands next: `kind` is word, redirect, newline, end, or the operator itself; `source` as it is written."""

    kind: str
    source: str = ""
    word: Word = Word("")


class Lexer(WordReader):
    """A text that is read token by token."""

    def next(self) -> Token:
        """Read the next token."""
        text = self.text
        self._skip_blanks()
        start = self.at
        if start >= len(text):
            return Token("end")
        char = text[start]
        if char == "\n":
            self.at = self._after_line.get(start, start + 1)
            return Token("newline", "\n")
        if self.peek("<(") or self.peek(">("):
            return self._process_substitution()
        if char in "<>" or self.peek("&>"):
            return self._redirect()
        return self._operator() or self._word_or_descriptor()

    def _operator(self) -> Token | None:
        found = _OPERATOR.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        return Token(found.group(), found.group())

    def _word_or_descriptor(self) -> Token:
        start = self.at
        word = self._word()
        source = self.text[start : self.at]
        if source.isascii() and source.isdecimal() and self.text[self.at : self.at + 1] in ("<", ">"):
            return Token("redirect", self._redirect().source, Word(source))
        return Token("word", source, word)

    def test(self) -> tuple[Word, ...]:
        """Read what stands between `[[` and `]]`, where operators are words."""
        words: list[Word] = []
        while True:
            self._skip_blanks()
            if self.peek("\n"):
                self.at += 1
            elif operator := _TEST_OPERATOR.match(self.text, self.at):
                self.at = operator.end()
                words.append(Word(operator.group()))
            elif self.at >= len(self.text):
                raise UnreadableError
            else:
                word = self._word()
                if word.text == "]]":
                    return tuple(words)
                words.append(word)

    def here_document(self, *, strip_tabs: bool) -> Word:
        """Read the delimiter and the body of a here-document, which begins on the next line."""
        self._skip_blanks()
        start = self.at
        delimiter = self._word()
        is_quoted = self.text[start : self.at] != delimiter.text
        # Looked for once a line, however many here-documents it begins.
        if self._line_end < self.at:
            self._line_end = _line_end(self.text, self.at)
        begin = self._after_line.get(self._line_end, self._line_end + 1)
        end, after = _body(self.text, begin, delimiter.text, strip_tabs=strip_tabs)
        self._after_line[self._line_end] = after
        if is_quoted:
            return Word(self.text[begin:end])
        return self._body_word(begin, end)

    def _body_word(self, begin: int, end: int) -> Word:
        was = self.at
        pieces = Pieces()
        self.at = begin
        self._expansions(pieces, _BODY_TEXT, end)
        self.at = was
        return pieces.word()

    def _redirect(self) -> Token:
        operator = next(one for one in _REDIRECTS if self.peek(one))
        self.at += len(operator)
        return Token("redirect", operator)

    def _process_substitution(self) -> Token:
        start = self.at
        self.at += 2
        pieces = Pieces()
        self._nested(pieces, start)
        return Token("word", self.text[start : self.at], pieces.word())


def _line_end(text: str, start: int) -> int:
    """Give where the line ends, over backslashes that continue it."""
    found = _FOLDED.search(text, start)
    if found is None:
        raise UnreadableError
    return found.end() - 1


def _body(text: str, begin: int, delimiter: str, *, strip_tabs: bool) -> tuple[int, int]:
    """Give where a here-document ends, and where the text goes on after its delimiter."""
    at = begin
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        if (line.lstrip("\t") if strip_tabs else line) == delimiter:
            return at, min(end + 1, len(text))
        at = end + 1
    raise UnreadableError
