"""Deeds of a story carried out on a stage: each as an integrator, a customer or an operator would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from punchcard.domain.deciding import Hand, decide
from punchcard.domain.erasing import erase_customer
from punchcard.domain.operating import Order, cancel, pause, resume, retry, skip
from punchcard.domain.pausing import pause_campaign, resume_campaign
from punchcard.domain.refusals import InputsUnfit, Refusal
from punchcard.language.trials.model import (
    Answered,
    Changed,
    Decided,
    Deed,
    Erased,
    Happened,
    Operated,
    Ordered,
    Person,
    Redeemed,
    Refunded,
    Replying,
    Sold,
    StartedByHand,
    Sum,
)
from punchcard.plan.calendar import resolve
from punchcard.plan.model import Moment
from punchcard.router.ingest import ItemResult
from punchcard.trial.nothing import why_nothing
from punchcard.trial.stage import SOMEBODY, Stage
from punchcard.trial.words import shown

OPERATIONS: Mapping[str, Any] = MappingProxyType(
    {"pause": pause, "resume": resume, "cancel": cancel, "retry": retry, "skip": skip}
)
# Fields that no line of a story names.
NAMELESS = ("", "code", "id")
OF_CAMPAIGNS: Mapping[str, Any] = MappingProxyType({"pause": pause_campaign, "resume": resume_campaign})


class CannotHappen(Exception):
    """The same checks refuse it that would refuse it in production.

    `awaits` is what has to happen first: the kind of a fact, and its name if it has to be that one.
    """

    def __init__(self, reason: str, awaits: tuple[str, str | None] | None = None) -> None:
        super().__init__(reason)
        self.awaits = awaits


class Actor:
    """Carries deeds out for the customer of one case."""

    def __init__(self, stage: Stage, campaign: str, zone: str) -> None:
        self._stage = stage
        self._campaign = campaign
        self._zone = zone

    def act(self, deed: Deed, campaign: str, *, history: bool = False) -> str | None:
        """Let it happen now, in a campaign, and return what is to be remarked about it; CannotHappen says why not."""
        self._campaign = campaign
        try:
            if history and isinstance(deed, Ordered):
                self._order(deed, history=True)
                return None
            before = self._stage.standing(campaign)
            remark: str | None = ACTS[type(deed)](self, deed)
        except InputsUnfit as refusal:
            said = "; ".join(f"`{name.partition('.')[2]}` {said}" for name, said in refusal.mistakes)
            raise CannotHappen(said) from None
        except Refusal as refusal:
            raise CannotHappen(_sentence(str(refusal))) from None
        if isinstance(deed, Ordered | Happened) and self._stage.standing(campaign) <= before:
            occurred = self._at(deed.occurred)
            at = self._stage.clock.now() if occurred is None else occurred
            return why_nothing(self._stage, self._campaign, deed, at)
        return remark

    def introduce(self, person: Person) -> None:
        """Make the customer known, and what they say of themselves."""
        self._stage.introduce(held_out=person.held_out, variants=person.variants)
        self._change(Changed(person))

    def _at(self, occurred: Moment | None) -> int | None:
        return None if occurred is None else resolve(occurred, self._stage.clock.now(), self._zone)

    def _order(self, deed: Ordered, *, history: bool = False) -> None:
        data: dict[str, Any] = {"amount": _money(deed.amount), "status": deed.status}
        if deed.items:
            data["lines"] = [_line(sku, sold) for sku, sold in deed.items.items()]
        if deed.attributes:
            data["attributes"] = dict(deed.attributes)
        for id in (deed.id, *deed.again):
            posted = self._stage.post(
                "order",
                data,
                id=id,
                occurred=self._at(deed.occurred),
                revision=deed.revision,
                history=history,
            )
            _accepted(posted)

    def _refund(self, deed: Refunded) -> None:
        data: dict[str, Any] = {"order": deed.order}
        if deed.amount is not None:
            data["amount"] = _money(deed.amount)
        if deed.items:
            data["lines"] = [{"id": sku, "quantity": units} for sku, units in deed.items.items()]
        _accepted(self._stage.post("refund", data, occurred=self._at(deed.occurred)))

    def _redeem(self, deed: Redeemed) -> None:
        code = self._stage.latest_code(self._campaign, deed.reward)
        if code is None:
            raise CannotHappen(f"no `{deed.reward}` has been given yet", ("reward", deed.reward))
        data: dict[str, Any] = {"code": code}
        if deed.order is not None:
            data["order"] = deed.order
        if deed.amount is not None:
            data["amount"] = _money(deed.amount)
        posted = self._stage.post("redemption", data)
        if deed.refused and posted.status == "accepted":
            raise CannotHappen("the till takes the code, and was to refuse it")
        expires = self._stage.latest_expiry(self._campaign, deed.reward)
        if not deed.refused and expires is not None and expires < self._stage.clock.now():
            raise CannotHappen(f"`{deed.reward}` ended on {shown(expires, self._zone)}")
        if not deed.refused:
            _accepted(posted)

    def _answer(self, deed: Answered) -> str | None:
        name = self._stage.latest_question(self._campaign, deed.to)
        if name is None:
            which = "no question" if deed.to is None else f"no question `{deed.to}`"
            raise CannotHappen(f"{which} has been put yet", ("question", deed.to))
        heard = self._stage.awaits(self._campaign, f"{name}.answered")
        if deed.refused:
            return self._refused_answer(deed)
        self._stage.answer(self._campaign, deed.answer, deed.to)
        return None if heard else "the answer comes too late: nobody waits for it any more"

    def _refused_answer(self, deed: Answered) -> str:
        try:
            self._stage.answer(self._campaign, deed.answer, deed.to)
        except Refusal as refusal:
            return f"the answer is not taken: {_sentence(str(refusal))}"
        raise CannotHappen("the question takes the answer, and was not to")

    def _event(self, deed: Happened) -> None:
        _accepted(self._stage.post(deed.name, dict(deed.data), occurred=self._at(deed.occurred)))

    def _decide(self, deed: Decided) -> None:
        task = self._stage.latest_task(self._campaign, deed.task)
        if task is None:
            raise CannotHappen("nobody has been asked for anything yet", ("task", deed.task))
        hand = Hand("user:test", self._stage.clock.now())
        self._stage.operate(lambda connection, id, _: decide(connection, id, deed.verdict, hand), task, hand)

    def _start(self, deed: StartedByHand) -> None:
        self._stage.start(self._campaign, deed.inputs)

    def _reply(self, deed: Replying) -> None:
        self._stage.replies.given[deed.call] = deed.fields if deed.error is None else deed.error

    def _change(self, deed: Changed) -> None:
        person = deed.person
        data: dict[str, Any] = dict(person.profile)
        if person.attributes:
            data["attributes"] = dict(person.attributes)
        if person.consents:
            data["consents"] = [
                {"channel": "email", "purpose": purpose, "granted": granted}
                for purpose, granted in person.consents.items()
            ]
        _accepted(self._stage.post("profile", data))

    def _erase(self, deed: Erased) -> None:
        self._stage.operate(
            lambda connection, customer, now: erase_customer(connection, customer, "user:test", now),
            SOMEBODY,
            self._stage.clock.now(),
        )

    def _operate(self, deed: Operated) -> None:
        order = Order("user:test", self._stage.clock.now(), deed.reason)
        if deed.target == "campaign":
            self._stage.operate(OF_CAMPAIGNS[deed.deed], self._campaign, order)
            return
        instance = self._stage.latest_instance(self._campaign)
        if instance is None:
            raise CannotHappen("the customer has no instance yet")
        self._stage.operate(OPERATIONS[deed.deed], instance, order)


def _line(sku: str, sold: Sold) -> dict[str, Any]:
    paid = Sum(str(Decimal(sold.price.amount) * sold.units), sold.price.currency)
    return {"id": sku, "sku": sku, "quantity": sold.units, "amount": _money(paid)}


def _money(amount: Sum) -> dict[str, str]:
    return {"amount": amount.amount, "currency": amount.currency}


def _accepted(result: ItemResult) -> None:
    if result.status not in ("accepted", "duplicate"):
        raise CannotHappen("; ".join(_in_words(each.field, each.message) for each in result.errors))


def _in_words(field: str, message: str) -> str:
    """Return a mistake of a posted event without its machine's names: whoever reads it wrote a line of a story."""
    name = field.removeprefix("data").removeprefix(".")
    return _sentence(message) if name in NAMELESS or message[:1].isupper() else f"`{name}` {message}"


def _sentence(text: str) -> str:
    """Return a sentence as it goes on behind a colon."""
    return text[:1].lower() + text[1:].rstrip(".") if text[1:2].islower() else text.rstrip(".")


ACTS: Mapping[type, Callable[[Actor, Any], str | None]] = MappingProxyType(
    {
        Ordered: Actor._order,
        Refunded: Actor._refund,
        Redeemed: Actor._redeem,
        Answered: Actor._answer,
        Happened: Actor._event,
        StartedByHand: Actor._start,
        Changed: Actor._change,
        Erased: Actor._erase,
        Operated: Actor._operate,
        Decided: Actor._decide,
        Replying: Actor._reply,
    }
)
