"""What is shown beside and within the text: hints, lenses, colours, and the campaign in words."""

from typing import Any

from tests.support.author import Author

ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 10_000, "character": 0}}


def hints(author: Author) -> dict[str, str]:
    """The hints of a file, by the words of the line before each."""
    lines = author.client.texts[author.path].split("\n")
    return {
        lines[each["position"]["line"]].strip(): each["label"] for each in author.ask("inlayHint", range=ALL)
    }


def test_what_cannot_be_seen_is_hinted_at(author: Author) -> None:
    """The subject of a message, when `otherwise` runs, the class of the trigger, a default in force, a title."""
    found = hints(author.open("spend-and-save.yaml"))
    assert found["- send: redeem-reminder"] == "“Your 20% is still waiting”"
    assert found["otherwise:"] == "after 7 days without coupon.redeemed"
    assert found["when:"].startswith("S: exact by the set of events")
    two = hints(author.open("two-gifts.yaml"))
    assert two["- reward: 15%"] == "expires: 30 days"
    assert "- reward: {discount: 30 USD, expires: 60 days}" not in two
    assert hints(author.open("at-risk.yaml"))["segment: {enters: at_risk}"] == "Good customers who stay away"


def test_a_part_of_a_file_has_its_hints_alone(author: Author) -> None:
    """Editors ask for what can be seen."""
    campaign = author.open("spend-and-save.yaml")
    first = {"start": {"line": 0, "character": 0}, "end": {"line": 3, "character": 0}}
    assert campaign.ask("inlayHint", range=first) == []


def test_a_campaign_is_told_over_its_name(author: Author) -> None:
    """The same sentences as `punchcard explain`; nothing while there are mistakes."""
    campaign = author.open("win-back.yaml")
    text = campaign.path.read_text(encoding="utf-8").replace("campaign: win", "campaign: §win")
    told = campaign.hovered(text)
    assert "We wait until the customer orders again, at most 14 days." in told
    assert campaign.hovered(text.replace("holdout: 10%", "holdout: 10 times")) == ""


def lens(author: Author) -> dict[str, Any]:
    """The only lens of a file, as it is shown."""
    (found,) = author.ask("codeLens")
    return author.client.request("codeLens/resolve", found)  # type: ignore[no-any-return]


def test_tests_are_played_as_they_are_saved(author: Author) -> None:
    """Above the steps, and above the cases; what is typed meanwhile waits until it is saved."""
    campaign = author.open("welcome.yaml")
    text = campaign.path.read_text(encoding="utf-8")
    shown = lens(campaign)
    assert text.split("\n")[shown["range"]["start"]["line"]] == "steps:"
    played = shown["command"]["title"]
    assert " pass · " in played
    assert " steps and " in played
    assert lens(author.open("welcome.test.yaml"))["command"]["title"] == played
    campaign.type(text + "# more\n")
    assert lens(campaign)["command"]["title"] == f"{played} · before the last changes"


def test_a_case_that_fails_is_named(author: Author) -> None:
    """With how many of them there are."""
    tests = author.folder / "tenth-cd.test.yaml"
    (author.folder / "tenth-cd.test.yaml").write_text(
        "tests: tenth-cd\ncases:\n  - case: One is not enough\n    story:\n      - order: 10\n"
        "      - expect:\n          - end: completed\n",
        encoding="utf-8",
    )
    assert tests.is_file()
    title = lens(author.open("tenth-cd.yaml"))["command"]["title"]
    assert title.startswith("1 of 1 case fail: One is not enough · 0 of ")


def test_without_tests_there_is_no_lens(author: Author) -> None:
    """Nothing could be said."""
    author.type("campaign: mine\nwhen:\n  manual: {}\nsteps:\n  - stop: x\n")
    assert author.ask("codeLens") == []


def coloured(author: Author) -> list[tuple[str, str]]:
    """The words of a file that have colours of their own."""
    legend = author.client.capabilities["semanticTokensProvider"]["legend"]["tokenTypes"]
    data = author.ask("semanticTokens/full")["data"]
    lines = author.client.texts[author.path].split("\n")
    found, line, character = [], 0, 0
    for at in range(0, len(data), 5):
        down, right, length, sort, _ = data[at : at + 5]
        line, character = line + down, right if down else character + right
        units = lines[line].encode("utf-16-le")[2 * character : 2 * (character + length)]
        found.append((units.decode("utf-16-le"), legend[sort]))
    return found


def test_conditions_and_fields_have_colours(author: Author) -> None:
    """Names, words, values and filters, at their characters; other texts have none."""
    author.type(
        'campaign: mine\nwhen:\n  order: {every: 2, where: order.amount > 20 and order.status == "paid"}\n'
        "steps:\n  - send: hello\nmessages:\n  hello:\n    purpose: marketing\n    subject: and so on\n"
        "    body: |\n      Hi 😀 {{ customer.first_name }}, {{ order.amount | money }}\n"
    )
    found = coloured(author)
    assert ("order", "variable") in found
    assert ("amount", "property") in found
    assert found[:4] == [("order", "variable"), ("amount", "property"), (">", "operator"), ("20", "number")]
    assert ('"paid"', "string") in found
    assert ("money", "function") in found
    assert [word for word, sort in found if sort == "keyword"] == ["and"]
    message = author.open("messages/win-back/ten-dollars.de.md")
    assert ("voucher", "variable") in coloured(message)
