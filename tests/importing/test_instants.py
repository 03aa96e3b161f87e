"""The format of dates is found from the file's own rows, and asked for where it could be two."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from punchcard.importing.errors import UnreadableError, UnusableFileError
from punchcard.importing.instants import InstantFormat, check_pattern, find_format

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("texts", "pattern", "first"),
    [
        (["2026-05-04T10:00:00+02:00"], "iso", "2026-05-04T10:00:00+02:00"),
        (["2026-05-04 10:00"], "iso", "2026-05-04T10:00:00+02:00"),
        (["2026-05-04"], "iso", "2026-05-04T00:00:00+02:00"),
        (["2026-05-04 10:00:00 UTC"], "%Y-%m-%d %H:%M:%S UTC", "2026-05-04T10:00:00+00:00"),
        (["04.05.2026 10:00"], "%d.%m.%Y %H:%M", "2026-05-04T10:00:00+02:00"),
        (["04/05/2026", "13/05/2026"], "%d/%m/%Y", "2026-05-04T00:00:00+02:00"),
        (["05/04/2026", "05/13/2026"], "%m/%d/%Y", "2026-05-04T00:00:00+02:00"),
        (["5/4/2026 2:30 PM", "5/14/2026 2:30 PM"], "%m/%d/%Y %I:%M %p", "2026-05-04T14:30:00+02:00"),
        (["19970101", "19970131"], "%Y%m%d", "1997-01-01T00:00:00+01:00"),
        (["1777881600"], "epoch-seconds", "2026-05-04T08:00:00+00:00"),
        (["1777881600000"], "epoch-milliseconds", "2026-05-04T08:00:00+00:00"),
    ],
)
def test_formats_are_found(texts: list[str], pattern: str, first: str) -> None:
    """What names no offset is in the stated zone, by its offset on that day."""
    found = find_format(texts, BERLIN)
    assert found.pattern == pattern
    assert found.read(texts[0]) == datetime.fromisoformat(first)


def test_an_offset_after_a_space_is_read() -> None:
    """As a large shop system exports it."""
    text = "2026-05-04 10:00:00 -0400"
    assert find_format([text], BERLIN).read(text) == datetime(2026, 5, 4, 14, tzinfo=UTC)


def test_a_bad_date_among_good_ones_does_not_hide_the_format() -> None:
    """The format that reads most rows is the file's; the others are rejected one by one."""
    found = find_format(["04.05.2026", "soon", "31.12.2026"], UTC)
    assert found.pattern == "%d.%m.%Y"
    with pytest.raises(UnreadableError, match="'soon' is not in the date format"):
        found.read("soon")


def test_day_and_month_are_not_guessed() -> None:
    """Where every date could be read both ways, the person decides."""
    with pytest.raises(
        UnusableFileError, match=r"'04/05/2026' can be read in two ways: as %d/%m/%Y and as %m"
    ):
        find_format(["04/05/2026", "06/07/2026"], UTC)


def test_dates_that_nothing_reads_are_to_be_described() -> None:
    """The remedy shows how."""
    with pytest.raises(UnusableFileError, match="in no format that is known: 'KW 18'"):
        find_format(["KW 18"], UTC)


@pytest.mark.parametrize("pattern", ["iso", "epoch-seconds", "%d.%m.%y", "%Y%m%d %H%M"])
def test_a_stated_format_is_taken(pattern: str) -> None:
    """The words for what no pattern can say, and patterns."""
    assert check_pattern(pattern) == pattern


@pytest.mark.parametrize("pattern", ["DD.MM.YYYY", "%Q", "%d %d"])
def test_a_stated_format_that_is_none_is_refused(pattern: str) -> None:
    """Before a row is read."""
    with pytest.raises(UnusableFileError, match=r"Write \"%d.%m.%Y %H:%M\""):
        check_pattern(pattern)


def test_a_stated_format_reads_in_its_zone() -> None:
    """Daylight saving counts."""
    found = InstantFormat("%d.%m.%y", BERLIN)
    assert found.read("01.07.26").astimezone(UTC) == datetime(2026, 6, 30, 22, tzinfo=UTC)
