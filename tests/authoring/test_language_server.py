"""The language server as an editor uses it: a real client over standard input and output."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from punchcard.authoring.formatting.layout import formatted
from punchcard.authoring.serving.server import path_of
from tests.support.lsp import LanguageClient

COMMAND = [sys.executable, "-m", "punchcard.cli", "language-server"]
HEAD = "campaign: cups\nlimit: 1 per year\nwhen:\n  order: {first: yes}\nsteps:\n"
REWARD = "  - reward: {discount: 10%, expires: 5 days}\n    as: coupon\n"
MESSAGES = "messages:\n  hello:\n    purpose: marketing\n    subject: Hello\n    body: |\n      Hi\n"
FINE = f"{HEAD}{REWARD}  - send: hello\n{MESSAGES}"
GERMAN = "---\nsubject: Hallo\n---\nIhr Code: {{ coupon.code }}\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageClient]:
    """The server in a folder with one campaign, a message beside it and a programme."""
    folder = tmp_path_factory.mktemp("campaigns")
    (folder / "cups.yaml").write_text(FINE)
    german = folder / "messages" / "cups"
    german.mkdir(parents=True)
    (german / "hello.de.md").write_text(GERMAN)
    (folder / "programme.yaml").write_text(
        "currency: USD\ncustomer_fields: {favourite_cup: text}\n"
        "segments: {loyal: customer.orders > 5, lost: customer.orders < 1}\n"
    )
    with LanguageClient(COMMAND, folder) as client:
        client.open(folder / "cups.yaml", FINE)
        yield client


@pytest.fixture
def cups(client: LanguageClient) -> Path:
    """The campaign, open and as it was."""
    path = client.root / "cups.yaml"
    client.change(path, FINE)
    return path


def typed(client: LanguageClient, path: Path, text: str) -> tuple[int, int]:
    """Put the text into the editor; returns the line and character of the cursor `§`."""
    before, _, after = text.partition("§")
    client.change(path, before + after)
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def offered(client: LanguageClient, path: Path, text: str) -> dict[str, str]:
    """What is offered at the cursor `§`, with what each puts in."""
    answer = client.at("completion", path, *typed(client, path, text))
    return {item["label"]: item["textEdit"]["newText"] for item in answer["items"]}


def hovered(client: LanguageClient, path: Path, text: str) -> str:
    """What is shown over the cursor `§`."""
    answer = client.at("hover", path, *typed(client, path, text))
    return str(answer["contents"]["value"]) if answer else ""


def fixed(client: LanguageClient, path: Path, text: str) -> dict[str, str]:
    """The fixes at the cursor `§` by their titles, each with the text that comes of it."""
    line, _ = typed(client, path, text)
    text = text.replace("§", "")
    place = {"line": line, "character": 0}
    asked = {
        "textDocument": {"uri": path.as_uri()},
        "range": {"start": place, "end": place},
        "context": {"diagnostics": []},
    }
    found = client.request("textDocument/codeAction", asked)
    return {each["title"]: applied(text, each["edit"]["changes"][path.as_uri()]) for each in found}


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """The text after edits."""
    lines = text.split("\n")
    for edit in edits:
        start, end = (
            sum(len(line) + 1 for line in lines[: place["line"]]) + place["character"]
            for place in (edit["range"]["start"], edit["range"]["end"])
        )
        text = f"{text[:start]}{edit['newText']}{text[end:]}"
    return text


def test_what_is_right_is_not_underlined(client: LanguageClient, cups: Path) -> None:
    """Neither the campaign nor the message beside it."""
    assert client.change(cups, FINE) == []


def test_a_mistake_of_meaning_is_underlined_while_one_types(client: LanguageClient, cups: Path) -> None:
    """A name that does not exist, at its characters, with its code and what to write instead."""
    text = FINE.replace(
        "  - send",
        '  - if: coupn.redeemed and customer.email == "😀" and copon.redeemed\n    then: {stop: x}\n  - send',
    )
    found = client.change(cups, text)
    line = text.split("\n")[7]
    assert {each["code"] for each in found} == {"PC1401"}
    for each in found:
        place = each["range"]
        units = line.encode("utf-16-le")
        marked = units[2 * place["start"]["character"] : 2 * place["end"]["character"]].decode("utf-16-le")
        assert marked in ("coupn.redeemed", "copon.redeemed")
        assert "write: coupon.redeemed" in each["message"]


def test_a_mistake_in_a_message_beside_it_is_underlined_there(client: LanguageClient, cups: Path) -> None:
    """Typed into the message's file, which is open too; mended, it disappears."""
    german = client.root / "messages" / "cups" / "hello.de.md"
    client.open(german, GERMAN, "markdown")
    found = client.change(german, GERMAN.replace("coupon.code", "coupon.cod"))
    assert [each["code"] for each in found] == ["PC1404"]
    assert found[0]["range"]["start"] == {"line": 3, "character": 13}
    assert client.change(german, GERMAN) == []


def test_the_programme_has_diagnostics_too(client: LanguageClient) -> None:
    """By its own table of keys."""
    path = client.root / "programme.yaml"
    assert client.open(path, path.read_text()) == []
    assert [each["code"] for each in client.change(path, "curency: USD\n")] == ["PC1101"]
    assert client.change(path, path.read_text()) == []


def test_campaign_tests_have_diagnostics_too(client: LanguageClient, cups: Path) -> None:
    """Read by the campaign beside them: what it cannot do cannot be expected."""
    path = cups.with_name("cups.test.yaml")
    right = "tests: cups\ncases:\n  - case: A first order\n    story:\n      - order: 5\n      - expect:\n"
    right += "          - reward: coupon\n          - message: hello\n"
    assert client.open(path, right) == []
    found = client.change(path, right.replace("reward: coupon", "reward: copon"))
    assert [each["severity"] for each in found] == [1]


def test_steps_are_offered_with_places_to_fill_in(client: LanguageClient, cups: Path) -> None:
    """Behind a dash, each verb with its example."""
    found = offered(client, cups, f"{HEAD}{REWARD}  - §\n")
    assert {"reward", "send", "wait", "ask", "if", "stop"} <= set(found)
    assert found["reward"] == "reward: {discount: ${1:20%}, expires: ${2:30 days}}\n  as: ${3:second_coupon}"


def test_keys_are_offered_where_they_can_stand(client: LanguageClient, cups: Path) -> None:
    """At the top, in a trigger, in braces, beside a verb, and in a message; never what stands there already."""
    top = offered(client, cups, f"§\n{FINE}")
    assert {"title", "budget"} <= set(top)
    assert not {"campaign", "when", "steps"} & set(top)
    assert set(offered(client, cups, "campaign: cups\nwhen:\n  §\n")) >= {"spend", "order", "event", "manual"}
    assert set(offered(client, cups, f"{HEAD}{REWARD}  - wait: {{for: coupon.redeemed, §\n")) == {
        "up_to",
        "until",
    }
    beside = offered(
        client, cups, f"{HEAD}{REWARD}  - wait: {{for: coupon.redeemed, up_to: 2 days}}\n    §\n"
    )
    assert set(beside) >= {"then", "otherwise", "branches", "id", "note"}
    assert set(offered(client, cups, f"{FINE}  other:\n    §")) >= {"purpose", "subject", "body"}


def test_values_are_offered(client: LanguageClient, cups: Path) -> None:
    """Words, zones, messages and events, each where it fits."""
    assert set(offered(client, cups, "on_resume: §\n")) == {"skip_stale", "shift", "send_all"}
    assert "Europe/Berlin" in offered(client, cups, "timezone: Eur§\n")
    assert "hello" in offered(client, cups, FINE.replace("send: hello", "send: §"))
    assert set(offered(client, cups, f"{HEAD}{REWARD}  - wait: {{for: §")) == {
        "coupon.redeemed",
        "customer.ordered",
        "order.delivered",
        "order.refunded",
    }
    assert "coupon.expires" in offered(client, cups, f"{HEAD}{REWARD}  - wait: {{until: 2 days before §")


def test_what_can_be_counted_is_offered_to_an_experiment(client: LanguageClient, cups: Path) -> None:
    """The keys of `keep_best` behind the variants, and what some step makes, before or after the split."""
    split = f"{HEAD}  - split: {{plain: 50%, warm: 50%, §"
    assert set(offered(client, cups, split)) == {"keep_best"}
    inside = split.replace("§", "keep_best: {§")
    assert set(offered(client, cups, inside)) == {"by", "within", "after", "sure"}
    reading = inside.replace("§", "by: §}}") + f"\n{REWARD}"
    assert {"coupon.redeemed", "customer.ordered"} <= set(offered(client, cups, reading))


def test_names_are_offered_where_they_exist(client: LanguageClient, cups: Path) -> None:
    """What the steps before have made, the programme's fields, the order's in a filter, and in messages codes too."""
    found = offered(
        client, cups, f"{HEAD}{REWARD}  - if: customer.orders > 3 and coup§\n    then: {{stop: x}}\n"
    )
    assert {"coupon.redeemed", "coupon.expires", "customer.favourite_cup", "order.amount"} <= set(found)
    assert "coupon.code" not in found
    assert next(iter(found)).startswith("coupon.")
    before = offered(client, cups, f"{HEAD}  - if: §\n    then: {{stop: x}}\n{REWARD}")
    assert "coupon.redeemed" not in before
    where = offered(client, cups, "campaign: cups\nwhen:\n  order: {where: order.§}\n")
    assert "order.units" in where
    assert "customer.orders" not in where
    body = FINE.replace("      Hi", "      Hi {{ coup§")
    assert {"coupon.code", "customer.first_name"} <= set(offered(client, cups, body))
    assert "date" in offered(client, cups, FINE.replace("      Hi", "      Hi {{ coupon.expires | §"))


def test_names_are_offered_in_a_message_beside_the_campaign(client: LanguageClient, cups: Path) -> None:
    """Its file is not YAML, and it knows which steps send it."""
    path = client.root / "messages" / "cups" / "hello.fr.md"
    client.open(path, "---\nsubject: Salut\n---\nCode: {{ cou\n", "markdown")
    answer = client.at("completion", path, 3, 12)
    assert "coupon.code" in {item["label"] for item in answer["items"]}
    client.change(path, GERMAN)
    assert "of the reward of line 6" in client.at("hover", path, 3, 16)["contents"]["value"]
    made = client.at("definition", path, 3, 16)
    assert path_of(made["uri"]) == cups
    assert made["range"]["start"] == {"line": 5, "character": 4}


def test_hovering_explains_words_and_names(client: LanguageClient, cups: Path) -> None:
    """A verb by its row, a key by its own, a reward by its terms, a message by its subject."""
    assert "Gives the customer" in hovered(client, cups, FINE.replace("reward", "rew§ard"))
    assert "when the code ends" in hovered(client, cups, FINE.replace("expires", "exp§ires")).lower()
    assert "how often at most" in hovered(client, cups, FINE.replace("limit", "li§mit")).lower()
    assert "Hello" in hovered(client, cups, FINE.replace("send: hello", "send: he§llo"))
    text = f"{HEAD}{REWARD}  - wait: {{for: coupon.red§eemed, up_to: 2 days}}\n"
    assert "`reward: {discount: 10%, expires: 5 days}`" in hovered(client, cups, text)
    assert hovered(client, cups, f"§\n{FINE}") == ""


def test_definitions_are_found(client: LanguageClient, cups: Path) -> None:
    """From a step to its message, from a name to the step that makes it."""
    to_message = client.at(
        "definition", cups, *typed(client, cups, FINE.replace("send: hello", "send: he§llo"))
    )
    assert to_message["range"]["start"] == {"line": 9, "character": 2}
    text = f"{HEAD}{REWARD}  - if: not coupon.re§deemed\n    then: {{stop: x}}\n"
    assert client.at("definition", cups, *typed(client, cups, text))["range"]["start"] == {
        "line": 5,
        "character": 4,
    }


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("limt§: 1 per year", "limit: 1 per year"),
        ("limit: §1 every year", "limit: 1 per year"),
        ("limit: 1 per year\nholdout: §10", "limit: 1 per year\nholdout: 10%"),
        ("§limit:1 per year", "limit: 1 per year"),
    ],
)
def test_a_suggestion_can_be_put_in_place(client: LanguageClient, cups: Path, wrong: str, right: str) -> None:
    """One click, and the check agrees."""
    found = fixed(client, cups, FINE.replace("limit: 1 per year", wrong))
    assert FINE.replace("limit: 1 per year", right) in found.values()


def test_a_suggestion_of_a_key_takes_the_keys_place(client: LanguageClient, cups: Path) -> None:
    """`until: 7 days` becomes `up_to: 7 days`."""
    found = fixed(client, cups, FINE.replace("  - send", "  - wait: {until: §7 days}\n  - send"))
    assert FINE.replace("  - send", "  - wait: {up_to: 7 days}\n  - send") in found.values()


def test_a_warning_can_be_allowed(client: LanguageClient, cups: Path) -> None:
    """The comment is put above its line; its reason is the author's."""
    text = FINE.replace("limit: 1 per year\n", "").replace("{first: yes}", "{every: 2}")
    found = fixed(client, cups, text.replace("steps:", "§steps:"))
    allowed = text.replace("steps:", "# allow PC1703: \nsteps:")
    assert found["Allow PC1703 here, with a reason"] == allowed


def test_the_outline_has_steps_within_steps(client: LanguageClient, cups: Path) -> None:
    """Keys, verbs with their values, blocks, messages."""
    client.change(cups, f"{HEAD}{REWARD}  - if: coupon.redeemed\n    then:\n      - stop: x\n{MESSAGES}")
    found = client.request("textDocument/documentSymbol", {"textDocument": {"uri": cups.as_uri()}})
    assert [each["name"] for each in found] == ["campaign", "limit", "when", "steps", "messages"]
    reward, condition = found[3]["children"]
    assert (reward["name"], reward["detail"]) == ("reward", "discount: 10%, expires: 5 days as coupon")
    assert [each["name"] for each in condition["children"]] == ["then"]
    assert [each["name"] for each in condition["children"][0]["children"]] == ["stop"]
    assert [each["name"] for each in found[4]["children"]] == ["hello"]


def test_a_document_is_laid_out(client: LanguageClient, cups: Path) -> None:
    """The same as `punchcard format`."""
    untidy = FINE.replace("limit:", "limit:   ").replace("{first: yes}", "{  first: yes}")
    client.change(cups, untidy)
    asked = {"textDocument": {"uri": cups.as_uri()}, "options": {"tabSize": 4, "insertSpaces": True}}
    assert (
        applied(untidy, client.request("textDocument/formatting", asked))
        == formatted(untidy, name="cups.yaml").text
    )
    client.change(cups, formatted(untidy, name="cups.yaml").text)
    assert client.request("textDocument/formatting", asked) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "§",
        "a: [",
        "\t\t",
        "when:\n  - \n",
        "{{",
        "- - -",
        "steps:\n  - {",
        ": :",
        "messages:\n  x:\n    body: {{ ",
    ],
)
def test_any_text_is_answered(client: LanguageClient, cups: Path, text: str) -> None:
    """Whatever stands there while one types, at every place of it."""
    client.change(cups, text)
    for line, written in enumerate(text.split("\n")):
        for character in (0, len(written)):
            for method in ("completion", "hover", "definition"):
                client.at(method, cups, line, character)
    client.request("textDocument/documentSymbol", {"textDocument": {"uri": cups.as_uri()}})


def test_segments_of_the_programme_are_offered_and_explained(client: LanguageClient, cups: Path) -> None:
    """By their names in an audience, as questions in a condition."""
    audience = FINE.replace("limit: 1 per year\n", "limit: 1 per year\naudience: {none_of: [lo§]}\n")
    assert set(offered(client, cups, audience)) == {"loyal", "lost"}
    assert "customer.orders > 5" in hovered(client, cups, audience.replace("lo§", "loy§al"))
    condition = FINE.replace("  - send", "  - if: customer.§\n    then: {stop: x}\n  - send")
    assert 'customer.in_segment("lost")' in offered(client, cups, condition)
    asked = condition.replace("customer.§", 'customer.in_segment("loy§al")')
    assert "customer.orders > 5" in hovered(client, cups, asked)
    meant = fixed(client, cups, condition.replace("customer.§", "customer.loyal§"))
    assert any('- if: customer.in_segment("loyal")' in text for text in meant.values())


def test_what_shows_beside_other_campaigns_is_underlined_too(client: LanguageClient, cups: Path) -> None:
    """The others as they are on disk, or open; what is wrong with themselves is not said here."""
    mugs = client.root / "mugs.yaml"
    mugs.write_text(FINE.replace("campaign: cups", "campaign: mugs"))
    messages = (
        "messages:\n  hello:\n    purpose: marketing\n    subject: Hello\n    body: |\n      Hi there\n"
    )
    try:
        assert [each["code"] for each in client.change(cups, FINE.replace(MESSAGES, messages))] == ["PC1707"]
        mugs.write_text("campaign: mugs\n")
        assert client.change(cups, FINE) == []
    finally:
        mugs.unlink()
