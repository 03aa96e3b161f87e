"""The database: what is open is closed with it."""

from sqlalchemy import event, text

from punchcard.domain.database import Database


def test_what_is_in_use_when_it_closes_is_closed_as_it_comes_back(each_database: Database) -> None:
    """Such as the connection of a request that a stopping process has not waited for."""
    closed: list[object] = []
    event.listen(each_database.engine, "close", lambda connection, _record: closed.append(connection))
    with each_database.read() as connection:
        in_use = connection.connection.dbapi_connection
        each_database.close()
        assert in_use not in closed
        assert connection.execute(text("SELECT 1")).scalar() == 1
    assert in_use in closed


def test_it_can_be_used_after_it_was_closed(each_database: Database) -> None:
    """It opens anew, and leaves nothing open."""
    each_database.close()
    opened: list[object] = []
    closed: list[object] = []
    event.listen(each_database.engine, "connect", lambda connection, _record: opened.append(connection))
    event.listen(each_database.engine, "close", lambda connection, _record: closed.append(connection))
    for _ in range(2):
        with each_database.read() as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
    assert opened == closed
    assert len(opened) == 2
