"""Replies are read by the types that a step asks for."""

import json
from typing import Any

import pytest

from punchcard.calling.outcome import CallRefused
from punchcard.calling.reply import read_reply
from punchcard.plan.model import Returned, ReturnType


def read(value: Any, type_: ReturnType = "text") -> Any:
    """Return a field of a reply that has it."""
    body = json.dumps({"it": value, "other": 1}).encode()
    return read_reply(body, (Returned("it", type_),), "USD", 2)["it"]


def test_each_type_is_read() -> None:
    """Money in minor units, dates as ISO 8601 has them."""
    assert read("A-7") == "A-7"
    assert read(3, "number") == 3
    assert read(2.5, "number") == 2.5
    assert read({"amount": "12.50", "currency": "USD"}, "money") == 1250
    assert read("2026-05-04", "date") == "2026-05-04"
    assert read(False, "flag") is False


def test_what_is_not_asked_for_is_not_read() -> None:
    """Not even as JSON."""
    assert read_reply(b"<html>", (), "USD", 2) == {}


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (7, "text"),
        ("x" * 2_001, "text"),
        ("7", "number"),
        (True, "number"),
        (float("nan"), "number"),
        (1e300, "number"),
        ("12.50", "money"),
        ({"amount": "12.50", "currency": "EUR"}, "money"),
        ({"amount": "12.505", "currency": "USD"}, "money"),
        ({"amount": "much", "currency": "USD"}, "money"),
        ("2026-02-30", "date"),
        ("20260504", "date"),
        ("2026-05-04T10:00:00Z", "date"),
        (1, "flag"),
    ],
)
def test_another_type_is_refused_by_its_name(value: Any, type_: ReturnType) -> None:
    """The reason says which field, and what it has to be; not what it was."""
    with pytest.raises(CallRefused, match=r"`it` of the reply is not ") as refused:
        read(value, type_)
    assert "much" not in str(refused.value)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'"it"', b"{", b"\xff"])
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    """Without an exception of another kind."""
    with pytest.raises(CallRefused, match=r"JSON"):
        read_reply(body, (Returned("it", "text"),), "USD", 2)


def test_a_missing_field_is_named() -> None:
    """And so is one that is null."""
    for body in (b"{}", b'{"it": null}'):
        with pytest.raises(CallRefused, match=r"^The reply has no `it`.$"):
            read_reply(body, (Returned("it", "text"),), "USD", 2)
