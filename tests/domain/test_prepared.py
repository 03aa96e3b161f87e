"""Prepared statements: the same on SQLite and PostgreSQL, in the words of SQLAlchemy."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, NoResultFound

from punchcard.domain.among import among
from punchcard.domain.database import Database, table
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.prepared import Prepared

OUTBOX = table(OutboxRow)

ADD = Prepared(insert(OUTBOX).returning(OUTBOX.c.seq, OUTBOX.c.kind))
ADD_NEW = Prepared(lambda insert: insert(OUTBOX).on_conflict_do_nothing().returning(OUTBOX.c.seq))
SOME = Prepared(select(OUTBOX.c.seq).where(among(OUTBOX.c.seq, "wanted")).order_by(OUTBOX.c.seq))
KINDS = Prepared(select(OUTBOX.c.kind).where(among(OUTBOX.c.kind, "kinds"), OUTBOX.c.status == "pending"))
RENAME = Prepared(update(OUTBOX).where(OUTBOX.c.seq == bindparam("which")).values(kind=bindparam("new_kind")))


def row(seq: int, kind: str = "deliver") -> dict[str, Any]:
    """A row of the outbox."""
    return {
        "instance_id": "save-1",
        "seq": seq,
        "kind": kind,
        "payload": "{}",
        "status": "pending",
        "created_at": 0,
        "not_before": 0,
        "leased_until": 0,
        "attempts": 0,
    }


def test_rows_come_back_by_name_and_in_order(each_database: Database) -> None:
    """Several parameters give a row each, in their order; constants of the statement need not be given."""
    with each_database.begin() as connection:
        added = ADD(connection, [row(3, "c"), row(1, "a"), row(2, "b")])
        assert [(one.seq, one.kind) for one in added] == [(3, "c"), (1, "a"), (2, "b")]
        assert SOME(connection, {"wanted": [1, 3, 9]}).scalars() == [1, 3]
        assert SOME(connection, {"wanted": []}).first() is None
        assert KINDS(connection, {"kinds": ["a", "é'"]}).scalar_one() == "a"
        with pytest.raises(NoResultFound):
            SOME(connection, {"wanted": [9]}).one()


def test_it_is_part_of_the_transaction(each_database: Database) -> None:
    """What was run is undone with the rest."""
    with pytest.raises(IntegrityError), each_database.begin() as connection:
        ADD(connection, [row(1), row(3), row(3)])
    with each_database.begin() as connection:
        ADD(connection, row(2))
    with each_database.read() as connection:
        assert SOME(connection, {"wanted": [1, 2, 3]}).scalars() == [2]


def test_nothing_is_run_for_no_parameters(each_database: Database) -> None:
    """An empty list is no error, and changes nothing."""
    with each_database.begin() as connection:
        assert list(ADD(connection, [])) == []
        ADD(connection, row(1))
        RENAME(connection, [{"which": 1, "new_kind": "x"}, {"which": 2, "new_kind": "y"}])
        assert KINDS(connection, {"kinds": ["x", "y"]}).scalars() == ["x"]


def test_conflicts_are_told_in_the_words_of_sqlalchemy(each_database: Database) -> None:
    """A violated constraint is an IntegrityError that names no values; ON CONFLICT gives no row instead."""
    with each_database.begin() as connection:
        ADD(connection, row(1, "secret"))
        assert ADD_NEW(connection, row(1, "secret")).scalar() is None
    with pytest.raises(IntegrityError) as caught, each_database.begin() as connection:
        ADD(connection, row(1, "secret"))
    assert "secret" not in str(caught.value)
    assert "outbox" in str(caught.value)
