"""The reference of messages: its examples are run, its tables compared with the code."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from punchcard.language.names import COUNTED, CUSTOMER, GIFT, ORDER, REPLY
from punchcard.messages import email, sandbox, text
from punchcard.messages.filters import FILTERS
from punchcard.messages.frame import Frame
from punchcard.messages.money import Money

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "messages.md").read_text("utf-8")
EXAMPLES = re.findall(r"```jinja\n(.*?)```\n((?:```text(?: \w+)?\n.*?```\n?)+)", REFERENCE, re.DOTALL)

CONTEXT: Mapping[str, object] = {
    "customer": {
        "first_name": "Jane",
        "last_name": "Miller",
        "email": "jane@mail.example",
        "birthday": None,
        "language": "en",
        "timezone": "America/New_York",
        "phone": None,
    },
    "occasion": {"ordinal": 3, "occurred_at": datetime(2026, 10, 25, 18, 5, tzinfo=UTC)},
    "order": {
        "id": "1001",
        "amount": Money(Decimal("1500.00"), "USD"),
        "currency": "USD",
        "occurred_at": datetime(2026, 10, 25, 18, 5, tzinfo=UTC),
    },
    "coupon": {
        "code": "NX7K-22MT",
        "value": Decimal("0.2"),
        "expires": datetime(2026, 11, 25, 4, 59, 59, tzinfo=UTC),
        "redeemed": False,
    },
    "reply": {"answered": True, "answer": 4},
    "event": {"colours": ["red", "blue"]},
    "inputs": {
        "weight": Decimal("1234.56"),
        "note": "**Hi** <b>there</b> [x](https://evil.example)",
    },
}


def shown(body: str, language: str = "en") -> str:
    """The body as Jane reads it in plain text, with plain spaces."""
    mail = email.render(
        email.MessageText("Hello", body),
        context=CONTEXT,
        language=language,
        zone="America/New_York",
        frame=Frame("Corner Shop", "transactional"),
    )
    return re.sub(r"[\u00a0\u202f]", " ", mail.text.split("\n\n-- \n")[0])


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    section = REFERENCE.split(f"\n## {heading}\n", 1)[1]
    lines = section[section.index("\n|") + 1 :].split("\n\n", 1)[0].split("\n")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize(("template", "results"), EXAMPLES)
def test_each_example_gives_what_stands_below_it(template: str, results: str) -> None:
    """In each language that the page shows."""
    found = re.findall(r"```text(?: (\w+))?\n(.*?)\n```", results, re.DOTALL)
    assert found
    for language, expected in found:
        assert shown(template, language or "en") == expected


def test_every_example_has_its_result() -> None:
    """No template on the page goes unproven."""
    assert len(EXAMPLES) == REFERENCE.count("```jinja")


def test_the_fields_are_those_that_a_campaign_may_name() -> None:
    """Each field that the check knows is in the table, with the value that the examples print."""
    named = {
        **CUSTOMER,
        **COUNTED,
        **ORDER,
        **{f"coupon.{key}": kind for key, kind in GIFT.items()},
        **{f"reply.{key}": kind for key, kind in REPLY.items()},
    }
    table = {row[0].strip("`"): row[2] for row in rows("Fields")}
    assert set(table) == set(named)
    for field, value in table.items():
        assert shown(f'{{{{ {field} | default("absent") }}}}') == value


def test_the_filters_are_those_that_exist() -> None:
    """Each filter has its row."""
    assert [row[0].strip("`") for row in rows("Filters")] == list(FILTERS)


def test_the_limits_are_those_of_the_code() -> None:
    """Each figure is the constant that enforces it."""
    figures = [
        [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", row[1])] for row in rows("Limits")
    ]
    assert figures == [
        [sandbox.MOST_SOURCE],
        [sandbox.MOST_VALUE],
        [sandbox.MOST_OUTPUT],
        [text.LONGEST_HEADER],
        [sandbox.MOST_LOOPS, sandbox.MOST_ITEMS, sandbox.DEEPEST_LOOP],
        [sandbox.DEEPEST_NESTING],
    ]
