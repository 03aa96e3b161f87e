"""Customers read their real e-mails: as the mail sink keeps what the channel has sent."""

from datetime import UTC, datetime
from pathlib import Path

from punchcard.channels.channel import Envelope
from punchcard.channels.mime import mail_address, write_mail
from punchcard.demo.letter import Letter, read_letter
from punchcard.embedded.mailbox import Mailbox
from punchcard.messages.email import MessageText, render
from punchcard.messages.frame import AnswerLink, Frame

CODE = "NX7K-4GTP-W9CR"
LINK = "http://127.0.0.1:8000/a/IjE3Ig.hV5_-x0"


def kept(folder: Path, body: str, *, recipient: str, answers: tuple[AnswerLink, ...] = ()) -> Letter | None:
    """Send a message to the mail sink's folder, and read it there."""
    unsubscribe = "http://127.0.0.1:8000/u/IjIzIg.q"
    frame = Frame("The Shop", "marketing", unsubscribe_url=unsubscribe, answers=answers)
    words = render(
        MessageText("Für Sie", body), context={"code": CODE}, language="de", zone="Europe/Berlin", frame=frame
    )
    envelope = Envelope(
        message_id="<m1.abc@shop.example>",
        recipient=recipient,
        recipient_name="Jörg Groß",
        subject=words.subject,
        text=words.text,
        html=words.html,
        date=datetime(2026, 5, 4, tzinfo=UTC),
        unsubscribe_url=unsubscribe,
    )
    mailbox = Mailbox(folder)
    mail = write_mail(envelope, mail_address("loyalty@shop.example"), None)
    return read_letter(mailbox.read(mailbox.keep(mail, "loyalty@shop.example", (recipient,))))


def test_the_code_is_found(tmp_path: Path) -> None:
    """And whose letter it is, by the address."""
    letter = kept(tmp_path, "Ihr Code: **{{ code }}**", recipient="joerg.gross.0017@example.com")
    assert letter is not None
    assert (letter.customer, letter.code, letter.answers) == ("C-0017", CODE, ())
    assert letter.unsubscribe == "/u/IjIzIg.q"


def test_the_links_to_answer_by_are_found(tmp_path: Path) -> None:
    """In the order of the answers, and not the one to unsubscribe by."""
    answers = tuple(AnswerLink(str(number), f"{LINK}?answer={number}") for number in range(1, 6))
    letter = kept(tmp_path, "Wie war es?", recipient="joerg.gross.0017@example.com", answers=answers)
    assert letter is not None
    assert letter.code is None
    assert letter.answers == tuple(f"/a/IjE3Ig.hV5_-x0?answer={number}" for number in range(1, 6))


def test_a_question_for_words_has_one_link(tmp_path: Path) -> None:
    """To the page where they are written."""
    letter = kept(
        tmp_path, "Warum?", recipient="joerg.gross.0017@example.com", answers=(AnswerLink(None, LINK),)
    )
    assert letter is not None
    assert letter.answers == ("/a/IjE3Ig.hV5_-x0",)


def test_mail_to_others_is_none_of_the_demos(tmp_path: Path) -> None:
    """Somebody may have added a customer by hand."""
    assert kept(tmp_path, "Hallo", recipient="jane@example.com") is None
