"""Private keys, wrapped so that no log, repr or error shows them by accident."""

import hmac
from typing import NoReturn


class PrivateKey:
    """The PEM text of a private key; only `reveal()` shows it.

    It compares by content and is unhashable; it refuses to be pickled, because a pickle is a copy that hides nothing.
    """

    __slots__ = ("_pem",)
    __hash__ = None  # type: ignore[assignment]  # a hash in a dict's keys would be one more trace of the key

    def __init__(self, pem: bytes) -> None:
        self._pem = pem

    def reveal(self) -> bytes:
        """The PEM text itself: for a file of mode 0600 or a TLS library, nothing else."""
        return self._pem

    def __repr__(self) -> str:
        return "PrivateKey(hidden)"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PrivateKey):
            return NotImplemented
        return hmac.compare_digest(self._pem, other._pem)

    def __copy__(self) -> "PrivateKey":
        return self

    def __deepcopy__(self, _memo: dict[int, object]) -> "PrivateKey":
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("A PrivateKey is not pickled: hand over the file, or call reveal() where the key is needed")
