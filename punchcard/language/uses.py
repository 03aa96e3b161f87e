"""What can be said of a reward's uses: of one for several orders more than of one that is used once."""

from __future__ import annotations

from punchcard.language.scope import USES, Gift
from punchcard.language.unfit import Unfit


def uses_of(gift: Gift) -> tuple[str, ...]:
    """Return what can happen to a reward's code, as `wait` and `stop_when` name it behind the dot."""
    return USES if gift.orders > 1 else USES[:1]


def used_once(name: str, code: str) -> Unfit:
    """Say that a reward is for one order."""
    return Unfit(
        code,
        f"the code of `{name}` can be used once",
        f"`{name}.redeemed`, or `orders: 3` at the reward that is called `{name}`",
    )
