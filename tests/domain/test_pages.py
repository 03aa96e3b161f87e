"""Lists in pages, on real rows."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select

from punchcard.domain.database import table
from punchcard.domain.instances import JournalEntry
from punchcard.domain.pages import after, page

JOURNAL = table(JournalEntry)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(min_value=0, max_value=3), max_size=25), st.integers(min_value=1, max_value=7))
def test_following_the_cursor_shows_every_row_once_in_order(
    connection: Connection, instants: list[int], limit: int
) -> None:
    """However many rows share the first column, and whatever the page's length."""
    connection.execute(delete(JOURNAL))
    for at in instants:
        connection.execute(insert(JOURNAL).values(instance_id="i", tick=1, at=at, kind="started", data="{}"))
    columns = (JOURNAL.c.at, JOURNAL.c.id)
    seen: list[tuple[int, int]] = []
    cursor = None
    while True:
        rows = connection.execute(after(select(*columns), columns, cursor, limit)).all()
        shown = page(rows, limit, lambda row: (row.at, row.id), ("at", "id"))
        assert len(shown.items) <= limit
        seen += shown.items
        if shown.next is None:
            break
        cursor = shown.next
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == len(instants)
