"""The list of messages."""

from __future__ import annotations

import pytest

from punchcard.domain.mail_list import WantedMail, find_mail, read_mail
from punchcard.domain.refusals import MailUnknown
from tests.support.world import World


def test_messages_come_latest_first_and_in_pages(world: World) -> None:
    """Walking from page to page shows each once."""
    with world.database.read() as connection:
        whole = [line.id for line in find_mail(connection, WantedMail(), limit=200).items]
        seen, cursor, more = [], None, True
        while more:
            page = find_mail(connection, WantedMail(), cursor=cursor, limit=7)
            seen += [line.id for line in page.items]
            cursor, more = page.next, page.next is not None
    assert seen == whole == sorted(whole, reverse=True)


def test_messages_are_found_by_state_campaign_name_and_person(world: World) -> None:
    """A person is found by id and by the address that a message went to."""
    with world.database.read() as connection:
        silent = find_mail(connection, WantedMail(status="suppressed")).items
        assert {(line.customer, line.reason) for line in silent} == {("C-103", "no_consent")}
        reminders = find_mail(connection, WantedMail(campaign="spend-and-save", name="redeem-reminder")).items
        assert {line.name for line in reminders} == {"redeem-reminder"}
        by_id = find_mail(connection, WantedMail(customer="C-102")).items
        assert by_id == find_mail(connection, WantedMail(customer="Berta@Demo.example")).items != ()


def test_a_message_has_its_words_while_they_are_kept(world: World) -> None:
    """One that was not sent has none."""
    with world.database.read() as connection:
        sent = find_mail(connection, WantedMail(customer="C-102", status="sent")).items[-1]
        assert "Guten Tag Berta" in str(read_mail(connection, sent.id).html)
        silent = find_mail(connection, WantedMail(status="suppressed")).items[0]
        assert read_mail(connection, silent.id).html is None
        with pytest.raises(MailUnknown):
            read_mail(connection, 4711)
