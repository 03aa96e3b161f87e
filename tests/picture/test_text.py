"""Breaking words into lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from punchcard.picture.text import width, wrap


def test_lines_break_at_spaces_and_behind_dots() -> None:
    """A name of the campaign language may be broken where its parts meet."""
    assert wrap("coupon redeemed", 70, 12, 2) == ("coupon", "redeemed")
    assert wrap("coupon.redeemed", 70, 12, 2) == ("coupon.", "redeemed")


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    """Too many words and too long words are cut, visibly."""
    assert wrap("one two three four", 40, 12, 2)[-1].endswith("…")
    assert wrap("Donaudampfschifffahrtsgesellschaft", 80, 12, 2)[0].endswith("…")


def test_nothing_gives_no_lines() -> None:
    """An empty text takes no room."""
    assert wrap("", 80, 12, 2) == ()


@given(text=st.text(max_size=80), limit=st.floats(30, 200), most=st.integers(1, 3))
def test_no_line_is_wider_than_its_room(text: str, limit: float, most: int) -> None:
    """Whatever the text, there are at most so many lines, and each fits."""
    lines = wrap(text, limit, 12, most)
    assert len(lines) <= most
    assert all(width(line, 12) <= limit for line in lines)
