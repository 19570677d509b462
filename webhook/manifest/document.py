"""One document of a manifest: what Kubernetes makes of it, and where each field stands in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from webhook.core.field_path import FieldPath
from webhook.manifest.json_text import mark_json
from webhook.manifest.parse import parse_marked
from webhook.manifest.position import DocumentWarning, MarkedValue, Position
from webhook.manifest.trace import TracedValue

Format = Literal["yaml", "json"]

FILE_START = Position(1, 1)
_ROOT = FieldPath()

_LIST = "List"


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One document, or one item of a list; the value is the reader's only copy.

    `index` counts from 0 the documents of the file that hold something; the items of a list share the list's. `prefix`
    leads from the root of the document to the value: empty, or `items[0]` for an item. `text` is the document as
    written, which begins at `start`.
    """

    value: Any  # raw JSON
    file: str
    index: int
    format: Format
    text: str
    start: Position = FILE_START
    warnings: tuple[DocumentWarning, ...] = ()
    prefix: FieldPath = _ROOT
    # Filled by the reader if it knows, else once, when somebody asks for a place; the items of a list share it.
    _marked: list[MarkedValue | TracedValue] = field(default_factory=list, repr=False)

    def position(self, path: FieldPath | str | None = None) -> Position:
        """Give the place of a field's key or of a list element; where it is missing, of its nearest parent.

        The first call may read the text a second time. A path that leads nowhere is no error. Who changes the value in
        place asks before, for what is put in has no place.
        """
        if not self._marked:
            self._marked.append(self._mark())
        wanted = FieldPath.parse(path) if isinstance(path, str) else path or _ROOT
        return self._marked[0].find(FieldPath((*self.prefix.parts, *wanted.parts)))

    def _mark(self) -> MarkedValue:
        if self.format == "json":
            return mark_json(self.text, start=self.start)[0]
        return parse_marked(self.text, first_line=self.start.line)


def expand_list(document: Document) -> Iterator[Document]:
    """Give the items of a list (`kind: List`, or any `…List` with items) as documents, lists inside lists too.

    Any other document comes back as it is. An item that says neither apiVersion nor kind gets those of a typed list
    (PodList: Pod), as kubectl does it; it is then a copy, while every other item is the very value inside the list.
    Warnings stay with the first item, so that nobody says them twice.
    """
    value = document.value
    if not is_list(value):
        yield document
        return
    for number, item in enumerate(value["items"]):
        warnings = document.warnings if number == 0 else ()
        prefix = document.prefix.child("items").index(number)
        yield from expand_list(replace(document, value=_typed(item, value), prefix=prefix, warnings=warnings))


def is_list(value: Any) -> bool:
    """Say whether a value is a list of manifests: `kind: List`, or any `…List` with items."""
    return (
        isinstance(value, dict) and str(value.get("kind", "")).endswith(_LIST) and isinstance(value.get("items"), list)
    )


def _typed(item: Any, container: dict[str, Any]) -> Any:
    kind = container["kind"].removesuffix(_LIST)
    if not kind or not isinstance(item, dict) or item.get("kind") or item.get("apiVersion"):
        return item
    return {"apiVersion": container.get("apiVersion"), "kind": kind} | {
        key: child for key, child in item.items() if key not in ("apiVersion", "kind")
    }
