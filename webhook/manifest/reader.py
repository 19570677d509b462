"""A file of manifests, YAML or JSON, read as kubectl reads it.

A file whose first character is `{` is read as JSON values, one after the other. Where that fails at the first or the
second value, the rest is YAML after all (`{a: 1}` is YAML and no JSON). Anything else is YAML, cut at every line that
begins with `---`. Documents that hold nothing are dropped, and not counted.
"""

from collections.abc import Iterator

from webhook.core.errors import ManifestError
from webhook.manifest import block
from webhook.manifest.bounds import decode
from webhook.manifest.chunk import cut
from webhook.manifest.document import Document
from webhook.manifest.json_text import mark_json, read_json, skip_blanks
from webhook.manifest.parse import parse
from webhook.manifest.position import MarkedValue, Position
from webhook.manifest.trace import TracedValue

# After so many values a stream is JSON for good, and what is no JSON then is a fault.
_UNDECIDED = 1
# A document that only ends is empty too.
_EMPTY = ("", "...")


def read_documents(data: bytes, *, file: str = "") -> list[Document]:
    """Give the documents of a file that hold something, in their order.

    Raises:
        ManifestError: where Kubernetes would not read the file, or it exceeds the bounds of `manifest.bounds`.
    """
    text = decode(data, file=file)
    return list(_documents(text, file=file))


def _documents(text: str, *, file: str) -> Iterator[Document]:
    index, offset = 0, 0
    fault: ManifestError | None = None
    if text.lstrip()[:1] == "{":
        documents, offset, fault = _json_documents(text, file=file)
        yield from documents
        index = len(documents)
        if fault is None:
            return
    try:
        yield from _yaml_documents(text, offset, index, file=file)
    except ManifestError:
        if fault is not None and _means_json(text):
            raise fault from None
        raise


def _means_json(text: str) -> bool:
    """Tell whether a text that begins with a brace was meant as JSON, so that its fault is best told as JSON's."""
    return text.lstrip()[1:].lstrip()[:1] in ('"', "}")


def _json_documents(text: str, *, file: str) -> tuple[list[Document], int, ManifestError | None]:
    """Read JSON values; gives them, the offset of the rest, and the fault found there unless all is read.

    Raises:
        ManifestError: where a stream of several values holds something that is no JSON.
    """
    documents: list[Document] = []
    count = end = seen = 0
    line = 1
    while (offset := skip_blanks(text, end)) < len(text):
        try:
            value, end, has_duplicates = read_json(text, offset, file=file)
        except ManifestError as fault:
            if count > _UNDECIDED:
                raise
            return documents, _to_next_line(text, end), fault
        count += 1
        line += text.count("\n", seen, offset)
        seen = offset
        if value is not None:
            start = Position(line, offset - text.rfind("\n", 0, offset))
            warnings = mark_json(text[offset:end], start=start)[1] if has_duplicates else ()
            documents.append(Document(value, file, len(documents), "json", text[offset:end], start, warnings))
    return documents, end, None


def _to_next_line(text: str, offset: int) -> int:
    """Skip blanks, and the end of the line if nothing else is on it, as kubectl does before it goes on in YAML."""
    rest = text[offset:].lstrip(" \t\r")
    return len(text) - len(rest.removeprefix("\n"))


def _yaml_documents(text: str, offset: int, index: int, *, file: str) -> Iterator[Document]:
    first_line = 1 + text.count("\n", 0, offset)
    for chunk in cut(text[offset:], file=file, first_line=first_line):
        if chunk.text.strip(" \r\n") in _EMPTY:
            continue
        warnings = chunk.warnings
        known: list[MarkedValue | TracedValue] = []
        traced = block.read(chunk.text, first_line=chunk.first_line)
        if traced is None:
            value, noted = parse(chunk.text, file=file, first_line=chunk.first_line)
            warnings += noted
        else:
            value = traced.value
            known.append(traced)
        if value is None:
            continue
        yield Document(value, file, index, "yaml", chunk.text, Position(chunk.first_line, 1), warnings, _marked=known)
        index += 1
