"""Paths inside a volume or a container as Kubernetes judges them: text alone, split at slashes, nothing is resolved.

Source: kubernetes `pkg/apis/core/validation`: validatePathNoBacksteps, validateLocalDescendingPath,
ValidateLocalNonReservedPath.
"""


def has_backstep(path: str) -> bool:
    """Say whether one element of a path is `..`."""
    return ".." in path and ".." in path.split("/")


def descending_faults(path: str) -> list[str]:
    """Give each fault of a path that must lead down from where it starts: absolute, and with `..`."""
    faults = []
    if path.startswith("/"):
        faults.append("must be relative, without a '/' in front")
    if has_backstep(path):
        faults.append("must not have '..' among its elements")
    return faults


def local_faults(path: str) -> list[str]:
    """Give each fault of a path of a file that the kubelet writes: it keeps names that begin with `..` for itself."""
    faults = descending_faults(path)
    if path.startswith("..") and not path.startswith("../"):
        faults.append("must not begin with '..', which the kubelet keeps for itself")
    return faults
