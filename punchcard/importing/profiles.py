"""Rows that are customers, as `profile` events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from punchcard.importing.errors import UnreadableError
from punchcard.importing.fields import plain
from punchcard.importing.reading import Cells, Reading
from punchcard.importing.records import GeneratedIds, Record
from punchcard.importing.rows import Row

_YES = frozenset(("yes", "y", "true", "t", "1", "on", "subscribed", "ja", "j", "wahr"))
_NO = frozenset(("no", "n", "false", "f", "0", "off", "unsubscribed", "notsubscribed", "nein", "falsch"))
_TEXTS = ("first_name", "last_name", "email", "phone", "timezone")


def read_profiles(rows: Iterable[Row], reading: Reading) -> Iterator[Record]:
    """Turn each row into what is known of a customer; an empty cell leaves what is known as it is."""
    ids = GeneratedIds("profile-row")
    for row in rows:
        cells = Cells(row, reading)
        as_of = cells.dated()
        data: dict[str, Any] = {field: text for field in _TEXTS if (text := cells.text(field))}
        language = cells.parsed("language", _language)
        agrees = cells.parsed("marketing", _yes_or_no)
        attributes = cells.attributes()
        data |= {"language": language} if language else {}
        birthday = cells.parsed("birthday", lambda text: _birthday(text, reading))
        data |= {"birthday": birthday} if birthday else {}
        data |= {"attributes": attributes} if attributes else {}
        if agrees is not None:
            data["consents"] = [{"channel": "email", "purpose": "marketing", "granted": agrees}]
        event = {
            "id": ids.take((*row.cells, as_of)),
            "type": "profile",
            "customer": cells.needed("customer"),
            "occurred_at": as_of,
            "data": data,
        }
        yield Record((row,), None if cells.mistakes else event, tuple(cells.mistakes))


def _language(text: str) -> str:
    """Return a language's code as BCP 47 writes it: `de_DE` is `de-DE`."""
    language, separator, rest = text.replace("_", "-").partition("-")
    return language.lower() + separator + rest


def _birthday(text: str, reading: Reading) -> str:
    """Return a date of birth in ISO 8601; it is written so, or like the file's other dates."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return reading.instants.read(text).date().isoformat()


def _yes_or_no(text: str) -> bool:
    word = plain(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise UnreadableError(f"{text!r} is neither yes nor no", "write yes or no")
