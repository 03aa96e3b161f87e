"""The fence around templates: nothing but fields, and never without an end."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from punchcard.messages.localisation import localisation
from punchcard.messages.mistake import RenderFailure
from punchcard.messages.sandbox import MOST_ITEMS, MOST_OUTPUT, fill
from tests.messages.samples import CONTEXT, rendered, subject, words

SHOW = localisation("en", "UTC")


@pytest.mark.parametrize(
    "template",
    [
        "{{ customer.__class__ }}",
        "{{ customer.items }}",
        "{{ customer.first_name.upper }}",
        "{{ coupon.expires.year }}",
        "{{ coupon.expires.tzinfo }}",
        "{{ order.lines.append }}",
        "{% for line in order.lines %}{{ loop.cycle }}{% endfor %}",
    ],
)
def test_python_is_out_of_reach(template: str) -> None:
    """Even past the check, a name finds fields of mappings and nothing of the objects behind them."""
    with pytest.raises(RenderFailure, match="no field"):
        fill(template, CONTEXT, SHOW)


def test_a_misspelt_field_says_which_there_are() -> None:
    """The failure names the part of the message, the field and the fields beside it."""
    with pytest.raises(RenderFailure, match=r"subject: there is no field 'cod'.*code, expires"):
        subject("{{ coupon.cod }}")
    with pytest.raises(RenderFailure, match="'cupon' is undefined"):
        words("{{ cupon.code }}")


@pytest.mark.parametrize(
    "template", ["{{ range(10) }}", "{{ 'a' * 10 }}", "{% set a = 1 %}", "{{ a.b() }}", "{% if %}"]
)
def test_what_does_not_check_is_not_rendered(template: str) -> None:
    """The check stands before each rendering, whoever calls it."""
    with pytest.raises(RenderFailure, match="line 1, column"):
        words(template)


@pytest.mark.parametrize(
    ("template", "context", "reason"),
    [
        ("{% for x in xs %}.{% endfor %}", {"xs": [0] * (MOST_ITEMS + 1)}, "more than 200 items"),
        ("{% for x in xs %}.{% endfor %}", {"xs": "a text"}, "goes over a list"),
        ("{{ x }}", {"x": "a" * 20_000}, "longer than 10000"),
        (
            "{% for x in xs %}{{ y }}{% endfor %}",
            {"xs": [0] * 100, "y": "a" * 9_000},
            f"longer than {MOST_OUTPUT}",
        ),
        ("{{ x }}", {"x": {"a": 1}}, "name one of its fields"),
        ("{{ x }}", {"x": [1]}, "name one of its fields"),
        ("{{ x | date }}", {"x": "tomorrow"}, "a str stands where a date"),
    ],
)
def test_values_that_cannot_be_printed(template: str, context: Mapping[str, Any], reason: str) -> None:
    """Too much, or not what the place needs: the failure says what."""
    with pytest.raises(RenderFailure, match=reason):
        words(template, context=context)


def test_an_absent_list_has_no_items() -> None:
    """A loop over nothing is nothing, or its else."""
    assert words("a{% for x in xs %}x{% else %}none{% endfor %}", context={"xs": None}) == "anone"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("Your card, {{ x }}", "Your card"),
        ("Hello {{ x }},", "Hello,"),
        ("Hello {{ x }}!", "Hello!"),
        ("{{ x }}, your card", "your card"),
        ("Hello {{ x | upper }}, there", "Hello, there"),
        ("a **{{ x }}** b", "a b"),
        ("Hello {{ x | default('friend') }}", "Hello friend"),
        ("{% if x %}Hello {{ x }}{% else %}Hello{% endif %}", "Hello"),
        ("one\n\n{{ x }}\n\ntwo", "one\n\ntwo"),
    ],
)
@pytest.mark.parametrize("absent", [None, "", "  "])
def test_an_absent_value_leaves_no_hole(template: str, expected: str, absent: str | None) -> None:
    """With the value goes the comma or the space that led to it."""
    assert words(template, context={"x": absent}) == expected


@given(value=st.text(max_size=200))
def test_no_value_becomes_markup(value: str) -> None:
    """Whatever a customer is called: no tag, no link, no header, no break out of the page."""
    mail = rendered(
        "{{ v }} **{{ v }}**\n\n[[{{ v }}]](https://shop.example/{{ v }})",
        subject="{{ v }}",
        context={"v": value},
    )
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert mail.html.count("<a ") == 1
    assert "<script" not in mail.html


def test_values_are_shown_as_they_are() -> None:
    """Marks and tags in a value are letters like others."""
    mail = rendered("{{ inputs.note }}")
    assert "Thank **you** [here](https://evil.example) <b>now</b>" in mail.text
    assert "Thank **you** [here](https://evil.example) &lt;b&gt;now&lt;/b&gt;" in mail.html
