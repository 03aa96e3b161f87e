"""Rows that are customers become `profile` events."""

import os
from pathlib import Path

from punchcard.importing.fields import Kind
from punchcard.importing.proposal import Options, propose
from punchcard.importing.rows import RowReader
from tests.importing.reading_of import events_of, proposal_of, records_of

HEADER = "id,First Name,Last Name,Email,Locale,Time Zone,Accepts Marketing,Updated at,Birthday\n"


def test_a_row_is_what_is_known_of_a_customer(tmp_path: Path) -> None:
    """With consent to marketing and attributes; empty cells say nothing."""
    row = "C-1,Jane,,jane@example.com,de_DE,Europe/Berlin,yes,2026-05-04,1984-02-29\n"
    (event,) = events_of(tmp_path, HEADER + row, kind=Kind.PROFILES)
    assert event.pop("id").startswith("profile-row-")
    assert event == {
        "type": "profile",
        "customer": "C-1",
        "occurred_at": "2026-05-04T00:00:00+00:00",
        "data": {
            "first_name": "Jane",
            "email": "jane@example.com",
            "timezone": "Europe/Berlin",
            "language": "de-DE",
            "birthday": "1984-02-29",
            "consents": [{"channel": "email", "purpose": "marketing", "granted": True}],
        },
    }


def test_rows_without_a_date_are_as_of_the_file(tmp_path: Path) -> None:
    """So that the same file says the same thing again, and a newer one says something newer."""
    path = proposal_of(tmp_path, "id,first name\nC-1,Jane\n", kind=Kind.PROFILES).path
    events = []
    for modified in (1_000_000_000, 1_000_000_000, 1_000_086_400):
        os.utime(path, (modified, modified))
        proposal = propose(path, Options(Kind.PROFILES))
        events += [record.event for record in proposal.records(RowReader(path, proposal.reading.layout))]
    first, again, newer = events
    assert first == again != newer
    assert first is not None
    assert first["occurred_at"] == "2001-09-09T01:46:40+00:00"


def test_a_consent_is_yes_or_no(tmp_path: Path) -> None:
    """Nothing else is taken for a yes."""
    rows = "C-1,,,,,,maybe,2026-05-04,\nC-2,,,,,,nein,2026-05-04,\n"
    maybe, no = records_of(tmp_path, HEADER + rows, kind=Kind.PROFILES)
    assert [mistake.reason for mistake in maybe.mistakes] == ["'maybe' is neither yes nor no"]
    assert no.event is not None
    assert no.event["data"]["consents"][0]["granted"] is False
