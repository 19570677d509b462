"""Writes a text file into a volume, with holes that are filled from the Pod itself or with literal values.

`${NAME}` in `content` is a hole; `values` says what fills it: a `fieldRef` (status.podIP, metadata.name, spec.nodeName,
metadata.labels['app'], …), a `resourceFieldRef` (limits.cpu, or of another container with `containerName`), or a
`value`. `$${NAME}` is the text `${NAME}`. All other dollars, quotes, percent signs, backslashes and line ends come out
as they are, and so does whatever a value holds: it is Kubernetes that puts the values in, once, and the shell only
writes the result.

The file is written under another name and then renamed, so nobody ever sees half of it; run twice, it is written again.
Secrets do not belong here: a Pod shows its environment to everyone who may read it.

Options:
    path: the file's name inside the volume.
    content: the text, at most 64 KiB.
    values: what fills the holes.
    mode: permissions of the file, default "0644".
    mountPath, volumeName, existingVolume, sizeLimit (default 16Mi), readOnly (default true): the volume.
    image: any that brings busybox; default busybox:1.36.
    resources: requests and limits in place of 10m to 100m of cpu and 16Mi to 32Mi of memory.

Sample:

    recipe: write-file
    with:
      path: index.html
      content: |
        Hello, World! Your Pod IP is: ${POD_IP}
        This page was written by ${WRITER}.
      values:
        POD_IP: {fieldRef: status.podIP}
        WRITER: {value: Prologue}
      mountPath: /usr/share/nginx/html
"""
# ruff: noqa: N815 - the fields are named as people write them in `with`, in Kubernetes' spelling

import re
from dataclasses import dataclass, field
from typing import ClassVar

from webhook.core.errors import OptionsError
from webhook.core.expansion import escape_dollars, reference
from webhook.core.pod import Raw
from webhook.core.prepared_volume import PreparedVolume, VolumeOptions, check_relative_path, octal_mode
from webhook.core.recipe import Addition, Recipe
from webhook.core.registry import text_beside
from webhook.core.script_container import literal, script_container

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HOLE = re.compile(r"(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
# Our own names go in front: a value called PATH must not become the shell's.
_PREFIX = "PROLOGUE_VALUE_"
# Linux takes at most 128 KiB for one environment entry; half of it is left for what fills the holes.
_MOST_BYTES = 64 * 1024
# What the downward API offers to environment variables.
# https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
_FIELD = re.compile(
    r"metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['[^'\x00-\x1f]+'\]"
    r"|spec\.(nodeName|serviceAccountName)|status\.(hostIP|hostIPs|podIP|podIPs)"
)
_RESOURCE = re.compile(r"(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-[A-Za-z0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceField:
    """An amount of a container, our own if none is named; `divisor` is the unit that it is counted in."""

    __pydantic_config__: ClassVar[Raw] = {"extra": "forbid"}

    resource: str
    containerName: str = ""
    divisor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What fills one hole: exactly one of the three."""

    __pydantic_config__: ClassVar[Raw] = {"extra": "forbid"}

    value: str | None = None
    fieldRef: str | None = None
    resourceFieldRef: str | ResourceField | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(VolumeOptions):
    """What to write, with what in its holes, and where; `mode` is octal."""

    path: str
    content: str
    values: dict[str, Value] = field(default_factory=dict)
    mode: str | int = "0644"
    sizeLimit: str = "16Mi"


def make(name: str, options: Options) -> Addition:
    """Give the container that writes, its volume and the mounts.

    Raises:
        OptionsError: an option cannot be, or a hole has no value.
    """
    check_relative_path(options.path)
    volume = PreparedVolume.of(name, options)
    env = [
        *(_env_entry(key, value) for key, value in options.values.items()),
        # Last: Kubernetes puts in only what stands before.
        {"name": "PROLOGUE_CONTENT", "value": _template(options)},
        literal("PROLOGUE_DIR", options.mountPath),
        literal("PROLOGUE_PATH", options.path),
        literal("PROLOGUE_MODE", octal_mode(options.mode)),
        # Keeps Pods apart that share a volume.
        {"name": "PROLOGUE_POD_UID", "valueFrom": {"fieldRef": {"fieldPath": "metadata.uid"}}},
    ]
    script = text_beside(__name__, "write_file.sh")
    return volume.addition(script_container(name, script, options, env=env, mounts=(volume.mount,)))


def _template(options: Options) -> str:
    """Give the content as Kubernetes reads it: `$(…)` for each hole, every other dollar safe from it."""
    if "\0" in options.content or len(options.content.encode()) > _MOST_BYTES:
        raise OptionsError(f"content is at most {_MOST_BYTES} bytes of text without zero bytes", field="content")
    text, between, at = "", "", 0
    for hole in _HOLE.finditer(options.content):
        # Escaped in one piece up to the next hole: a dollar counts by what follows it.
        between += options.content[at : hole.start()]
        if hole[1]:
            between += hole[0][1:]
        elif hole[2] in options.values:
            text += escape_dollars(between) + reference(_PREFIX + hole[2])
            between = ""
        else:
            raise OptionsError(f"{hole[0]} has no value; add it to values, or write $${{{hole[2]}}}", field="content")
        at = hole.end()
    return text + escape_dollars(between + options.content[at:])


def _env_entry(name: str, value: Value) -> Raw:
    where = f"values.{name}"
    if not _NAME.fullmatch(name):
        raise OptionsError(f"{name!r} is no name for a value: letters, digits and _, no digit first", field=where)
    if [value.value, value.fieldRef, value.resourceFieldRef].count(None) != 2:  # noqa: PLR2004 - two of the three
        raise OptionsError("say one of value, fieldRef and resourceFieldRef", field=where)
    if value.value is not None:
        if "\0" in value.value or len(value.value.encode()) > _MOST_BYTES:
            raise OptionsError(f"a value is at most {_MOST_BYTES} bytes of text without zero bytes", field=where)
        return literal(_PREFIX + name, value.value)
    return {"name": _PREFIX + name, "valueFrom": _source(value, where)}


def _source(value: Value, where: str) -> Raw:
    if value.fieldRef is not None:
        if not _FIELD.fullmatch(value.fieldRef):
            raise OptionsError(f"the downward API has no {value.fieldRef!r}, only such as status.podIP", field=where)
        return {"fieldRef": {"fieldPath": value.fieldRef}}
    given = value.resourceFieldRef or ""
    amount = ResourceField(resource=given) if isinstance(given, str) else given
    if not _RESOURCE.fullmatch(amount.resource):
        raise OptionsError(f"{amount.resource!r} is no resource such as limits.cpu or requests.memory", field=where)
    parts = {"containerName": amount.containerName, "resource": amount.resource, "divisor": amount.divisor}
    return {"resourceFieldRef": {key: part for key, part in parts.items() if part}}


RECIPE = Recipe(
    name="write-file",
    title="Write a file from a text and facts of the Pod",
    options=Options,
    make=make,
    sample={
        "path": "index.html",
        "content": "Hello, World! Your Pod IP is: ${POD_IP}\nThis page was written by ${WRITER}.\n",
        "values": {"POD_IP": {"fieldRef": "status.podIP"}, "WRITER": {"value": "Prologue"}},
        "mountPath": "/usr/share/nginx/html",
    },
    text=__doc__,
)
