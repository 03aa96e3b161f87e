"""The screen says that it is a demo, how far it is, and what came of it."""

import io
from collections import Counter

from rich.console import Console

from punchcard.demo.figures import Figures
from punchcard.demo.player import Played
from punchcard.demo.screen import Screen, line, picture
from punchcard.plan.calendar import DAY

NOW = 1_777_881_600_000
FIGURES = Figures(
    orders=839,
    refunds=31,
    occasions={"held_out": 10, "started": 239},
    rewards={"issued": 117, "redeemed": 108, "revoked": 3},
    messages={"sent": 351, "suppressed": 13},
    redemptions=108,
    questions=38,
    answers=15,
    instances={"completed": 163, "reversed": 5, "stopped": 48, "running": 1, "waiting": 22},
    latest=(("spend-and-save.e1.c7.1.g1", "waiting"),),
)


def played(**values: object) -> Played:
    """A demo on 4 May 2026, with 300 days to go."""
    found = Played(NOW, NOW + 300 * DAY, total=4944, done=980, figures=FIGURES)
    found.posted, found.tills = Counter(duplicate=40), Counter({"redeemed": 108, "code-expired": 2})
    for name, value in values.items():
        setattr(found, name, value)
    return found


def shown(what: Played) -> str:
    """The picture as text."""
    console = Console(file=io.StringIO(), width=100)
    console.print(picture(what, "http://127.0.0.1:8000", 2))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_picture_counts_everything() -> None:
    """Each figure with what it means, and the instances where they can be looked at."""
    text = shown(played())
    for part in (
        "Demo: 04 May 2026 in business time",
        "980 of 4,944 events posted, about 10 minutes to go",
        "839 orders          real purchases; 40 events came again and changed nothing",
        "249 occasions       something earned: 10 held out to compare with, 239 started an instance",
        "228 rewards         codes: 117 not used yet, 108 used, 3 taken back",
        "351 e-mails         sent; 13 kept back for a reason that is recorded",
        "108 codes used      at tills, which refused 2 expired",
        "15 answers         to 38 questions",
        "23 instances open  1 running, 22 waiting",
        "216 instances ended 163 completed, 5 reversed, 48 stopped",
        "http://127.0.0.1:8000/console/instances/",
        "spend-and-save.e1.c7.1.g1 waiting",
    ):
        assert part in text


def test_an_api_that_is_away_is_said() -> None:
    """In place of silence."""
    assert "The API does not answer (ConnectError at /v1/events)" in shown(
        played(away="ConnectError at /v1/events")
    )


def test_before_the_first_count_there_is_the_progress_alone() -> None:
    """Nothing is made up."""
    assert "980 of 4,944 events" in shown(played(figures=None))
    assert line(played(figures=None)) == "demo 04 May 2026: 980 of 4,944 events"


def test_where_there_is_no_terminal_a_month_is_a_line() -> None:
    """So that a log stays readable."""
    console = Console(file=io.StringIO(), width=100)
    with Screen(console, "http://127.0.0.1:8000", 2) as screen:
        for day in range(45):
            screen.show(played(now=NOW + day * DAY))
    assert isinstance(console.file, io.StringIO)
    lines = [text for text in console.file.getvalue().splitlines() if text.startswith("demo ")]
    assert [text[:16] for text in lines] == ["demo 04 May 2026", "demo 03 Jun 2026"]
    assert "instances: 163 completed, 5 reversed, 1 running, 48 stopped, 22 waiting" in lines[0]


def test_on_a_terminal_the_picture_is_kept_up_to_date() -> None:
    """And what it is about stands above it."""
    console = Console(file=io.StringIO(), width=100, force_terminal=True)
    with Screen(console, "http://127.0.0.1:8000", 2) as screen:
        screen.show(played())
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert "the CDNOW sample of Fader and Hardie" in text
    assert "in business time" in text
