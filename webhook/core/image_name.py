"""An image reference taken apart: `registry.example/shop/app:1.2@sha256:…`.

The parts are as they stand; nothing is judged. Source: the grammar of github.com/distribution/reference.
"""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class ImageName:
    """`repository` with its registry if one is named, `tag` and `digest` empty where there is none."""

    repository: str
    tag: str = ""
    digest: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take a reference apart; the port of a registry is no tag."""
        name, _, digest = text.partition("@")
        head, colon, tag = name.rpartition(":")
        if not colon or "/" in tag:
            return cls(name, "", digest)
        return cls(head, tag, digest)

    @property
    def is_latest(self) -> bool:
        """Whether the registry decides which image this is: no digest, and no tag or `latest`."""
        return not self.digest and self.tag in ("", "latest")
