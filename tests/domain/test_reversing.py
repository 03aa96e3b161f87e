"""Reversing: rewards are revoked and given back, and the journal of their instance says so."""

from punchcard.domain.database import Database
from punchcard.domain.reversing import restore_rewards, revoke_rewards
from tests.domain.course import NOW, OCCASION, REWARD, Course, campaign
from tests.plan.samples import reward


def test_a_reward_comes_back_as_it_was_and_the_journal_tells_both(each_database: Database) -> None:
    """The same code on the same terms; the lines name the reward, in the instance that is open or closed."""
    course = Course(each_database, campaign(reward()))
    course.begin()
    before, occasion = course.one(REWARD), course.one(OCCASION)
    with course.database.begin() as connection:
        revoke_rewards(connection, occasion.id, NOW + 1)
    assert (course.one(REWARD).status, course.one(REWARD).revoked_at) == ("revoked", NOW + 1)
    with course.database.begin() as connection:
        restore_rewards(connection, occasion.id, NOW + 2)
    assert course.one(REWARD) == before
    assert course.journal()[-2:] == [("revoked", {"name": "coupon"}), ("given_back", {"name": "coupon"})]


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
