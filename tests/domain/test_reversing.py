"""Reversing: rewards are revoked and given back, and the journal of their instance says so."""

import pytest

from punchcard.domain.database import Database
from punchcard.domain.reversing import restore_rewards, revoke_rewards
from punchcard.plan.calendar import to_datetime
from punchcard.plan.model import After, EndOfDayAfter, Moment, OnDate
from tests.domain.course import NOW, OCCASION, REWARD, Course, campaign
from tests.plan.samples import reward

DAY = 24 * 3600 * 1000
LATER = NOW + 10 * DAY


@pytest.mark.parametrize(
    ("terms", "end"),
    [
        (EndOfDayAfter(days=30), "2026-07-07T23:59:59.999000+00:00"),
        (EndOfDayAfter(months=1), "2026-07-08T23:59:59.999000+00:00"),
        (After(5 * DAY), "2026-06-12T20:26:40+00:00"),
        (OnDate("2026-12-31", 1439), "2026-12-31T23:59:00+00:00"),
        (None, None),
    ],
)
def test_a_reward_is_good_for_as_long_again(
    each_database: Database, terms: Moment | None, end: str | None
) -> None:
    """It was revoked at once and given back ten days later; days end with a local day, a date stays as it is."""
    course = Course(each_database, campaign(reward(expires=terms)))
    course.begin()
    occasion = course.one(OCCASION)
    with course.database.begin() as connection:
        revoke_rewards(connection, occasion.id, NOW)
        ends = restore_rewards(connection, occasion.id, LATER)
    found = course.one(REWARD)
    assert (None if found.expires_at is None else to_datetime(found.expires_at).isoformat()) == end
    assert ends == ({} if end is None else {found.id: found.expires_at})


def test_what_had_ended_is_not_good_again(each_database: Database) -> None:
    """No time was left of it when it was revoked."""
    course = Course(each_database, campaign(reward(expires=After(DAY))))
    course.begin()
    with course.database.begin() as connection:
        revoke_rewards(connection, course.one(OCCASION).id, NOW + 2 * DAY)
        restore_rewards(connection, course.one(OCCASION).id, LATER)
    assert course.one(REWARD).expires_at == NOW + DAY


def test_a_reward_comes_back_as_it_was_and_the_journal_tells_both(each_database: Database) -> None:
    """The same code; the lines name the reward, in the instance that is open or closed."""
    course = Course(each_database, campaign(reward()))
    course.begin()
    before, occasion = course.one(REWARD), course.one(OCCASION)
    with course.database.begin() as connection:
        revoke_rewards(connection, occasion.id, NOW + 1)
    assert (course.one(REWARD).status, course.one(REWARD).revoked_at) == ("revoked", NOW + 1)
    with course.database.begin() as connection:
        restore_rewards(connection, occasion.id, NOW + 2)
    after = course.one(REWARD)
    assert (after.id, after.code, after.status, after.revoked_at) == (before.id, before.code, "issued", None)
    assert course.journal()[-2:] == [
        ("revoked", {"name": "coupon"}),
        ("given_back", {"name": "coupon", "expires": after.expires_at, "expired": before.expires_at}),
    ]


def test_what_was_redeemed_stays_so(each_database: Database) -> None:
    """Nothing is revoked, so nothing is journaled."""
    course = Course(each_database, campaign(reward()))
    course.begin()
    course.change(REWARD, status="redeemed")
    occasion, lines = course.one(OCCASION), course.journal()
    with course.database.begin() as connection:
        revoke_rewards(connection, occasion.id, NOW)
        restore_rewards(connection, occasion.id, NOW)
    assert course.one(REWARD).status == "redeemed"
    assert course.journal() == lines
