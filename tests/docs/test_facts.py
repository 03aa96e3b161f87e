"""What the pages say in figures and names is what the program has."""

import re
from math import floor, log2
from typing import get_args

from api.guessing import UNKNOWN_CODES_A_MINUTE
from api.problems import every_kind
from api.shapes.instances import StartShown
from punchcard.channels.outcome import Fault
from punchcard.domain.codes import LENGTH, SIGNS
from tests.docs.page import DOCS
from workflows.journey import SEND_RETRIES

CONCEPTS, GUARANTEES, TILL = (
    (DOCS / page).read_text("utf-8")
    for page in ("concepts.md", "guarantees.md", "how-to/redeem-at-the-till.md")
)
NUMBERS = {12: "twelve"}


def test_every_disposition_is_explained() -> None:
    """What can become of an occasion."""
    dispositions = get_args(StartShown.model_fields["disposition"].annotation)
    assert [name for name in dispositions if f"| `{name}` |" not in CONCEPTS] == []


def test_every_refusal_at_the_till_is_explained() -> None:
    """With its status; those that only concern codes."""
    told = dict(re.findall(r"^\| `(/problems/[a-z-]+)` \| (\d+) \|", TILL, re.MULTILINE))
    about_codes = {
        kind.type: str(kind.status) for kind in every_kind() if kind.type in told or "/code-" in kind.type
    }
    assert told == about_codes


def test_the_figures_are_those_of_the_code() -> None:
    """How often a message is tried, how codes are protected, and what a mail server may find fault with."""
    assert f"{NUMBERS[SEND_RETRIES.maximum_attempts]} attempts" in GUARANTEES
    assert f"limited to {UNKNOWN_CODES_A_MINUTE} a minute" in GUARANTEES
    assert f"have {floor(log2(len(SIGNS)) * LENGTH)} random bits" in GUARANTEES
    assert set(get_args(Fault)) == {"recipient", "settings", "message"}
