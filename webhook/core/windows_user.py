"""A user of Windows as `runAsUserName` writes it: `ContainerUser`, or a domain, a backslash and a user.

Lengths are bytes, the parts of a NetBIOS name characters. Source: kubernetes `pkg/apis/core/validation`:
validateWindowsSecurityContextOptions.
"""

import re
from collections.abc import Iterator

from webhook.core.names import size_in_bytes

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NETBIOS = re.compile(r'[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}')
_DNS_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_DNS = re.compile(rf"{_DNS_LABEL}(?:\.{_DNS_LABEL})*")
_REFUSED = re.compile(r'["/\\:;|=,+*?<>@\[\]]')
_DOTS_AND_SPACES = re.compile(r"[. ]+")
_DOMAIN_BELOW_BYTES = 256
_USER_MAX_BYTES = 104
# A domain and a user.
_MAX_PARTS = 2


def user_name_faults(text: str) -> Iterator[str]:
    """Say what is wrong with a user name, one sentence for each error of Kubernetes."""
    parts = text.split("\\")
    if not text:
        yield "must not be empty"
    elif _CONTROL.search(text):
        yield "must not contain control characters"
    elif len(parts) > _MAX_PARTS:
        yield "must not contain more than one backslash"
    else:
        if len(parts) == _MAX_PARTS:
            yield from _domain_faults(parts[0])
        yield from _user_faults(parts[-1])


def _domain_faults(domain: str) -> Iterator[str]:
    if size_in_bytes(domain) >= _DOMAIN_BELOW_BYTES:
        yield f"the domain must be shorter than {_DOMAIN_BELOW_BYTES} bytes"
    if not _NETBIOS.fullmatch(domain) and not _DNS.fullmatch(domain):
        yield "the domain must be a NetBIOS or a DNS name"


def _user_faults(user: str) -> Iterator[str]:
    if not user:
        yield "the user must not be empty"
    elif size_in_bytes(user) > _USER_MAX_BYTES:
        yield f"the user must be no more than {_USER_MAX_BYTES} bytes"
    if _DOTS_AND_SPACES.fullmatch(user):
        yield "the user must not be dots and spaces only"
    if _REFUSED.search(user):
        yield 'the user must not contain any of "/\\:;|=,+*?<>@[]'
