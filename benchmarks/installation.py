"""An installation of Punchcard for one measurement: its tables, and the running example published as it is shipped."""

from __future__ import annotations

from punchcard.domain.clock import Clock, set_clock
from punchcard.domain.database import Database
from punchcard.domain.schema import metadata
from punchcard.errors import PunchcardError
from punchcard.language.files import load
from punchcard.router.publishing import publish
from punchcard.shipped import shipped

CAMPAIGN = "spend-and-save"
ACTOR = "benchmark"


def install(url: str, clock: Clock) -> Database:
    """Make the tables in an empty database, publish the campaign, and return the database."""
    database = Database(url)
    metadata.create_all(database.engine)
    written = load(shipped("definitions") / f"{CAMPAIGN}.yaml")
    plan = written.check().plan
    if plan is None:
        raise PunchcardError(f"{written.path} has mistakes.", remedy=f"Run: punchcard check {written.path}")
    with database.begin() as connection:
        set_clock(connection, clock)
        publish(connection, plan, written.text, written.files, ACTOR, clock.now())
    return database
