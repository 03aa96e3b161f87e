"""Redeeming codes: the reward is held while it is decided upon, so that of two tills at once one wins."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import BigInteger, Connection, bindparam, case, func, select, update

from punchcard.domain.budgets import settle
from punchcard.domain.codes import read_code
from punchcard.domain.customers import find
from punchcard.domain.database import dump, table
from punchcard.domain.expiring import end_expiring
from punchcard.domain.generations import current_generation
from punchcard.domain.outbox import tell
from punchcard.domain.prepared import Prepared
from punchcard.domain.refusals import (
    CodeExpired,
    CodeOfAnother,
    CodeRedeemed,
    CodeRevoked,
    CodeUnknown,
    CodeUsedForOrder,
    CurrencyUnfit,
    RequestKeyReused,
)
from punchcard.domain.rewards import Redemption, Reward, terms_in
from punchcard.plan.model import Terms

REWARD, REDEMPTION = table(Reward), table(Redemption)

_BY_CODE = select(REWARD).where(REWARD.c.code == bindparam("wanted"))
_REWARD, _HELD = Prepared(_BY_CODE), Prepared(_BY_CODE.with_for_update())
_EARLIER = Prepared(
    select(REDEMPTION).where(
        REDEMPTION.c.source == bindparam("source"), REDEMPTION.c.request_key == bindparam("request_key")
    )
)
_INSERT = Prepared(lambda insert: insert(REDEMPTION).on_conflict_do_nothing().returning(REDEMPTION.c.id))
_USE = Prepared(
    update(REWARD)
    .where(REWARD.c.id == bindparam("wanted"), REWARD.c.status == "issued", REWARD.c.used < REWARD.c.orders)
    .values(
        used=REWARD.c.used + 1,
        status=case((REWARD.c.used + 1 == REWARD.c.orders, "redeemed"), else_="issued"),
        redeemed_at=func.coalesce(REWARD.c.redeemed_at, bindparam("used_at", type_=BigInteger)),
    )
    .returning(REWARD)
)
_USED_FOR = Prepared(
    select(REDEMPTION.c.number).where(
        REDEMPTION.c.reward_id == bindparam("reward_id"),
        REDEMPTION.c.source == bindparam("source"),
        REDEMPTION.c.order_external_id == bindparam("order_external_id"),
    )
)

DISCOUNTS = ("share", "amount")
CodeState = Literal["redeemable", "redeemed", "expired", "revoked"]
WHOLE = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class Code:
    """What a till needs to know of a code, which can be used for so many `orders`."""

    reward_id: int
    code: str
    state: CodeState
    terms: Terms
    orders: int
    uses_left: int
    currency: str
    campaign: str
    issued_at: int
    expires_at: int | None
    redeemed_at: int | None


@dataclass(frozen=True, slots=True)
class Use:
    """One wish to redeem. `request_key` names it within its `source`, so that repeating it changes nothing.

    `amount` is the price of the goods in minor units of `currency`, before the discount.
    `customer` is the id of whoever shows the code, where the till knows it. `at` is when it was shown.
    """

    source: str
    request_key: str
    code: str
    at: int
    order: str | None = None
    amount: int | None = None
    currency: str | None = None
    customer: str | None = None

    @property
    def digest(self) -> str:
        """What is the same whenever this wish is repeated."""
        content = [read_code(self.code), self.order, self.amount, self.currency, self.customer]
        return hashlib.sha256(dump(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A code that is used now. `discount` is None where the price of the goods is not known, or none is given.

    `code` is as this use leaves it.
    """

    redemption_id: int
    code: Code
    order: str | None
    amount: int | None
    discount: int | None
    redeemed_at: int
    repeated: bool


def look_up(connection: Connection, code: str, now: int) -> Code:
    """Return what is known of a code; CodeUnknown if there is no such code."""
    return _code(_reward(connection, code), now)


def redeem(connection: Connection, use: Use, now: int) -> Redeemed:
    """Use a code once, in the caller's transaction, and tell the instance `<reward>.redeemed`.

    The last of several uses is `<reward>.used_up`. Of two wishes for the last use at the same moment, one wins.
    Repeating the same wish (`source`, `request_key`) returns what came of it the first time.
    A CodeRefused says why it cannot be; RequestKeyReused that the key stands for another wish.
    Nothing is written before a refusal.
    """
    reward = _reward(connection, use.code, held=True)
    earlier = _earlier(connection, use)
    if earlier is not None:
        return earlier
    _fits(connection, reward, use)
    return _write(connection, reward, use, now)


def is_taken(connection: Connection, source: str, request_key: str) -> bool:
    """Whether a wish was fulfilled."""
    return _EARLIER(connection, {"source": source, "request_key": request_key}).first() is not None


def discount(terms: Terms, amount: int) -> int:
    """Return what a discount takes off an amount, in minor units.

    A share is rounded to the nearest minor unit, halves up, and bounded if its terms say so; an amount is never more
    than the price.
    """
    if terms.kind == "share":
        share = (2 * amount * terms.value + WHOLE) // (2 * WHOLE)
        return share if terms.most is None else min(share, terms.most)
    return min(terms.value, amount)


def _earlier(connection: Connection, use: Use) -> Redeemed | None:
    """What came of this wish before, if it is not the first time."""
    row = _EARLIER(connection, {"source": use.source, "request_key": use.request_key}).first()
    if row is None:
        return None
    if row.request_digest != use.digest:
        raise RequestKeyReused(
            f"The idempotency key {use.request_key} was used for another redemption.",
            remedy="Use a key of its own for each redemption, and the same one only to repeat it unchanged.",
        )
    reward = connection.execute(select(REWARD).where(REWARD.c.id == row.reward_id)).one()
    left = reward.orders - row.number
    code = replace(_code(reward, row.redeemed_at), uses_left=left, state="redeemable" if left else "redeemed")
    return Redeemed(
        redemption_id=row.id,
        code=code,
        order=row.order_external_id,
        amount=row.amount,
        discount=row.discount,
        redeemed_at=row.redeemed_at,
        repeated=True,
    )


def _reward(connection: Connection, code: str, *, held: bool = False) -> Any:
    """The reward as it stands; `held`, nobody else changes it until the transaction ends."""
    row = (_HELD if held else _REWARD)(connection, {"wanted": read_code(code)}).first()
    if row is None:
        raise CodeUnknown(remedy="Check how it was typed; no code has a letter that looks like another.")
    return row


def _fits(connection: Connection, reward: Any, use: Use) -> None:
    code = _code(reward, use.at)
    _is_redeemable(code)
    if code.orders > 1 and use.order is not None and _is_used_for(connection, reward, use):
        raise CodeUsedForOrder(
            f"The code has been used for the order {use.order}.",
            remedy="It can be used once for each order; leave it for the next one.",
        )
    if use.customer is not None and not _belongs(connection, reward.customer_id, use.customer):
        raise CodeOfAnother(remedy="Only the customer who earned the reward can redeem it.")
    if use.currency is not None and use.currency != reward.currency:
        raise CurrencyUnfit(
            f"The amount is in {use.currency}, and the reward counts in {reward.currency}.",
            remedy=f"Give the price of the goods in {reward.currency}.",
        )


def _is_redeemable(code: Code) -> None:
    match code.state:
        case "redeemed":
            which, often = (
                ("A code", "once") if code.orders == 1 else ("This code", f"for {code.orders} orders")
            )
            raise CodeRedeemed(remedy=f"{which} can be used {often}; the customer may have another one.")
        case "revoked":
            raise CodeRevoked(remedy="It comes back if the customer earns it again.")
        case "expired":
            raise CodeExpired(remedy="Its terms do not allow it to be used any more.")
        case "redeemable":
            return


def _is_used_for(connection: Connection, reward: Any, use: Use) -> bool:
    place = {"reward_id": reward.id, "source": use.source, "order_external_id": use.order}
    return _USED_FOR(connection, place).first() is not None


def _belongs(connection: Connection, customer_id: int, external_id: str) -> bool:
    return find(connection, [external_id]).get(external_id) == customer_id


def _write(connection: Connection, reward: Any, use: Use, now: int) -> Redeemed:
    taken_off = None
    if reward.kind in DISCOUNTS and use.amount is not None:
        taken_off = discount(terms_in(reward), use.amount)
    number = _INSERT(
        connection,
        {
            "reward_id": reward.id,
            "number": reward.used + 1,
            "source": use.source,
            "request_key": use.request_key,
            "request_digest": use.digest,
            "order_external_id": use.order,
            "amount": use.amount,
            "discount": taken_off,
            "currency": reward.currency,
            "redeemed_at": use.at,
        },
    ).scalar()
    if number is None:
        raise RequestKeyReused(
            f"The idempotency key {use.request_key} is being used for another redemption.",
            remedy="Use a key of its own for each redemption.",
        )
    after = _USE(connection, {"wanted": reward.id, "used_at": use.at}).one()
    settle(connection, reward, taken_off)
    _tell(connection, after, use, now)
    if after.status == "redeemed":
        end_expiring(connection, reward.customer_id, [reward.id], "reward_redeemed", now)
    return Redeemed(
        redemption_id=number,
        code=_code(after, use.at),
        order=use.order,
        amount=use.amount,
        discount=taken_off,
        redeemed_at=use.at,
        repeated=False,
    )


def _tell(connection: Connection, reward: Any, use: Use, now: int) -> None:
    """Tell the instance of a use; of a code for several orders with how many uses are left."""
    data = {"reward": reward.id} | ({} if use.order is None else {"order": use.order})
    what = "redeemed"
    if reward.orders > 1:
        data["uses_left"] = reward.orders - reward.used
        what = "used_up" if reward.used == reward.orders else what
    instance = current_generation(connection, reward.occasion_id)
    tell(connection, instance, "deliver", {"name": f"{reward.name}.{what}", "data": data, "at": use.at}, now)


def _code(row: Any, at: int) -> Code:
    return Code(
        reward_id=row.id,
        code=row.code,
        state=code_state(row.status, row.expires_at, at),
        terms=terms_in(row),
        orders=row.orders,
        uses_left=row.orders - row.used,
        currency=row.currency,
        campaign=row.campaign,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        redeemed_at=row.redeemed_at,
    )


def code_state(status: str, expires_at: int | None, at: int) -> CodeState:
    """Return in which state a reward's code is at an instant; a reward is good until the end of its last day."""
    if status == "redeemed":
        return "redeemed"
    if status == "revoked":
        return "revoked"
    return "expired" if expires_at is not None and at >= expires_at else "redeemable"
