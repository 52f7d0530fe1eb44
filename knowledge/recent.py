"""A number and how to make its value go in, the value comes out: made when it is first asked for, then kept for a while."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Values by number, safe to share between threads; what was not asked for longest goes when `most` is exceeded."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._kept: OrderedDict[int, tuple[T, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, number: int, make: Callable[[int], T], weigh: Callable[[T], int]) -> T:
        with self._lock:
            if number in self._kept:
                self._kept.move_to_end(number)
                return self._kept[number][0]
        value = make(number)  # outside the lock: two threads may make the same value, none waits for another's
        self._keep(number, value, weigh(value))
        return value

    def _keep(self, number: int, value: T, weight: int) -> None:
        with self._lock:
            if number in self._kept:
                return
            self._kept[number] = (value, weight)
            self._weight += weight
            while self._weight > self._most and len(self._kept) > 1:
                _, (_, freed) = self._kept.popitem(last=False)
                self._weight -= freed
