"""The mail that went out."""

from __future__ import annotations

import re

from tests.console.browser_user import Person


def test_the_list_says_what_went_out_and_what_did_not(analyst: Person) -> None:
    """Each message with its subject and address, or its name and the reason for silence."""
    page = analyst.text("/mail")
    assert "Ihre 20 % sind da, Berta berta@demo.example" in page
    assert "not sent the customer has not agreed to marketing messages" in page


def test_mail_is_found_by_state_campaign_and_address(analyst: Person) -> None:
    """The address holds the filter."""
    assert analyst.text("/mail?status=suppressed").count("not sent the customer") == 3
    assert "Welcome" not in analyst.text("/mail?campaign=spend-and-save").split("Message To", 1)[1]
    page = analyst.text("/mail?customer=BERTA@demo.example")
    assert "berta@demo.example" in page
    assert "ada@demo.example" not in page
    assert "Nothing fits this filter." in analyst.text("/mail?customer=nobody")


def test_one_message_is_shown_as_it_was_sent(analyst: Person) -> None:
    """Its facts, its HTML in a frame where nothing runs, and its text."""
    number = re.search(r'/mail/(\d+)">Ihre 20 % sind da, Berta', analyst.open("/mail").text)
    assert number is not None
    page = analyst.open(f"/mail/{number[1]}").text
    assert f'sandbox title="Ihre 20 % sind da, Berta" src="/console/mail/{number[1]}/body"' in page
    assert "Message-ID" in page
    body = analyst.open(f"/mail/{number[1]}/body")
    assert "Guten Tag Berta" in body.text
    assert "script-src" not in body.headers["content-security-policy"]


def test_a_message_that_was_not_sent_says_why(analyst: Person) -> None:
    """There are no words to show, and it says so."""
    number = re.search(r'/mail/(\d+)">You earned it', analyst.open("/mail").text)
    assert number is not None
    page = analyst.text(f"/mail/{number[1]}")
    assert "Not sent: the customer has not agreed to marketing messages." in page
    assert "There are no words to show" in page
