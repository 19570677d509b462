"""One fault often makes several findings: a volume with a bad name, and every mount of it. Here they find their cause.

Reports for scripts tell all findings; the text for people shows the cause, and those that follow from it in one line.
"""

from collections.abc import Iterator, Sequence

from webhook.cli.engine import Identity
from webhook.core.field_path import FieldPath
from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Raw
from webhook.core.volumes import volumes_of
from webhook.core.workload import workload_of

# What ties findings together: a word for the kind of tie, and what the fault is about.
Tie = tuple[str, str]

_BAD_VOLUME = "IC144"
_DUPLICATE_CONTAINER = "IC102"
_BAD_RESTART_POLICY = "IC105"
# An init container whose restartPolicy is misspelt is no sidecar, and may have neither.
_ONLY_FOR_SIDECARS = ("IC103", "IC104")
# A mount and a device find no volume that has a fault of its own.
_FINDS_NO_VOLUME = ("IC108", "IC129")


def causes(findings: Sequence[Finding], manifest: Raw, who: Identity, minor: int) -> list[int | None]:
    """Give for each finding the index of the one that it follows from, None where it stands for itself."""
    if len(findings) <= 1:
        return [None] * len(findings)
    ties = _Ties(manifest, who, minor)
    first: dict[Tie, int] = {}
    for index, finding in enumerate(findings):
        for tie in ties.led_by(finding):
            first.setdefault(tie, index)
    found = []
    for index, finding in enumerate(findings):
        cause = next((first[tie] for tie in ties.followed_by(finding) if tie in first), index)
        found.append(None if cause == index else cause)
    return found


class _Ties:
    """Knows what a finding of one manifest is about."""

    def __init__(self, manifest: Raw, who: Identity, minor: int) -> None:
        self._manifest = manifest
        self._who = who
        self._minor = minor

    def led_by(self, finding: Finding) -> Iterator[Tie]:
        """Give the ties by which others may follow from a finding."""
        if finding.code == _BAD_VOLUME:
            yield from (("volume", name) for name in self._volume(finding))
        elif finding.code == _BAD_RESTART_POLICY:
            yield "restartPolicy", _parent(finding.path)
        elif finding.code == _DUPLICATE_CONTAINER:
            yield "duplicate", finding.container
        elif _misses_volume(finding):
            yield "missing", self._text(finding.path)

    def followed_by(self, finding: Finding) -> Iterator[Tie]:
        """Give the ties by which a finding may follow from others, the strongest first."""
        if finding.code in _ONLY_FOR_SIDECARS:
            yield "restartPolicy", _parent(finding.path)
        elif finding.code == _DUPLICATE_CONTAINER:
            yield "duplicate", finding.container
        elif _misses_volume(finding):
            name = self._text(finding.path)
            yield "volume", name
            yield "missing", name

    def _volume(self, finding: Finding) -> Iterator[str]:
        """Give the name of the volume that a finding is about, counted as Kubernetes counts volumes."""
        workload = workload_of(self._who.api_version, self._who.kind)
        parts = FieldPath.parse(finding.path).parts
        number = parts[parts.index("volumes") + 1] if "volumes" in parts[:-1] else None
        if workload is None or not isinstance(number, int):
            return
        volumes = volumes_of(workload.pod(self._manifest, self._minor))
        if number < len(volumes) and (name := volumes[number].get("name")):
            yield str(name)

    def _text(self, path: str) -> str:
        """Give the text at a path; empty where there is none."""
        at: object = self._manifest
        for part in FieldPath.parse(path).parts:
            if isinstance(at, dict):
                at = at.get(part)
            elif isinstance(at, list) and isinstance(part, int) and part < len(at):
                at = at[part]
            else:
                return ""
        return at if isinstance(at, str) else ""


def _misses_volume(finding: Finding) -> bool:
    return finding.code in _FINDS_NO_VOLUME and finding.type is ErrorType.NOT_FOUND


def _parent(path: str) -> str:
    return path.rpartition(".")[0]
