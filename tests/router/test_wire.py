"""The wire: what is a well-formed event, and what is said of one that is not, field by field."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from punchcard.domain.json_schemas import BUILT_IN
from punchcard.router.wire import (
    AHEAD,
    KINDS,
    Incoming,
    Line,
    Money,
    OrderData,
    ProfileData,
    RedemptionData,
    RefundData,
    RefundLine,
    read,
)
from tests.router.books import order, refund, review
from tests.router.campaigns import NOW
from tests.support.depth import examples

LINE = {"id": "a", "quantity": 2, "amount": {"amount": "40.00", "currency": "USD"}}
CONSENT = {"channel": "email", "purpose": "marketing", "granted": True}


def event(kind: str, data: Any, **envelope: Any) -> dict[str, Any]:
    """Return an event of a kind."""
    whole = {"id": "e1", "type": kind, "customer": "ann", "occurred_at": "2026-06-01T10:00:00Z"}
    return {**whole, "data": data, **envelope}


def taken(item: Any) -> Incoming:
    """Return an event that is well-formed."""
    found = read(item, 0, NOW)
    assert isinstance(found, Incoming), found
    return found


def fields(item: Any) -> list[str]:
    """Return the fields in which an event is wrong."""
    found = read(item, 0, NOW)
    assert not isinstance(found, Incoming), found
    return [mistake.field for mistake in found]


# --- well-formed ------------------------------------------------------------------------------------


def test_an_order_is_read_with_its_lines() -> None:
    """What is left out has its default: paid, revision 0, no lines, no attributes."""
    data = {"amount": {"amount": "40.00", "currency": "USD"}}
    assert taken(event("order", data)).data == OrderData(amount=Money(amount="40.00", currency="USD"))
    read_order = taken(
        event("order", {**data, "lines": [LINE], "attributes": {"channel": "web", "vip": True}})
    )
    line = Line(id="a", quantity=2, amount=Money(amount="40.00", currency="USD"))
    assert (read_order.data.lines, read_order.data.attributes) == ([line], {"channel": "web", "vip": True})
    assert (read_order.revision, read_order.data.status) == (0, "paid")


def test_a_refund_and_a_redemption_name_their_customer_elsewhere() -> None:
    """By the order, and by the code."""
    whole = taken(event("refund", {"order": "o1"}, customer=None))
    assert (whole.customer, whole.data) == (None, RefundData(order="o1"))
    some = taken(event("refund", {"order": "o1", "lines": [{"id": "a"}]}))
    assert some.data.lines == [RefundLine(id="a", quantity=1)]
    assert taken(event("redemption", {"code": "NX7K"}, customer=None)).data == RedemptionData(code="NX7K")


def test_a_profile_tells_what_is_left_out_from_what_is_removed() -> None:
    """Null removes."""
    data = taken(event("profile", {"email": "Ann@Example.COM", "phone": None, "consents": [CONSENT]})).data
    assert isinstance(data, ProfileData)
    assert data.model_fields_set == {"email", "phone", "consents"}
    assert data.email == "Ann@example.com"


def test_the_data_of_a_named_event_is_its_own() -> None:
    """It stays as it is, for its registered schema to judge."""
    data = {"product": "tea", "nested": {"a": [1, None, "ä"]}}
    assert taken(event("review", data)).data == data


@pytest.mark.parametrize(
    ("text", "millis"),
    [
        ("2026-06-01T10:00:00Z", 1_780_308_000_000),
        ("2026-06-01T12:00:00+02:00", 1_780_308_000_000),
        ("2026-06-01 10:00:00.1239+00:00", 1_780_308_000_123),
        ("1970-01-01T00:00:00-00:30", 1_800_000),
        ("1900-01-01T00:00:00Z", -2_208_988_800_000),
    ],
)
def test_instants_are_milliseconds_of_utc(text: str, millis: int) -> None:
    """What is finer is cut off."""
    assert taken(order("o1", at=text)).occurred_at == millis


def test_the_same_content_has_the_same_digest() -> None:
    """Another order of fields or another offset is the same; another place in the batch too."""
    one = taken(order("o1", at="2026-06-01T10:00:00Z"))
    item = dict(reversed(list(order("o1", at="2026-06-01T12:00:00+02:00").items())))
    other = read(item, 7, NOW)
    assert isinstance(other, Incoming)
    assert (other.digest, other.payload, other.place) == (one.digest, one.payload, 7)


@pytest.mark.parametrize(
    "other",
    [
        order("o1", "ben"),
        order("o1", amount="60.01"),
        order("o1", amount="60.0"),
        order("o1", revision=1),
        order("o1", at="2026-06-01T10:00:00.001Z"),
        {**order("o1"), "type": "review"},
    ],
)
def test_other_content_has_another_digest(other: dict[str, Any]) -> None:
    """Whose, when, what kind, which revision and every word count."""
    assert taken(other).digest != taken(order("o1")).digest


# --- ill-formed -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (None, [""]),
        ([], [""]),
        ({}, ["id", "type", "occurred_at", "data"]),
        (order("o1") | {"surplus": 1}, ["surplus"]),
        (order(""), ["id"]),
        (order("o\n1"), ["id"]),
        (order("o1", customer="c" * 201), ["customer"]),
        (order("o1") | {"type": "Order"}, ["type"]),
        (order("o1") | {"data": []}, ["data"]),
        (order("o1") | {"revision": -1}, ["revision"]),
        (order("o1") | {"revision": True}, ["revision"]),
        (order("o1") | {"customer": None}, ["customer"]),
        (review("e1", "ann", "tea") | {"customer": None, "revision": 1}, ["customer", "revision"]),
    ],
)
def test_a_wrong_envelope_is_refused_by_its_fields(item: Any, expected: list[str]) -> None:
    """Every mistake is named at once, and what is not known is refused."""
    assert fields(item) == expected


@pytest.mark.parametrize(
    "instant",
    ["yesterday", "2026-06-01", "2026-06-01T10:00:00", 1_780_308_000, "1899-12-31T23:59:59Z"],
)
def test_an_instant_has_its_date_its_time_and_its_offset(instant: Any) -> None:
    """A bare number may be seconds or milliseconds, a time without offset anybody's; 1899 is a slip."""
    assert fields(order("o1") | {"occurred_at": instant}) == ["occurred_at"]


def test_a_clock_may_run_a_little_ahead() -> None:
    """Five minutes are taken; more are a mistake of the sender's clock."""
    at = taken(order("o1")).occurred_at
    assert isinstance(read(order("o1"), 0, at - AHEAD), Incoming)
    assert not isinstance(read(order("o1"), 0, at - AHEAD - 1), Incoming)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (order("o1", amount="-1.00"), ["data.amount.amount"]),
        (order("o1", amount="1,00"), ["data.amount.amount"]),
        (order("o1", amount="1.001"), ["data.amount"]),
        (order("o1", amount="999999999999999"), ["data.amount"]),
        (order("o1", currency="usd"), ["data.amount.currency"]),
        (order("o1", amount="1.5", currency="JPY"), ["data.amount"]),
        (order("o1", status="shipped"), ["data.status"]),
        (event("order", {"amount": 60}), ["data.amount"]),
        (order("o1", lines=[("a", 0, "1.00")]), ["data.lines.0.quantity"]),
        (order("o1", lines=[("a", 1, "1.00"), ("a", 1, "1.00")]), ["data"]),
        (event("order", {"amount": {"amount": "1.00", "currency": "EUR"}, "lines": [LINE]}), ["data"]),
        (refund("r1", "o1", amount="1.00", lines=[("a", 1)]), ["data"]),
        (refund("r1", "o1", lines=[]), ["data.lines"]),
        (event("redemption", {"code": "abc"}), ["data.code"]),
        (event("profile", {"email": "nobody"}), ["data.email"]),
        (event("profile", {"email": "a@example.com\r\nBcc: b@example.com"}), ["data.email"]),
        (event("profile", {"first_name": "A\nB"}), ["data.first_name"]),
        (event("profile", {"phone": "call me"}), ["data.phone"]),
        (
            event("profile", {"timezone": "Mars/Olympus", "language": "English"}),
            ["data.language", "data.timezone"],
        ),
        (event("profile", {"consents": [CONSENT | {"granted": 1}]}), ["data.consents.0.granted"]),
        (event("profile", {"attributes": {"No": 1}}), ["data.attributes.No"]),
        (event("profile", {"attributes": {"a": None, "b": [1]}}), ["data.attributes.a", "data.attributes.b"]),
    ],
)
def test_wrong_data_is_refused_by_its_fields(item: Any, expected: list[str]) -> None:
    """With the place of each mistake, as deep as it lies."""
    assert fields(item) == expected


def test_mistakes_of_envelope_and_data_are_named_together() -> None:
    """The sender mends them all at once."""
    item = order("o1", amount="1.001", at="2999-01-01T00:00:00Z") | {"customer": None}
    assert fields(item) == ["data.amount", "occurred_at", "customer"]


@pytest.mark.parametrize("value", [float("inf"), float("nan"), "\ud800", ["\udfff"], {"\ud800": 1}])
def test_what_json_cannot_carry_is_refused(value: Any) -> None:
    """`1e999` is legal JSON and no number, half a surrogate pair no sign: neither could be stored and shown."""
    assert fields(event("review", {"rating": value})) == ["data"]
    if not isinstance(value, list | dict):
        amount = {"amount": "1.00", "currency": "USD"}
        assert fields(event("order", {"amount": amount, "attributes": {"a": value}})) == ["data"]


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
GOOD = (order("o1", lines=[("a", 2, "40.00")]), refund("r1", "o1"), review("e1", "ann", "tea"))


@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_whatever_is_posted_is_read_or_refused(data: st.DataObject) -> None:
    """An event that raised would take its whole batch along."""
    item: Any = dict(data.draw(st.sampled_from(GOOD)))
    for name in data.draw(st.lists(st.sampled_from(sorted(item)), max_size=2)):
        item[name] = data.draw(JSON)
    if isinstance(item["data"], dict) and data.draw(st.booleans()):
        item["data"] = {**item["data"], data.draw(st.sampled_from(_names())): data.draw(JSON)}
    found = read(item, 3, NOW)
    assert found
    if isinstance(found, Incoming):
        assert found.payload.encode()


def _names() -> list[str]:
    return sorted({name for kind in KINDS.values() for name in kind.model_fields})


def test_events_with_a_shape_of_their_own_are_known_by_name() -> None:
    """No file of an event type may take one of these names."""
    assert set(KINDS) == BUILT_IN
