"""The editors' own YAML language server with our schema: what it shows, and what it offers."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from punchcard.authoring.schema.documents import modeline
from punchcard.cli.json_schema import put
from punchcard.language.files import campaigns
from punchcard.shipped import shipped
from tests.support.lsp import LanguageClient

MODULES = Path(__file__).parents[3] / "node_modules"
SERVER = MODULES / "yaml-language-server" / "bin" / "yaml-language-server"
SETTINGS: dict[str, Any] = {
    "yaml": {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageClient]:
    """The server in a folder with our schemas."""
    folder = tmp_path_factory.mktemp("campaigns")
    put(folder)
    node = shutil.which("node")
    assert node is not None, "Node.js comes with the set-up"
    with LanguageClient([node, str(SERVER), "--stdio"], folder, SETTINGS) as client:
        yield client


@pytest.fixture(scope="module")
def cups(client: LanguageClient) -> Path:
    """A document that is open."""
    path = client.root / "cups.yaml"
    client.open(path, f"{modeline('campaign')}\n")
    return path


def offered(client: LanguageClient, path: Path, text: str) -> dict[str, str]:
    """The labels that are offered at the end of a text, with what each inserts."""
    text = f"{modeline('campaign')}\n{text}"
    client.change(path, text)
    lines = text.split("\n")
    answer = client.at("completion", path, len(lines) - 1, len(lines[-1]))
    return {item["label"]: item.get("insertText", "") for item in answer["items"]}


@pytest.mark.parametrize("path", tuple(campaigns(shipped("definitions"))), ids=lambda path: path.stem)
def test_a_definition_is_fine(client: LanguageClient, path: Path) -> None:
    """Nothing is underlined."""
    assert client.open(client.root / path.name, path.read_text("utf-8")) == []


def test_mistakes_are_underlined(client: LanguageClient, cups: Path) -> None:
    """An unknown key, and a value of another form, each at its place."""
    text = "campaign: cups\nwhen: order\nlimt: 1 per year\nholdout: 10\nsteps:\n  - stop: x\n"
    found = client.change(cups, f"{modeline('campaign')}\n{text}", until=lambda found: len(found) > 1)
    places = {(each["range"]["start"]["line"], each["message"]) for each in found}
    assert places == {(3, "Property limt is not allowed."), (4, 'Incorrect type. Expected "string".')}


def test_keys_are_offered_like_a_form(client: LanguageClient, cups: Path) -> None:
    """Every key at the top, the trigger's inside `when`, what stands beside a step, and a message's."""
    assert {"campaign", "when", "steps", "limit", "messages"} <= set(offered(client, cups, ""))
    assert {"spend", "order", "event", "manual"} <= set(offered(client, cups, "when:\n  "))
    assert {"reward", "send", "wait", "ask", "if", "stop"} <= set(offered(client, cups, "steps:\n  - "))
    beside = offered(client, cups, "steps:\n  - wait: {for: coupon.redeemed, up_to: 2 days}\n    ")
    assert {"then", "otherwise", "branches", "id", "note"} <= set(beside)
    assert {"up_to", "until", "for"} <= set(offered(client, cups, "steps:\n  - wait:\n      "))
    assert {"purpose", "subject", "body"} <= set(offered(client, cups, "messages:\n  hello:\n    "))


def test_values_are_offered(client: LanguageClient, cups: Path) -> None:
    """Words where there are only some, examples where there are many."""
    assert set(offered(client, cups, "on_resume: ")) == {"skip_stale", "shift", "send_all"}
    assert {"5 per year", "3 in any 90 days"} <= set(offered(client, cups, "limit: "))
    assert {"paid", "placed", "delivered"} <= set(offered(client, cups, "when:\n  order: {is: "))


def test_a_trigger_comes_with_places_to_fill_in(client: LanguageClient, cups: Path) -> None:
    """The example of the tables, as a snippet."""
    assert offered(client, cups, "when:\n  ")["spend"] == "spend:\n  every: ${1:500}"


def test_hovering_explains(client: LanguageClient, cups: Path) -> None:
    """What a key means, and its example."""
    client.change(cups, f"{modeline('campaign')}\nsteps:\n  - reward: 10%\n")
    shown = client.at("hover", cups, 2, 6)["contents"]["value"]
    assert "Gives the customer" in shown
    assert "- reward: {discount: 20%, expires: 30 days}" in shown
