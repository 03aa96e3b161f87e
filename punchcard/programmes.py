"""The programme as an installation knows it: the file that was published last, and the registered event types."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sqlalchemy import Connection

from punchcard.domain.event_types import declared
from punchcard.domain.programmes import current_programme
from punchcard.language import Programme, check_programme


def known_programme(connection: Connection) -> Programme:
    """Return what campaigns of this installation are checked with."""
    published = current_programme(connection)
    programme = Programme() if published is None else _read(published.text)
    return replace(programme, events=declared(connection))


@lru_cache(maxsize=8)
def _read(text: str) -> Programme:
    """Read a text that was without mistakes when it was published; without its mistakes, should a newer
    version of Punchcard find some.
    """
    return check_programme(text).programme or Programme()
