"""What was made of a text, kept for the next time; bounded by the length of the texts, which whoever sends them chooses."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Cache(Generic[T]):
    """Values by text, up to `capacity` characters in all, the oldest dropped first; threads may share one."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._size = 0
        self._values: dict[str, T] = {}
        self._lock = threading.Lock()

    def get(self, text: str, make: Callable[[str], T]) -> T:
        """Give the value of a text, made now where it is not known."""
        try:
            return self._values[text]
        except KeyError:
            value = make(text)
        self._keep(text, value)
        return value

    def _keep(self, text: str, value: T) -> None:
        with self._lock:
            if text in self._values or len(text) > self._capacity:
                return
            self._values[text] = value
            self._size += len(text)
            while self._size > self._capacity:
                oldest = next(iter(self._values))
                del self._values[oldest]
                self._size -= len(oldest)
