"""When an image is pulled, where its container does not say.

Always where the tag is `latest` or where there is neither tag nor digest, else IfNotPresent, also for what is no image
reference. Source: kubernetes `pkg/apis/core/v1/defaults.go`: SetDefaults_Container; the grammar is that of
github.com/distribution/reference.
"""

import re

_LATEST = "latest"
_ATOM = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_HOST = r"(?:[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?)*|\[[a-fA-F0-9:]+\])"
_DIGEST = r"[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}"
_IMAGE = re.compile(
    rf"(?:{_HOST}(?::[0-9]+)?/)?{_ATOM}(?:/{_ATOM})*(?::(?P<tag>[A-Za-z0-9_][-A-Za-z0-9_.]{{0,127}}))?(?:@(?P<digest>{_DIGEST}))?"
)
# So much hexadecimal could be taken for the digest of an image, and is none.
_BARE_DIGEST = re.compile(r"[a-f0-9]{64}")
# Longer texts are no names of images, and are not worth a search.
_MAX_LENGTH = 1024


def default_pull_policy(image: str) -> str:
    """Give the imagePullPolicy that the API server writes for an image."""
    match = _IMAGE.fullmatch(image) if len(image) <= _MAX_LENGTH and not _BARE_DIGEST.fullmatch(image) else None
    if match is None:
        return "IfNotPresent"
    tag = match["tag"] or ("" if match["digest"] else _LATEST)
    return "Always" if tag == _LATEST else "IfNotPresent"
