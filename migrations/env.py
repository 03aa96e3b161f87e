"""How migrations run: on the database of the settings, or on one that the caller names."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from punchcard.domain.database import Database
from punchcard.domain.schema import metadata
from punchcard.settings import load_settings


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write SQLModel's text type as the plain one, so that a migration needs SQLAlchemy alone."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


def _run() -> None:
    database = Database(context.config.attributes.get("url") or load_settings().database)
    try:
        with database.engine.connect() as connection:
            context.configure(
                connection=connection,
                target_metadata=metadata,
                render_item=_render,
                render_as_batch=True,  # SQLite alters a table by copying it
                compare_type=True,
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        database.close()


_run()
