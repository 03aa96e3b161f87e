"""The brake on guessing passwords: so many failed attempts in a quarter of an hour, by address and by name."""

from __future__ import annotations

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

WINDOW_MINUTES = 15
BY_ADDRESS_AND_NAME = RateLimitItemPerMinute(8, WINDOW_MINUTES)
BY_ADDRESS = RateLimitItemPerMinute(40, WINDOW_MINUTES)
BY_NAME = RateLimitItemPerMinute(80, WINDOW_MINUTES)


class Attempts:
    """Counts failed sign-ins in this process's memory."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def may_try(self, address: str, name: str) -> bool:
        """Tell whether this address may try this name now."""
        return all(self._limiter.test(limit, *keys) for limit, keys in _limits(address, name))

    def failed(self, address: str, name: str) -> None:
        """Count a failed attempt."""
        for limit, keys in _limits(address, name):
            self._limiter.hit(limit, *keys)


def _limits(address: str, name: str) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
    return [
        (BY_ADDRESS_AND_NAME, ("both", address, name)),
        (BY_ADDRESS, ("address", address)),
        (BY_NAME, ("name", name)),
    ]
