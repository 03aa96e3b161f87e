"""Publishing: what a new version starts, keeps, carries over and counts anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import select

from punchcard.domain.campaigns import Epoch, Version
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.plan.triggers import EventTrigger, OrderTrigger, SpendTrigger
from tests.router.books import ORDER, PROGRESS, Books, order, refund, review
from tests.router.campaigns import DAY, NOW, PUBLISHED, campaign

EPOCH, VERSION, INSTANCE = table(Epoch), table(Version), table(Instance)
EVERY_500 = campaign("save", SpendTrigger(every=500_00), count_history=True)
EVERY_400 = replace(EVERY_500, trigger=SpendTrigger(every=400_00))
BEFORE, AFTER = "2026-06-01T10:00:00+00:00", "2026-06-20T10:00:00+00:00"
CHANGED = PUBLISHED + 10 * DAY  # between the two


def test_the_first_version_opens_the_first_epoch(books: Books) -> None:
    """A campaign begins with version 1 and epoch 1, and counts from its publication."""
    published = books.publish(EVERY_500)[0]
    assert (published.number, published.epoch, published.changed, published.new_epoch) == (1, 1, True, True)
    assert [(row.counts_from, row.until) for row in books.rows(select(EPOCH))] == [(PUBLISHED, None)]


def test_the_same_version_again_changes_nothing(books: Books) -> None:
    """Publishing what is current already is no change."""
    first = books.publish(EVERY_500)[0]
    again = books.publish(EVERY_500)[0]
    assert (again.version, again.changed, again.new_epoch) == (first.version, False, False)
    assert len(books.rows(select(VERSION))) == 1


def test_new_words_leave_the_counting_alone(books: Books) -> None:
    """A version with another title goes on counting where the old one was; its instances are new ones."""
    first = books.publish(EVERY_500)[0]
    books.take(order("o1", amount="700.00"))
    second = books.publish(replace(EVERY_500, title="Better words"), at=CHANGED)[0]
    books.take(order("o2", amount="300.00", at=AFTER))
    assert (second.number, second.new_epoch) == (2, False)
    assert books.progress() == {("save", "ann"): (1000_00, 0, 2)}
    versions = [row.version for row in books.rows(select(INSTANCE).order_by(INSTANCE.c.id))]
    assert versions == [first.version, second.version]


def test_another_rule_carries_the_remainder(books: Books) -> None:
    """Of 700 under `every 500`, 200 count under `every 400`; what was earned stays earned."""
    books.publish(EVERY_500)
    books.take(order("o1", amount="700.00"))
    assert books.publish(EVERY_400, at=CHANGED)[0].new_epoch
    books.take(order("o2", amount="199.99", at=AFTER))
    assert books.standing() == {("save", "ann", "1")}
    books.take(order("o3", amount="0.01", at=AFTER))
    rows = books.rows(select(INSTANCE.c.id).order_by(INSTANCE.c.id))
    assert [row.id for row in rows] == ["save.e1.c1.1.g1", "save.e2.c1.1.g1"]


def test_a_late_order_counts_by_the_rule_of_its_time(books: Books) -> None:
    """An order from before the change that comes after it counts in the old epoch, and a refund of it too."""
    books.publish(EVERY_500)
    books.take(order("o1", amount="450.00"))
    books.publish(EVERY_400, at=CHANGED)
    books.take(order("o2", amount="50.00", at=BEFORE))
    assert [row.id for row in books.rows(select(INSTANCE.c.id))] == ["save.e1.c1.1.g1"]
    books.take(refund("r1", "o2"))
    assert books.standing() == set()


def test_a_remainder_above_the_new_threshold_waits_for_the_next_order(books: Books) -> None:
    """Publishing rewards nobody by itself; the next order does, however small it is."""
    books.publish(EVERY_500)
    books.take(order("o1", amount="450.00"))
    books.publish(EVERY_400, at=CHANGED)
    assert books.standing() == set()
    assert books.progress()["save", "ann"] == (399_99, 0, 0)
    books.take(order("o2", amount="0.01", at=AFTER))
    assert books.standing() == {("save", "ann", "1")}


def test_history_is_carried_and_not_counted_twice(books: Books) -> None:
    """After a change of the rule, history counts by its remainder alone: the next crossing is rewarded."""
    books.take(order("h1", amount="1200.00", at="2026-05-01T10:00:00+00:00"), history=True)
    books.publish(EVERY_500)
    assert set(books.dispositions("save").values()) == {("standing", "historical")}
    books.publish(EVERY_400, at=CHANGED)
    books.take(order("o1", amount="200.00", at=AFTER))
    rows = books.rows(select(INSTANCE.c.id))
    assert [row.id for row in rows] == ["save.e2.c1.1.g1"], "200 of the history and 200 now make 400"
    books.take(refund("r1", "h1", at=AFTER))
    assert ("save", "ann", "1") in books.standing(), "what was carried over was decided at publication"


def test_stamps_are_carried_as_well(books: Books) -> None:
    """A punch card that asks for fewer stamps keeps those that it has."""
    third = campaign("card", OrderTrigger(every=3))
    books.publish(third)
    books.take(order("o1"), order("o2"))
    books.publish(replace(third, trigger=OrderTrigger(every=4)), at=CHANGED)
    books.take(order("o3", at=AFTER))
    assert books.standing() == set()
    books.take(order("o4", at=AFTER))
    assert books.standing() == {("card", "ann", "1")}


def test_a_goal_that_was_reached_is_not_reached_again_by_the_same_money(books: Books) -> None:
    """Of 350 under `reaches 300`, 50 count towards `reaches 400`; of 250 all do."""
    books.publish(campaign("goal", SpendTrigger(reaches=300_00)))
    books.take(order("o1", amount="350.00"), order("o2", "ben", amount="250.00"))
    books.publish(campaign("goal", SpendTrigger(reaches=400_00)), at=CHANGED)
    books.take(order("o3", amount="200.00", at=AFTER), order("o4", "ben", amount="150.00", at=AFTER))
    assert books.standing() == {("goal", "ann", "1"), ("goal", "ben", "1")}
    assert {row.id for row in books.rows(select(INSTANCE.c.id))} == {"goal.e1.c1.1.g1", "goal.e2.c2.1.g1"}


def test_another_unit_carries_nothing(books: Books) -> None:
    """Money saved up does not become stamps, nor one currency another."""
    books.publish(EVERY_500)
    books.take(order("o1", amount="499.00"))
    books.publish(replace(EVERY_500, currency="EUR"), at=CHANGED)
    books.take(order("o2", amount="499.00", currency="EUR", at=AFTER))
    books.publish(replace(EVERY_500, trigger=OrderTrigger(every=2)), at=CHANGED + 15 * DAY)
    books.take(order("o3", at="2026-06-30T10:00:00+00:00"))
    assert books.standing() == set()


def test_an_end_in_the_future_moves_without_a_new_epoch(books: Books) -> None:
    """Prolonging a campaign before it ends goes on counting as it did."""
    short = replace(EVERY_500, ends="2026-06-10")
    books.publish(short)
    books.take(order("o1", amount="450.00"))
    assert not books.publish(replace(short, ends="2026-06-30"), at=CHANGED)[0].new_epoch
    books.take(order("o2", amount="50.00", at=AFTER), refund("r1", "o1", amount="10.00"))
    assert books.progress() == {("save", "ann"): (490_00, 0, 0)}


def test_a_campaign_that_was_over_begins_anew(books: Books) -> None:
    """Prolonging a campaign after its end does not count what came in between; refunds of that change nothing."""
    over = replace(EVERY_500, ends="2026-06-02")
    books.publish(over)
    books.take(
        order("o1", amount="450.00"), order("between", amount="400.00", at="2026-06-05T10:00:00+00:00")
    )
    assert books.publish(replace(over, ends="2026-06-30"), at=CHANGED)[0].new_epoch
    books.take(refund("r1", "between"), order("o2", amount="49.99", at=AFTER))
    assert books.standing() == set()
    books.take(order("o3", amount="0.01", at=AFTER))
    assert books.standing() == {("save", "ann", "1")}


def test_counting_history_or_not_is_part_of_the_rule(books: Books) -> None:
    """A version that begins to count history opens an epoch in which it counts, and rewards nobody for it."""
    books.publish(replace(EVERY_500, count_history=False))
    books.take(order("h1", amount="900.00", at="2026-05-01T10:00:00+00:00"), history=True)
    books.publish(EVERY_500, at=CHANGED)
    assert books.dispositions("save") == {("ann", "1"): ("standing", "historical")}
    books.take(order("o1", amount="100.00", at=AFTER))
    assert books.dispositions("save")["ann", "2"] == ("standing", "started")


def test_a_later_beginning_counts_from_that_day(books: Books) -> None:
    """A version whose `starts` lies ahead does not count until then."""
    books.publish(EVERY_500)
    books.publish(replace(EVERY_500, starts="2026-06-19"), at=CHANGED)
    books.take(order("o1", amount="500.00", at="2026-06-15T10:00:00+00:00"))
    assert books.standing() == set()
    books.take(order("o2", amount="500.00", at=AFTER))
    assert books.standing() == {("save", "ann", "1")}


def test_an_earlier_version_may_come_back(books: Books) -> None:
    """Publishing a version again keeps its number and counts by its rule from then on."""
    first = books.publish(EVERY_500)[0]
    books.publish(EVERY_400, at=CHANGED)
    back = books.publish(EVERY_500, at=CHANGED + DAY)[0]
    assert (back.version, back.number, back.epoch) == (first.version, 1, 3)
    books.take(order("o1", amount="500.00", at=AFTER))
    assert [row.id for row in books.rows(select(INSTANCE.c.id))] == ["save.e3.c1.1.g1"]


def test_a_clock_that_runs_ahead_does_not_make_an_order_count_twice(books: Books) -> None:
    """An order accepted with an instant a little after the change counts under the old rule, then and later."""
    books.publish(EVERY_500)
    books.at(CHANGED)
    books.take(order("o1", amount="500.00", at="2026-06-07T20:29:00+00:00"))  # two minutes ahead
    books.publish(EVERY_400, at=CHANGED)
    books.at(NOW)
    assert books.standing() == {("save", "ann", "1")}
    books.take(refund("r1", "o1"))
    assert books.standing() == set()
    assert books.progress() == {}


def test_earlier_orders_are_no_first_orders(books: Books) -> None:
    """Who has ordered before the publication is no new customer, in a later epoch neither."""
    first = campaign("welcome", OrderTrigger(first=True))
    books.take(order("o1", at="2026-05-01T10:00:00+00:00"))
    books.publish(first)
    books.take(order("o2"), order("o3", "ben"))
    assert books.standing() == {("welcome", "ben", "1")}
    books.publish(replace(first, trigger=OrderTrigger(first=True, over=1_00)), at=CHANGED)
    books.take(order("o4", "ben", at=AFTER))
    assert books.standing() == {("welcome", "ben", "1")}


def test_orders_from_before_the_publication_reward_nobody(books: Books) -> None:
    """A campaign that starts in the past counts the orders since then, and records their crossings as historical."""
    books.take(order("o1", amount="700.00", at="2026-05-26T10:00:00+00:00"))
    books.publish(replace(EVERY_500, starts="2026-05-25"))
    assert books.dispositions("save") == {("ann", "1"): ("standing", "historical")}
    books.take(order("o2", amount="300.00"))
    assert books.dispositions("save")["ann", "2"] == ("standing", "started")


def test_events_count_by_the_epoch_of_their_time(books: Books) -> None:
    """The same product again in a later epoch is an occasion of its own."""
    once = campaign("thanks", EventTrigger(name="review", once_per="product"))
    books.publish(once)
    books.take(review("e1", "ann", "tea"), review("e2", "ann", "tea"))
    books.publish(replace(once, trigger=EventTrigger(name="review")), at=CHANGED)
    books.take(review("e3", "ann", "tea", at=AFTER), review("e4", "ann", "tea", at=AFTER))
    assert {row.id.split(".")[1] for row in books.rows(select(INSTANCE.c.id))} == {"e1", "e2"}
    assert len(books.standing()) == 3


def test_publishing_and_ordering_at_once_count_each_order_once(postgres_books: Books) -> None:
    """While orders come in on PostgreSQL, the rule changes: each order counts in exactly one epoch."""
    books = postgres_books
    books.publish(EVERY_500)

    def send(number: int) -> None:
        if number == 15:
            books.publish(EVERY_400, at=NOW)
        books.take(order(f"o{number}", amount="10.00", at=f"2026-07-07T20:27:{number:02}+00:00"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(send, range(30)))
    until = books.rows(select(EPOCH.c.until).where(EPOCH.c.epoch == 1))[0].until
    later = sum(row.net for row in books.rows(select(ORDER.c.net).where(ORDER.c.occurred_at >= until)))
    old, new = (row.measure for row in books.rows(select(PROGRESS.c.measure).order_by(PROGRESS.c.epoch)))
    assert old == 300_00 - later
    assert 0 < new - later <= old, "what was saved up at publication"
