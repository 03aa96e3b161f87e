"""Whole e-mails: subject, text and HTML."""

import re
from dataclasses import replace

import pytest

from punchcard.messages.frame import AnswerLink, Frame
from tests.messages.samples import FRAME, MARKETING, rendered, subject


def test_the_text_part() -> None:
    """The body, and below the line what a reader must be told."""
    frame = replace(MARKETING, view_url="https://shop.example/v/1", address="1 Main St, Springfield")
    mail = rendered("Hello {{ customer.first_name }}", frame=frame)
    assert mail.text == (
        "Hello Jane\n\n-- \nCorner Shop\n"
        "You get this e-mail because you are a customer of Corner Shop and agreed to receive offers.\n"
        "Unsubscribe: https://shop.example/u/1\n"
        "View in your browser: https://shop.example/v/1\n"
        "1 Main St, Springfield\n"
    )


def test_a_postal_address_may_have_several_lines() -> None:
    """Each of them stays one, in both parts."""
    mail = rendered("Hello", frame=replace(MARKETING, address="The Shop Ltd.\n1 Main St"))
    assert mail.text.endswith("\nThe Shop Ltd.\n1 Main St\n")
    assert re.search(r"The Shop Ltd\.<br ?/?>1 Main St", mail.html)


def test_the_german_frame() -> None:
    """The frame speaks the customer's language, and the page says which that is."""
    mail = rendered("Guten Tag", language="de", frame=MARKETING)
    assert "Sie erhalten diese E-Mail" in mail.text
    assert ">Abmelden</a>" in mail.html
    assert '<html lang="de" dir="auto"' in mail.html or '<html lang="de" dir="ltr"' in mail.html
    assert mail.language == "de"


def test_the_frame_escapes_what_it_is_given() -> None:
    """Brand, reason and address are text."""
    frame = Frame("Tea & <Co>", "transactional", reason="Because <i>we</i>", address="<b>")
    html = rendered("Hello", subject="<title> & more", frame=frame).html
    assert "Tea &amp; &lt;Co&gt;" in html
    assert "Because &lt;i&gt;we&lt;/i&gt;" in html
    assert "&lt;title&gt; &amp; more" in html
    assert "<i>" not in html


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        (("1", "2"), "Your answer:\n1: https://shop.example/a/0\n2: https://shop.example/a/1"),
        (
            ("Very good", "Bad"),
            "Your answer:\nVery good: https://shop.example/a/0\nBad: https://shop.example/a/1",
        ),
        ((None,), "Your answer:\nWrite your answer: https://shop.example/a/0"),
    ],
)
def test_a_question_shows_its_answers(labels: tuple[str | None, ...], text: str) -> None:
    """Every answer is a link, in both parts."""
    answers = tuple(
        AnswerLink(label, f"https://shop.example/a/{index}") for index, label in enumerate(labels)
    )
    mail = rendered("How was it?", frame=replace(FRAME, answers=answers))
    assert text in mail.text
    assert all(f'href="{answer.url}"' in mail.html for answer in answers)


def test_marketing_needs_a_way_out() -> None:
    """A marketing frame without unsubscribe_url cannot be made, nor one with a colour that is none."""
    with pytest.raises(ValueError, match="unsubscribe_url"):
        Frame("Corner Shop", "marketing")
    with pytest.raises(ValueError, match="#rrggbb"):
        Frame("Corner Shop", "transactional", colour="red;}")


def test_subjects_are_one_line() -> None:
    """Line breaks and controls become spaces, and what is too long is cut."""
    assert subject("Hi\n {{ v }}", context={"v": "a\r\nBcc: x\x00\u2028y"}) == "Hi a Bcc: x y"
    assert len(subject("a" * 1000)) == 300


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    """No script, no image, no font and no style from elsewhere: opening a message tells nobody."""
    html = rendered("Hello\n\n[[Go]](https://a.example)", frame=MARKETING).html
    assert not any(sign in html for sign in ("<script", "<img", "<link", "@import", "url("))


def test_the_mailbox_preview_is_the_first_words() -> None:
    """What stands beside the subject in a list of mails is the beginning of the body."""
    html = rendered("[[Go]](https://a.example)\n\nHello **{{ customer.first_name }}**, " + "word " * 40).html
    hidden = html.split("display:none", 1)[1].split("</div>", 1)[0]
    assert "Hello Jane, word" in " ".join(hidden.split())
    assert hidden.endswith("…")
