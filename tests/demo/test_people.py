"""The customers are made up, and nobody can be reached by their addresses."""

from punchcard.demo.people import DOMAINS, hour_of_purchase, person
from punchcard.router.wire import Incoming, read

PEOPLE = [person(f"{number:04d}") for number in range(1, 1001)]


def test_a_person_is_always_the_same() -> None:
    """A demo that goes on finds its customers again."""
    assert person("0017") == PEOPLE[16]


def test_addresses_are_reserved_and_distinct() -> None:
    """RFC 2606 keeps these domains for examples."""
    assert {one.email.partition("@")[2] for one in PEOPLE} == set(DOMAINS)
    assert len({one.email for one in PEOPLE}) == len(PEOPLE)
    assert all(one.email.isascii() for one in PEOPLE)


def test_languages_and_consent_are_mixed() -> None:
    """About a quarter read German, and nearly all agree to marketing."""
    assert 200 < sum(one.language == "de" for one in PEOPLE) < 300
    assert 920 < sum(one.agrees for one in PEOPLE) < 980


def test_profiles_are_taken_and_marked_as_demo_data() -> None:
    """Each is an event that ingest accepts."""
    for one in PEOPLE[:50]:
        profile = one.profile("2026-05-04T00:00:00Z")
        assert isinstance(read(profile, 0, 2_000_000_000_000), Incoming)
        assert profile["data"]["attributes"] == {"demo": True}


def test_people_shop_by_day() -> None:
    """Between seven in the morning and ten at night."""
    hours = [hour_of_purchase(number) for number in range(500)]
    assert 7 <= min(hours) < 8
    assert 21 < max(hours) < 22
