"""`punchcard instances` and `punchcard rewards`, over a shop in which things have happened."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from punchcard.cli.main import app
from punchcard.domain.refusals import InstanceUnknown, NothingToRetry
from punchcard.shipped import shipped
from tests.support.world import World

Say = Callable[..., Result]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A shop where Ada has earned a code and Carl, who wants no marketing, another."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    monkeypatch.setenv("PUNCHCARD_DATABASE_URL", url)
    world = World(url)
    text = (
        (shipped("definitions") / "spend-and-save.yaml")
        .read_text("utf-8")
        .replace("holdout: 10%", "holdout: 0%")
    )
    (tmp_path / "spend-and-save.yaml").write_text(text, "utf-8")
    world.publish(tmp_path)
    for customer in ("C-101", "C-103"):
        world.introduce(customer)
        world.order(f"o-{customer}", customer, "510.00")
    return world


@pytest.fixture
def say(world: World) -> Say:
    """Run a command in this process."""
    return lambda *words: CliRunner().invoke(app, words)


def test_the_list_is_filtered_and_has_one_line_each(say: Say, world: World) -> None:
    """By customer and by state, the latest first; `--json` is the API's shape."""
    assert [line.split()[1:5] for line in say("instances", "list").stdout.splitlines()] == [
        ["customer", "state", "step", "waits"],
        ["C-103", "waiting", "3", "coupon.redeemed"],
        ["C-101", "waiting", "3", "coupon.redeemed"],
    ]
    found = json.loads(say("instances", "list", "--customer", "C-101", "--state", "waiting", "--json").stdout)
    assert [each["id"] for each in found] == [world.instance_of("C-101")]
    limited = say("instances", "list", "--limit", "1")
    assert limited.stderr == "There are more than 1; --limit shows more of them.\n"


def test_a_story_is_told_in_the_consoles_words(say: Say, world: World) -> None:
    """With what was given, why a message was not sent, and no markup."""
    told = say("instances", "show", world.instance_of("C-103")).stdout
    assert told.startswith(f"{world.instance_of('C-103')}, customer C-103: waiting\n")
    assert told.splitlines()[1] == "  Times are those of America/New_York."
    assert re.search(
        r"  \S+-0[45]:00  Gave 20% off: \S+ \(Good until .* 11:59 PM\)\n", told.replace("\u202f", " ")
    )
    assert "the customer has not agreed to marketing messages" in told
    assert "<" not in told
    whole = json.loads(say("instances", "show", world.instance_of("C-103"), "--json").stdout)
    assert [message["reason"] for message in whole["messages"]] == ["no_consent"]


def test_an_instance_is_steered_and_says_why_it_stands_still(say: Say, world: World) -> None:
    """Pausing holds at once; what is asked for is on its way until the instance has heard it."""
    ada = world.instance_of("C-101")
    paused = say("instances", "pause", ada, "--reason", "stocktaking")
    assert paused.stdout.startswith(f"{ada}: pause is on its way.")
    told = say("instances", "show", ada).stdout
    assert told.startswith(f"{ada}, customer C-101: paused\n")
    assert "It is paused since" in told.splitlines()[-1]
    assert say("instances", "resume", ada).exit_code == 0
    assert say("instances", "skip", ada, "--step", "3").exit_code == 0
    world.later(0)
    assert "Sent “Redeem reminder”" in say("instances", "show", ada).stdout
    assert say("instances", "cancel", ada, "--reason", "by mistake").exit_code == 0
    world.later(0)
    assert say("instances", "show", ada).stdout.startswith(f"{ada}, customer C-101: cancelled\n")


def test_what_cannot_be_done_is_refused(say: Say, world: World) -> None:
    """Nothing is parked here, and nobody is called so."""
    assert isinstance(say("instances", "retry", world.instance_of("C-101")).exception, NothingToRetry)
    assert isinstance(say("instances", "show", "nobody").exception, InstanceUnknown)


def test_rewards_are_listed_with_what_became_of_them(say: Say, world: World) -> None:
    """The code, what it is worth, and the order that it was used on."""
    world.redeem("C-101", "o-7", 5000)
    lines = [line.split() for line in say("rewards").stdout.splitlines()]
    assert [line[:4] for line in lines[1:]] == [
        [world.code("C-103"), "20%", "redeemable", "C-103"],
        [world.code("C-101"), "20%", "redeemed", "C-101"],
    ]
    assert lines[2][-1] == "o-7"
    found = json.loads(say("rewards", "--state", "redeemed", "--json").stdout)
    assert [use["discount"]["amount"] for each in found for use in each["redemptions"]] == ["10.00"]
