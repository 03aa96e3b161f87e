"""The console's own addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.console.addresses import address, inside


def test_parts_are_quoted_and_empty_queries_left_out() -> None:
    """An id may hold anything, and a filter that asks for nothing leaves no trace."""
    assert address("customers", "a/b?c") == "/console/customers/a%2Fb%3Fc"
    assert address("instances", state="waiting", step=None, text="") == "/console/instances?state=waiting"


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/console",
        "/console/../admin",
        "/consoles",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "/console/\nSet-Cookie: a=b",
        "",
        None,
    ],
)
def test_nobody_is_led_elsewhere(target: str | None) -> None:
    """Whatever a link says, the way after sign-in stays inside."""
    assert inside(target) == "/console/"


@given(target=st.text())
def test_what_is_let_through_is_an_address_of_the_console(target: str) -> None:
    """Only paths of the console come out."""
    assert inside(target).startswith("/console")


def test_a_page_with_its_filter_is_led_back_to() -> None:
    """Where somebody wanted to go is kept."""
    assert inside("/console/instances?state=waiting") == "/console/instances?state=waiting"
