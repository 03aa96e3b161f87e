"""A limit on guessing codes: for each key and each address, so many unknown codes a minute and no more."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from limits import RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import MovingWindowRateLimiter

from api.problems import TooManyGuesses

UNKNOWN_CODES_A_MINUTE = 30


class GuessLimit:
    """Counts codes that do not exist. A till that types real codes is never slowed down.

    Counts are kept in this process: several API processes allow as many times the number. With 52 bits in
    a code, that is what keeps a thousand years of guessing fruitless either way.
    """

    def __init__(self, storage: Storage) -> None:
        self._limiter = MovingWindowRateLimiter(storage)
        self._limit = RateLimitItemPerMinute(UNKNOWN_CODES_A_MINUTE)

    def check(self, guessers: Sequence[str]) -> None:
        """Raise TooManyGuesses if one of these has used up its wrong codes."""
        for guesser in guessers:
            if not self._limiter.test(self._limit, guesser):
                reset = self._limiter.get_window_stats(self._limit, guesser).reset_time
                raise TooManyGuesses(max(1, math.ceil(reset - time.time())))

    def count(self, guessers: Sequence[str]) -> None:
        """Count an unknown code against each of these."""
        for guesser in guessers:
            self._limiter.hit(self._limit, guesser)
