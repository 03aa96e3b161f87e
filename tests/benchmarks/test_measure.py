"""Each benchmark runs, at a size that says nothing about speed."""

from pathlib import Path

import pytest

from benchmarks.__main__ import DATA, PAGE, Part, Sizes, measure
from benchmarks.ingestion.measure import HTTP, INGEST, RAW
from benchmarks.journeys.measure import SIDES
from benchmarks.journeys.rounds import WARM_UP
from benchmarks.language.campaigns import STEPS, campaigns
from benchmarks.postgres_server import find_postgres
from benchmarks.report import BEGIN, END, Report, publish, read_report
from punchcard.language import check
from punchcard.plan.model import walk

TINY = Sizes(
    rounds=1,
    journeys=2,
    under_way=2,
    batches=(1, 3),
    seconds=0.01,
    customers=5,
    instances=2,
    pace=86_400,
    thinks=0.1,
    campaigns=3,
    members=20,
)


def run(part: Part) -> Report:
    """Measure one part at the tiny size."""
    report = measure((part,), TINY, lambda line: None)
    assert read_report(report.json()).json() == report.json()
    assert part.value in " ".join(table.title.lower() for table in report.tables())
    return report


@pytest.mark.timeout(300)
def test_journeys() -> None:
    """Punchcard and both hand-written journeys reach their end, most by the happy path, with a history each.

    Which way a journey takes when a machine is slow is for the report to say.
    """
    report = run(Part.JOURNEYS)
    assert [one.side for one in report.journeys] == [side.name for side in SIDES]
    assert all(one.journeys == 2 and one.strayed < one.journeys + WARM_UP for one in report.journeys)
    assert all(one.events.lowest > 20 and one.bytes.lowest > 1000 for one in report.journeys)


@pytest.mark.timeout(300)
def test_orders() -> None:
    """Every way takes orders in, in batches of each size, on each database that this machine has."""
    report = run(Part.ORDERS)
    databases = ["SQLite", "PostgreSQL"] if find_postgres() else ["SQLite"]
    ways = [f"{way}, {database}" for database in databases for way in (RAW, INGEST, HTTP)]
    assert [(one.way, one.batch) for one in report.orders] == [(way, n) for way in ways for n in (1, 3)]
    assert all(one.orders_per_second.lowest > 0 for one in report.orders)


def test_segments() -> None:
    """The rule and the SQL by hand find the same customers, on each database that this machine has."""
    looks = run(Part.SEGMENTS).segments
    assert looks is not None
    databases = 2 if find_postgres() else 1
    assert len(looks.ways) == 4 * databases
    assert all(one.milliseconds.lowest > 0 for one in looks.ways)


@pytest.mark.timeout(300)
def test_sleeping() -> None:
    """Instances are put to sleep, and what they hold is looked up."""
    sleepers = run(Part.SLEEPING).sleeping
    assert sleepers is not None
    assert sleepers.instances == 2
    assert sleepers.after.own_database >= sleepers.before.own_database > 0
    assert min(sleepers.after.worker, sleepers.after.server, sleepers.after.server_database) > 0


def test_language() -> None:
    """Every campaign is right and has its thirty steps, and each way of reading is measured."""
    report = run(Part.LANGUAGE)
    assert report.language is not None
    for name, text in campaigns(20):
        plan = check(text, name=name).plan
        assert plan is not None
        assert sum(1 for _ in walk(plan.steps)) == STEPS == report.language.steps
    assert all(one.milliseconds.lowest > 0 for one in report.language.ways)


def test_a_part_that_was_not_run_stays_published(tmp_path: Path) -> None:
    """One part can be measured anew without the others."""
    page, data = tmp_path / PAGE.name, tmp_path / DATA.name
    page.write_text(PAGE.read_text())
    data.write_text(DATA.read_text())
    known = read_report(DATA.read_text())
    publish(run(Part.LANGUAGE), page, data)
    found = read_report(data.read_text())
    assert (found.journeys, found.sleeping) == (known.journeys, known.sleeping)
    assert found.language != known.language


def test_the_page_shows_the_published_figures(tmp_path: Path) -> None:
    """The tables in docs/benchmarks.md are those of docs/benchmarks.json, and publishing again changes nothing."""
    report = read_report(DATA.read_text())
    page, data = tmp_path / PAGE.name, tmp_path / DATA.name
    page.write_text(PAGE.read_text())
    publish(report, page, data)
    assert page.read_text() == PAGE.read_text()
    assert data.read_text() == DATA.read_text()
    assert page.read_text().count(BEGIN) == page.read_text().count(END) == 1


def test_a_page_without_marks_is_refused(tmp_path: Path) -> None:
    """Figures are never lost in a page that has no place for them."""
    page = tmp_path / "page.md"
    page.write_text("# Benchmarks\n")
    with pytest.raises(ValueError, match="no place for figures"):
        publish(read_report(DATA.read_text()), page, tmp_path / "data.json")
