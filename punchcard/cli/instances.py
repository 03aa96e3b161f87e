"""`punchcard instances`: found, told as a story, and steered."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Connection

from api.instants import to_text
from punchcard.cli.listing import show_list
from punchcard.cli.opening import opened
from punchcard.domain import operating
from punchcard.domain.audit import deeds
from punchcard.domain.clock import read_clock
from punchcard.domain.instance_search import InstanceLine, State, Wanted, find_instances
from punchcard.domain.instance_story import tell_story, told
from punchcard.domain.operating import Order
from punchcard.domain.plans import Plans
from punchcard.domain.ticks import latest
from punchcard.plan import state as machine
from punchcard.settings import load_settings

Id = Annotated[str, typer.Argument(metavar="INSTANCE", help="The instance's id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Reason = Annotated[str | None, typer.Option(help="Why; it is kept in the audit log.")]
Step = Annotated[str | None, typer.Option(help="Only the step at this path, such as 3.otherwise.1.")]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="markdown")


@app.callback()
def instances() -> None:
    """Find process instances, see what each did and why, and steer them."""


@app.command("list")
def list_(
    campaign: Annotated[str | None, typer.Option(help="Of one campaign.")] = None,
    customer: Annotated[str | None, typer.Option(help="Of one customer, by your own id.")] = None,
    state: Annotated[State | None, typer.Option(help="In one state.")] = None,
    step: Annotated[str | None, typer.Option(help="At one step, by its path.")] = None,
    search: Annotated[str | None, typer.Option(help="A customer's id, or a reward's code.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List instances, the latest first."""
    wanted = Wanted(campaign=campaign, customer=customer, state=state, step=step, text=search)
    with opened(load_settings(), making=False) as database, database.read() as connection:
        page = find_instances(connection, wanted, limit=limit)
    if as_json:
        typer.echo(json.dumps([_as_data(line) for line in page.items], indent=2))
        return
    show_list(
        ("instance", "customer", "state", "step", "waits for", "until"),
        (
            (line.id, line.customer, line.state, line.step, ", ".join(line.waits_for), to_text(line.deadline))
            for line in page.items
        ),
    )
    if page.next is not None:
        typer.echo(f"There are more than {limit}; --limit shows more of them.", err=True)


@app.command()
def show(id_: Id, as_json: AsJson = False) -> None:
    """Tell what one instance did and why, in the console's words; times are the campaign's."""
    with opened(load_settings(), making=False) as database, database.read() as connection:
        now = read_clock(connection).now()
        if as_json:
            from api.shapes.instances import instance_whole

            typer.echo(instance_whole(tell_story(connection, id_, now)).model_dump_json(indent=2))
        else:
            _tell(connection, id_, now)


@app.command()
def cancel(id_: Id, reason: Reason = None) -> None:
    """End an instance where it is; what was given stays given."""
    _operate(operating.cancel, id_, reason)


@app.command()
def pause(id_: Id, reason: Reason = None) -> None:
    """Keep an instance where it is until it is resumed."""
    _operate(operating.pause, id_, reason)


@app.command()
def resume(id_: Id, reason: Reason = None) -> None:
    """Let a paused instance go on."""
    _operate(operating.resume, id_, reason)


@app.command()
def retry(id_: Id, step: Step = None, reason: Reason = None) -> None:
    """Let steps that are parked by an incident try again."""
    _operate(operating.retry, id_, reason, step)


@app.command()
def skip(id_: Id, step: Step = None, reason: Reason = None) -> None:
    """Go past what an instance waits for, or is parked at."""
    _operate(operating.skip, id_, reason, step)


def _operate(
    deed: Callable[[Connection, str, Order], None], id_: str, reason: str | None, step: str | None = None
) -> None:
    with opened(load_settings()) as database, database.begin() as connection:
        deed(connection, id_, Order("cli", read_clock(connection).now(), reason, step))
    typer.echo(f"{id_}: {deed.__name__} is on its way. `punchcard instances show` says what came of it.")


def _tell(connection: Connection, id_: str, now: int) -> None:
    from babel import Locale

    from api.console.present import present
    from api.console.timeline import timeline
    from api.console.translation import SOURCE_LANGUAGE, catalogue
    from api.console.words.account import Account
    from punchcard.wording.speech import Speech

    story = tell_story(connection, id_, now)
    program = Plans().program(connection, story.line.version)
    zone = ZoneInfo(program.plan.timezone)
    speech = Speech(Locale(SOURCE_LANGUAGE), zone, catalogue(SOURCE_LANGUAGE))
    account = Account(speech, program, story)
    done = [deed for name in story.generations for deed in deeds(connection, object_=name)]
    tick = latest(connection, id_)
    state = machine.from_data(json.loads(tick.state)) if tick is not None else machine.State()
    pending = [each for each in told(connection, id_) if each.status == "pending"]
    line = story.line
    typer.echo(f"{line.id}, customer {line.customer or 'unknown'}: {line.state}")
    typer.echo(f"  Times are those of {zone.key}.")
    words = ""
    for item in timeline(account, done):
        words = _plain(item.told.words)
        detail = f" ({_plain(item.told.detail)})" if item.told.detail else ""
        typer.echo(f"  {speech.iso(item.at)}  {words}{detail}")
    now_words = " ".join(_plain(each) for each in present(account, state, pending))
    if line.closed_at is None and now_words != f"{words}.":
        typer.echo(f"  {'now':25}  {now_words}")


def _plain(words: Any) -> str:
    from markupsafe import Markup

    return Markup(words).striptags() if isinstance(words, Markup) else str(words)


def _as_data(line: InstanceLine) -> dict[str, Any]:
    from api.shapes.instances import instance_shown

    return instance_shown(line).model_dump(mode="json")
