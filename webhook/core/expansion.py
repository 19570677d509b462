"""Kubernetes' own `$(NAME)` expansion, which the kubelet does in env values, commands and args.

A reference to a variable that is defined becomes its value, which is not looked at again; one that is not defined
stays as it is; `$$` becomes `$`.
https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
"""

import re

# The only dollars that the kubelet acts upon; any other stays, so a text without these is not made harder to read.
_ACTIVE_DOLLAR = re.compile(r"\$(?=[$(])")


def escape_dollars(text: str) -> str:
    """Give the text that expands to this one, whatever variables there are."""
    return _ACTIVE_DOLLAR.sub("$$", text)


def reference(name: str) -> str:
    """Give the text that expands to the value of a variable."""
    return f"$({name})"
