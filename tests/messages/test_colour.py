"""Contrast as WCAG defines it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from punchcard.messages.colour import READABLE, contrast, is_colour, on, readable

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_known_ratios() -> None:
    """Black on white is 21, the grey #767676 the lightest readable one on white."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@given(colour=COLOURS, background=st.sampled_from(["#ffffff", "#1f242a"]))
def test_every_brand_colour_becomes_readable(colour: str, background: str) -> None:
    """As a link on the card, and under its button's label."""
    assert contrast(readable(colour, background), background) >= READABLE
    assert contrast(on(colour), colour) >= 4.2


@pytest.mark.parametrize(
    ("text", "expected"), [("#2457d6", True), ("#fff", False), ("red", False), ("#2457d6;", False)]
)
def test_is_colour(text: str, expected: bool) -> None:
    """Only `#rrggbb`."""
    assert is_colour(text) is expected
