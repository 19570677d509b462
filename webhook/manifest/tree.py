"""From the events of one YAML document to the value that Kubernetes makes of it.

The C parser gives the events; what they mean is said here as the decoder of go-yaml v2 says it: a merge writes into the
mapping where it stands, the last of several equal keys wins, an alias is a copy, and the tag of a collection says
nothing. No document, however deep, makes this recurse.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from webhook.core.errors import ManifestError
from webhook.manifest.anchor import Anchor, Expansion, copy_value
from webhook.manifest.bounds import MAX_DEPTH, refuse, too_deep
from webhook.manifest.position import DocumentWarning, Marks, Position
from webhook.manifest.scalar import (
    MERGE,
    JsonScalar,
    Scalar,
    ScalarError,
    json_value,
    key_text,
    plain,
    plain_value,
    tagged,
)


class _Word:
    """A word that stands where a key may, unlike any text."""


_NO_KEY: Final = _Word()
_MERGE_KEY: Final = _Word()
_ELEMENT: Final = _Word()

# Go keeps `1`, `"1"` and `1.0` apart until it writes JSON, and then lets chance decide which of them stays. We let the
# more telling one stay; any choice agrees with some run of Kubernetes.
_RANK = {bool: 0, str: 1, int: 2, float: 3}
_MERGE_WANTS_MAPPING = "a merge (`<<`) takes a mapping or a list of mappings; write `<<: *name`, or quote the key"


@dataclass(slots=True)
class _Level:
    """A collection that is not closed yet; `key` is the key whose value comes next, or one of the words above."""

    container: Any  # a dict or a list of raw JSON
    key: str | _Word
    flow: bool = False
    decoded: int = 0
    anchor: Anchor | None = None
    key_mark: Any = None  # a Mark of the parser
    key_kind: type = str
    kinds: dict[str, type] = field(default_factory=dict)


class TreeBuilder:
    """Builds one value from the events of one document; keeps state, and serves once.

    With `marks` it notes where every key and element stands; aliases are then shared, for nobody changes that tree.
    """

    def __init__(self, *, file: str, first_line: int = 1, marks: Marks | None = None) -> None:
        self._file = file
        self._first_line = first_line
        self._marks = marks
        self._root: list[Any] = []
        self._levels = [_Level(self._root, _ELEMENT)]
        self._level = self._levels[0]
        self._anchors: dict[str, Anchor] = {}
        self._expansion = Expansion()
        self.warnings: list[DocumentWarning] = []
        # By the type of the event; each takes an event of that type.
        self.handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._take_scalar,
            yaml.MappingStartEvent: self._open_mapping,
            yaml.SequenceStartEvent: self._open_sequence,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._take_alias,
        }

    @property
    def value(self) -> Any:
        """The value read so far; None for a document that holds nothing."""
        return self._root[0] if self._root else None

    @property
    def in_flow(self) -> bool:
        """Whether the innermost open collection is written with brackets or braces."""
        return self._level.flow

    def place(self, mark: Any) -> Position:
        """Give the place in the file of a mark of the parser."""
        return Position(mark.line + self._first_line, mark.column + 1)

    def refuse(self, message: str, mark: Any) -> ManifestError:
        """Make the error for what stands at a mark of the parser."""
        return refuse(message, file=self._file, at=self.place(mark))

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        self._expansion.decoded += 1
        key = self._level.key
        if event.anchor is not None:
            self._anchors[event.anchor] = Anchor(scalar=self._scalar_of(event), size=1)
        if key is _NO_KEY:
            self._take_key(event)
        elif key is _MERGE_KEY:
            raise self.refuse(_MERGE_WANTS_MAPPING, event.start_mark)
        else:
            self._put(self._value_of(event), event.start_mark)

    def _value_of(self, event: yaml.ScalarEvent) -> JsonScalar:
        if event.tag is None and not event.implicit[0]:
            text: str = event.value
            return text
        try:
            return plain_value(event.value) if event.tag is None else json_value(tagged(event.tag, event.value))
        except ScalarError as error:
            raise self.refuse(str(error), event.start_mark) from None

    def _scalar_of(self, event: yaml.ScalarEvent) -> Scalar:
        if event.tag is None:
            return plain(event.value) if event.implicit[0] else Scalar(event.value)
        try:
            return tagged(event.tag, event.value)
        except ScalarError as error:
            raise self.refuse(str(error), event.start_mark) from None

    def _take_key(self, event: yaml.ScalarEvent) -> None:
        if event.value == "<<" and (event.implicit[0] or event.tag == MERGE):
            self._level.key, self._level.key_mark = _MERGE_KEY, event.start_mark
        else:
            self._set_key(self._scalar_of(event), event.start_mark)

    def _set_key(self, scalar: Scalar, mark: Any) -> None:
        level = self._level
        value = scalar.value
        level.key_mark = mark
        level.key_kind = value.__class__
        if isinstance(value, str):
            level.key = value
            return
        try:
            level.key = key_text(scalar)
        except ScalarError as error:
            raise self.refuse(str(error), mark) from None

    def _put(self, value: Any, mark: Any) -> None:
        """Put a value where the innermost collection expects one."""
        level = self._level
        container, key = level.container, level.key
        if key is _ELEMENT:
            if self._marks is not None:
                self._marks[id(container), len(container)] = self.place(mark)
            container.append(value)
        else:
            level.key = _NO_KEY
            self._assign(level, key, value, self.place(level.key_mark) if self._marks is not None else None)

    def _assign(self, level: _Level, key: Any, value: Any, place: Position | None) -> None:
        container, kind = level.container, level.key_kind
        if key in container:
            before = level.kinds.get(key, str)
            if before is kind:
                self._warn_duplicate(key, level.key_mark)
            elif _RANK[before] > _RANK[kind]:
                return
        if kind is not str:
            level.kinds[key] = kind
        elif level.kinds:
            level.kinds.pop(key, None)
        container[key] = value
        if self._marks is not None and place is not None:
            self._marks[id(container), key] = place

    def _warn_duplicate(self, key: str, mark: Any) -> None:
        message = f'the key "{key}" is already set in this mapping; Kubernetes keeps the last: delete all but one'
        self.warnings.append(DocumentWarning(message, self.place(mark)))

    def _open_mapping(self, event: yaml.MappingStartEvent) -> None:
        self._open({}, _NO_KEY, event)

    def _open_sequence(self, event: yaml.SequenceStartEvent) -> None:
        self._open([], _ELEMENT, event)

    def _open(self, container: Any, key: _Word, event: Any) -> None:
        if self._level.key is _NO_KEY:
            raise self.refuse("a mapping or a list cannot be a key; quote the text if text is meant", event.start_mark)
        if len(self._levels) > MAX_DEPTH:
            raise too_deep(file=self._file, at=self.place(event.start_mark))
        anchor = None
        if event.anchor is not None:
            anchor = self._anchors[event.anchor] = Anchor(value=container)
        if self._level.key is not _MERGE_KEY:
            self._put(container, event.start_mark)
        self._level = _Level(container, key, flow=event.flow_style, decoded=self._expansion.decoded, anchor=anchor)
        self._levels.append(self._level)
        self._expansion.decoded += 1

    def _close(self, event: Any) -> None:
        closed = self._levels.pop()
        self._level = self._levels[-1]
        if closed.anchor is not None:
            closed.anchor.size = self._expansion.decoded - closed.decoded
            closed.anchor.kinds = closed.kinds
        if self._level.key is _MERGE_KEY:
            self._merge(closed.container, closed.kinds, event.start_mark)

    def _take_alias(self, event: yaml.AliasEvent) -> None:
        anchor = self._anchors.get(event.anchor or "")
        if anchor is None:
            raise self.refuse(f"there is no anchor `&{event.anchor}` before this alias", event.start_mark)
        if not anchor.size:
            raise self.refuse(f"the anchor `&{event.anchor}` contains itself", event.start_mark)
        if not self._expansion.expand(anchor.size):
            raise self.refuse("the document grows too much by its aliases; write out what is meant", event.start_mark)
        key = self._level.key
        if key is _MERGE_KEY:
            if not isinstance(anchor.value, dict):
                raise self.refuse(_MERGE_WANTS_MAPPING, event.start_mark)
            self._merge(anchor.value, anchor.kinds, event.start_mark)
        elif key is not _NO_KEY:
            self._put(self._aliased(anchor, event.start_mark), event.start_mark)
        elif anchor.scalar is not None:
            self._set_key(anchor.scalar, event.start_mark)
        else:
            raise self.refuse("a mapping or a list cannot be a key; quote the text if text is meant", event.start_mark)

    def _aliased(self, anchor: Anchor, mark: Any) -> Any:
        try:
            if anchor.scalar is not None:
                return json_value(anchor.scalar)
            return anchor.value if self._marks is not None else copy_value(anchor.value, len(self._levels) - 1)
        except ScalarError as error:
            raise self.refuse(str(error), mark) from None
        except RecursionError:
            raise too_deep(file=self._file, at=self.place(mark)) from None

    def _merge(self, value: Any, kinds: dict[str, type], mark: Any) -> None:
        """Write the keys of a mapping, or of a list of mappings from the last to the first, into the innermost mapping."""
        sources = value[::-1] if isinstance(value, list) else [value]
        if not all(isinstance(source, dict) for source in sources):
            raise self.refuse(_MERGE_WANTS_MAPPING, mark)
        level = self._level
        level.key = _NO_KEY
        for source in sources:
            for key, child in source.items():
                level.key_kind = kinds.get(key, str)
                place = None if self._marks is None else self._marks.get((id(source), key))
                self._assign(level, key, child if self._marks is not None else copy_value(child, 0), place)
