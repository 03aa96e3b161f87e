"""What the demo shows while it plays: that it is one, how far it is, what came of it, and where to look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.markup import escape
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from punchcard.demo.figures import CLOSED, Figures
from punchcard.demo.player import Played
from punchcard.plan.calendar import DAY

_LINE_EVERY = 30 * DAY

_IN_WORDS = {
    "started": "started an instance",
    "held_out": "held out to compare with",
    "joined": "gathered with others",
    "over_limit": "over the customer's limit",
    "not_in_audience": "not in the audience",
    "not_again": "not again",
    "too_soon": "too soon",
    "already_running": "one was running",
    "issued": "not used yet",
    "redeemed": "used",
    "revoked": "taken back",
    "deferred": "kept for a better hour",
    "granted": "on their way",
    "attempting": "being sent",
    "failed": "refused by the mail server",
    "unknown": "perhaps sent",
    "suppressed": "kept back for a reason that is recorded",
    "code-redeemed": "used before",
    "code-expired": "expired",
    "code-revoked": "taken back",
    "code-of-another-customer": "somebody else's",
}


class Screen:
    """Shows a demo on a terminal as it goes, and elsewhere as a line a month of business time."""

    def __init__(self, console: Console, address: str, seconds_a_day: float) -> None:
        """Use `console`; `address` is where the installation is to be looked at."""
        self._console = console
        self._address = address
        self._seconds = seconds_a_day
        self._live: Live | None = None
        self._line_due = 0

    def __enter__(self) -> Screen:
        """Say what this is, and begin to show it."""
        self._console.print()
        self._console.print(Panel(_introduction(self._seconds), title="Demo", border_style="yellow"))
        if self._console.is_terminal:
            self._live = Live(console=self._console, auto_refresh=False)
            self._live.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Leave the last picture standing."""
        if self._live is not None:
            self._live.stop()

    def show(self, played: Played) -> None:
        """Show how far it is."""
        if self._live is not None:
            self._live.update(picture(played, self._address, self._seconds), refresh=True)
        elif played.now >= self._line_due or played.over:
            self._console.print(line(played), soft_wrap=True, highlight=False)
            self._line_due = played.now + _LINE_EVERY


def picture(played: Played, address: str, seconds_a_day: float) -> RenderableType:
    """Return the whole picture: the progress, what came of it, and the instances that moved last."""
    parts: list[RenderableType] = [_progress(played, seconds_a_day)]
    if played.figures is not None:
        parts += [_results(played, played.figures), _latest(played.figures, address)]
    if played.away:
        parts.append(Text(f"The API does not answer ({played.away}); it is tried again.", style="red"))
    return Panel(Group(*parts), title=f"Demo: {_date(played.now)} in business time", border_style="yellow")


def line(played: Played) -> str:
    """Return the same as one line, for logs."""
    figures = played.figures
    if figures is None:
        return f"demo {_date(played.now)}: {played.done:,} of {played.total:,} events"
    return (
        f"demo {_date(played.now)}: {played.done:,} of {played.total:,} events, {figures.orders:,} orders, "
        f"{sum(figures.occasions.values()):,} occasions, {sum(figures.rewards.values()):,} rewards, "
        f"{figures.messages.get('sent', 0):,} e-mails, {figures.redemptions:,} redeemed, {figures.answers:,} answers, "
        f"instances: {_listed(figures.instances)}"
    )


def _introduction(seconds: float) -> str:
    return (
        "Purchases of the years 1997 and 1998 (the CDNOW sample of Fader and Hardie), moved to the present.\n"
        "The customers' names and addresses are made up; their e-mails stay on this machine.\n"
        f"A day of business passes in {seconds:g} seconds, so a wait of a week takes {seconds * 7:g} seconds."
    )


def _progress(played: Played, seconds_a_day: float) -> RenderableType:
    minutes = (played.ends - played.now) / DAY * seconds_a_day / 60
    left = f"about {minutes:.0f} minutes to go" if minutes > 0 else "waiting for what is under way"
    grid = Table.grid(padding=(0, 1))
    grid.add_row(
        ProgressBar(total=played.total, completed=played.done, width=24),
        f"{played.done:,} of {played.total:,} events posted, {left}",
    )
    return grid


def _results(played: Played, figures: Figures) -> RenderableType:
    """One line for each thing that is counted, with what it means."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(justify="right", style="bold")
    table.add_column(no_wrap=True)
    table.add_column(style="dim")
    sent = figures.messages.get("sent", 0)
    unsent = _listed({status: number for status, number in figures.messages.items() if status != "sent"})
    refused = _listed({word: number for word, number in played.tills.items() if word != "redeemed"})
    ended = sum(figures.instances.values()) - figures.open
    for number, what, meaning in (
        (
            figures.orders,
            "orders",
            f"real purchases; {played.posted['duplicate']:,} events came again and changed nothing",
        ),
        (figures.refunds, "refunds", "of whole orders, by amount or by line"),
        (sum(figures.occasions.values()), "occasions", f"something earned: {_listed(figures.occasions)}"),
        (sum(figures.rewards.values()), "rewards", f"codes: {_listed(figures.rewards)}"),
        (sent, "e-mails", f"sent{unsent and f'; {unsent}'}"),
        (figures.redemptions, "codes used", f"at tills, which refused {refused or 'none'}"),
        (
            figures.answers,
            "answers",
            f"to {figures.questions:,} questions, on the page that the e-mail links to",
        ),
        (figures.open, "instances open", _listed(_only(figures.instances, ended=False))),
        (ended, "instances ended", _listed(_only(figures.instances, ended=True))),
    ):
        table.add_row(f"{number:,}", what, escape(meaning))
    return table


def _latest(figures: Figures, address: str) -> RenderableType:
    lines = [f"  {id_} [dim]{state}[/]" for id_, state in figures.latest]
    text = "\n".join(["", f"Moved last, to be seen under {escape(address)}/console/instances/", *lines])
    return Text.from_markup(text, overflow="ellipsis")


def _only(instances: Mapping[str, int], *, ended: bool) -> dict[str, int]:
    return {state: number for state, number in instances.items() if (state in CLOSED) is ended}


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {_IN_WORDS.get(word, word)}" for word, number in sorted(counts.items()))


def _date(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%d %b %Y")
