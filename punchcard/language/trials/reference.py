"""The reference of campaign tests, made from their tables; `docs/generate.py` writes it, a test compares it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from punchcard.language.reference import GENERATED, arguments
from punchcard.language.trials.deeds import DEEDS
from punchcard.language.trials.people import CONSENTS, CUSTOMER
from punchcard.language.trials.reader import FILE, IN_CASE, UNTIL
from punchcard.language.trials.reading import Row
from punchcard.language.trials.signs import SIGNS

INTRODUCTION = """\
What a campaign promises can be written down beside it, and `punchcard test` plays it at virtual time: on the router,
the ledger, the ticks and the letters that run in production, with a database in memory, and without Temporal and a mail
server. A file of tests is called like its campaign: `spend-and-save.test.yaml` beside `spend-and-save.yaml`.
[Test campaigns](../how-to/test-campaigns.md) is the page to begin with. This is one case:"""
STORY = """\
A story is a list of lines, from top to bottom. A line is one deed, or `expect`. `at` beside it says when: a date with a
time (`2026-03-02 10:00`), the next of its kind (`monday at 09:00`), or so long after the last time that a line above
has named (`+7 days`); an `expect` that names no time moves nothing. Without `at`, a deed happens at that same time.

A deed precedes what is due at its own time, as an order in the last minute precedes a deadline. Only what it needs
comes before it, also in its own minute: the question before its answer, the reward before it is shown at the till, the
task before it is done, the instance before it is cancelled.

Within one `expect` all spans count from the same time, that of the lines above it: `+4 hours` and below it `+28 hours`
are a day apart, and `until: +30 days` beside it is 30 days from there, too. Only a date that stands above them in the
same `expect` takes its place. What comes behind the `expect` counts from its `until`, or from the latest time in it.
All times are those of the customer's zone. `note` may stand beside every line.

Of what runs besides, `with` at the top of the file names the campaigns, and `campaign` beside a line says which of
them it is about: whose question is answered, whose reward is shown at the till, who is started. Without it, that is
the campaign that is tested. A campaign that starts another one (`start`) needs it there, and so does one that begins
with the rewards of another.

Where an order or an event earns nothing, the timeline of a failed case says why, as far as Punchcard knows: it happened
before the campaign began, it is in another currency, it counts and is not enough yet, with the sum so far. Where time
has started nothing by the end of a story, it says why: when the customer is due, that no birthday is known, what the
trigger's `where` or the segment's rule has seen. A deed that comes before what it needs, such as an answer before its
question, is told when it could come."""
EXPECT = """\
An `expect` covers all that has happened since the one before it, and goes on up to the next deed, up to `until`, or,
at the end of a story, until nobody waits for anything any more. What is expected has to happen, at the minute that
`at` names. And what happens has to be expected: every reward, every message that goes out or is held back, every
reward that is taken or given back, every incident, and every end but `completed`. `expect: nothing` says that there
is none of it. What the campaigns of `with` do may be expected, with `campaign` beside it, and may go unsaid: their
own tests are about that.

A question stands in a message: `question: reply` and `message: how-was-it` mean the same mail, so one line will do, and
both may stand there."""
CUSTOMERS = """\
`customer` of the file is whom all cases are about; what a case's own `customer` says is put over it, key by key, also
within `consents`, `attributes` and `variants`. `without` takes keys away again: `customer: {without: birthday}` is
somebody whose birthday nobody knows."""


def tests_page(example: str) -> str:
    """Return `tests.md`; `example` is a whole file of tests, whose first case is shown."""
    return "\n".join(_page(example)).rstrip() + "\n"


def _page(example: str) -> Iterator[str]:
    yield from ("# Tests of campaigns", "", GENERATED, "", INTRODUCTION, "")
    head, _, rest = example.partition("\n  - case: ")
    yield from ("```yaml", f"{head}\n  - case: {rest.split(chr(10) * 2, 1)[0]}", "```", "")
    yield from ("## The file", "", *arguments(FILE), "## A case", "", *arguments(IN_CASE))
    yield from (
        "## customer",
        "",
        CUSTOMERS,
        "",
        *arguments(CUSTOMER),
        "### consents",
        "",
        *arguments(CONSENTS),
    )
    yield from ("## What happens", "", STORY, "", *_rows(DEEDS))
    yield from ("## What is expected", "", EXPECT, "", *arguments((UNTIL,)), *_rows(SIGNS))


def _rows(table: tuple[Row[Any], ...]) -> Iterator[str]:
    for row in table:
        yield from (f"### {row.name}", "", row.says, "", "```yaml", row.example, "```", "")
        if row.main:
            yield from (f"One value alone is `{row.main}`.", "")
        yield from arguments(row.arguments)
