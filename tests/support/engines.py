"""One memory of compiled SQL for all databases of a process: each test has its own, and all are asked the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import URL, Engine, create_engine


@contextmanager
def shared_compilations() -> Iterator[None]:
    """Let each engine that is made meanwhile use what the first one of its kind has compiled."""
    first: dict[str, Engine] = {}

    def create(url: URL, **options: Any) -> Engine:
        made, known = create_engine(url, **options), first.get(url.drivername)
        if known is not None and known.dialect.server_version_info is not None:  # it has met its database
            made.dialect, made._compiled_cache = known.dialect, known._compiled_cache
        else:
            first[url.drivername] = made
        return made

    with patch("punchcard.domain.database.create_engine", create):
        yield
