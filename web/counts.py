"""How often a client asked goes in and is counted: in Redis where servers share one, else and meanwhile in this process.

A Redis that is down or hangs costs one request REDIS_PATIENCE and nobody an answer. Time is taken from a clock that nobody
sets back, so that no client waits longer than its limit says.
"""

import logging
import time
from threading import Lock
from typing import Any

from limits.errors import StorageError
from limits.storage import RedisStorage, Storage

from web.settings import SettingsError

REDIS_PATIENCE = 0.3  # seconds
RETRY_SECONDS = 5.0  # between two looks whether Redis is back
SWEEP_SECONDS = 60.0
log = logging.getLogger("faqtual")


class Windows:
    """Counts of this process, each for a window of seconds that begins with its first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[str, tuple[int, float]] = {}  # key -> count, monotonic end of the window
        self._swept = time.monotonic()

    def add(self, key: str, seconds: float, amount: int) -> int:
        now = time.monotonic()
        with self._lock:
            self._sweep(now)
            count, end = self._counts.get(key, (0, 0.0))
            count, end = (count + amount, end) if end > now else (amount, now + seconds)
            self._counts[key] = count, end
        return count

    def count(self, key: str) -> int:
        count, end = self._counts.get(key, (0, 0.0))
        return count if end > time.monotonic() else 0

    def seconds_left(self, key: str) -> float:
        return max(0.0, self._counts.get(key, (0, 0.0))[1] - time.monotonic())

    def clear(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)

    def reset(self) -> int:
        """How many there were."""
        with self._lock:
            forgotten, self._counts = len(self._counts), {}
        return forgotten

    def _sweep(self, now: float) -> None:
        if now - self._swept > SWEEP_SECONDS:
            self._swept = now
            self._counts = {key: counted for key, counted in self._counts.items() if counted[1] > now}


class Counts(Storage):
    """What Flask-Limiter counts in, by the address `faqtual://`; `redis` is the URL of a shared Redis or empty."""

    STORAGE_SCHEME = ["faqtual"]  # noqa: RUF012 - as the class above declares it

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, redis: str = "", **_: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._own = Windows()
        self._redis = _impatient(redis) if redis else None
        self._lock = Lock()
        self._asked_again_at: float | None = None  # monotonic; None while Redis answers

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        return StorageError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        if shared := self._shared():
            try:
                count: int = shared.incr(key, int(expiry), amount)
            except StorageError as error:
                self._lost(error)
            else:
                self._found()
                return count
        return self._own.add(key, expiry, amount)

    def get(self, key: str) -> int:
        return self._own.count(key)

    def get_expiry(self, key: str) -> float:
        """Seconds since 1970 (UTC), for Retry-After."""
        if self._redis is not None and self._asked_again_at is None:
            try:
                return self._redis.get_expiry(key)
            except StorageError as error:
                self._lost(error)
        return time.time() + self._own.seconds_left(key)

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        """Only of this server: what stands in Redis is the others' as well."""
        return self._own.reset()

    def clear(self, key: str) -> None:
        self._own.clear(key)

    def _shared(self) -> RedisStorage | None:
        """While Redis is away one request in RETRY_SECONDS looks whether it is back; the others do not wait for it."""
        with self._lock:
            now = time.monotonic()
            if self._asked_again_at is not None:
                if now < self._asked_again_at:
                    return None
                self._asked_again_at = now + RETRY_SECONDS
        return self._redis

    def _lost(self, error: StorageError) -> None:
        with self._lock:
            if self._asked_again_at is None:
                log.warning("Redis is away, each server counts by itself: %s", error)
            self._asked_again_at = time.monotonic() + RETRY_SECONDS

    def _found(self) -> None:
        with self._lock:
            if self._asked_again_at is not None:
                log.warning("Redis is back")
            self._asked_again_at = None


def _impatient(url: str) -> RedisStorage:
    """Raises SettingsError where the program was installed without Redis."""
    try:
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ImportError as error:
        raise SettingsError("redis_url", "the settings", "needs what is installed by: pip install faqtual[redis]") from error
    patience: dict[str, Any] = {"socket_connect_timeout": REDIS_PATIENCE, "socket_timeout": REDIS_PATIENCE}
    return RedisStorage(url, wrap_exceptions=True, retry=Retry(NoBackoff(), 0), **patience)  # type: ignore[arg-type]
