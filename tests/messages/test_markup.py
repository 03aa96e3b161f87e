"""Paragraphs, bold words, links and buttons."""

import pytest

from punchcard.messages.markup import Bold, Button, Link, Paragraph, read_blocks
from punchcard.messages.mistake import RenderFailure
from tests.messages.samples import rendered, words


def test_blocks() -> None:
    """A blank line parts paragraphs, a button is a block of its own, other line breaks stay."""
    text = "One\n**two**\n[[Go]](https://a.example)\nthree\n \n\nfour"
    assert read_blocks(text) == (
        Paragraph((("One",), (Bold(("two",)),))),
        Button("Go", "https://a.example"),
        Paragraph((("three",),)),
        Paragraph((("four",),)),
    )


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("a [b](https://c.example) d", ("a ", Link("b", "https://c.example"), " d")),
        ("**[b](https://c.example)**", (Bold((Link("b", "https://c.example"),)),)),
        (
            "see https://c.example/d?e=f.",
            ("see ", Link("https://c.example/d?e=f", "https://c.example/d?e=f"), "."),
        ),
        ("(https://c.example)", ("(", Link("https://c.example", "https://c.example"), ")")),
        ("2 ** 3 * 4", ("2 ** 3 * 4",)),
        ("[not a link]", ("[not a link]",)),
        ("**open", ("**open",)),
    ],
)
def test_spans(line: str, spans: tuple[object, ...]) -> None:
    """What is no mark is text."""
    assert read_blocks(line) == (Paragraph((spans,)),)  # type: ignore[arg-type]


def test_text_writes_addresses_out() -> None:
    """Who reads no HTML still gets every address, once."""
    body = (
        "[Help](https://a.example/help) or [mail](mailto:b@a.example), https://a.example\n\n"
        "[[Redeem]]({{ coupon.url }})"
    )
    assert words(body) == (
        "Help (https://a.example/help) or mail (b@a.example), https://a.example\n\n"
        "Redeem: https://shop.example/redeem?code=NX7K-22&from=mail"
    )


def test_values_inside_addresses_are_encoded() -> None:
    """A value is one part of the address and cannot change the rest; alone it is the address."""
    body = (
        "[a](https://shop.example/?q={{ inputs.note }}&x=1) https://shop.example/{{ coupon.code }}. "
        "[b]({{ coupon.url }})"
    )
    html = rendered(body).html
    assert 'href="https://shop.example/?q=Thank%20%2A%2Ayou%2A%2A%20%5Bhere%5D' in html
    assert 'href="https://shop.example/NX7K-22"' in html
    assert 'href="https://shop.example/redeem?code=NX7K-22&amp;from=mail"' in html


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https://",
        "shop.example",
        "http://[",
        "https://a b.example",
    ],
)
def test_a_value_cannot_lead_anywhere_unsafe(url: str) -> None:
    """A link's scheme is http, https or mailto, whoever wrote it."""
    with pytest.raises(RenderFailure, match="a link leads to"):
        words("[[Go]]({{ url }})", context={"url": url})
