"""Names across files: references, highlights and other names, asked by a real client about real definitions."""

from pathlib import Path

import pytest

from tests.support.author import Author

NEW = {"newName": "autumn_gift"}


def marked(author: Author, name: str, word: str, within: str = "") -> tuple[Author, str]:
    """A file with the cursor in the first of these words, behind the text `within`."""
    other = author.open(name)
    text = other.path.read_text(encoding="utf-8")
    at = text.index(word, text.index(within)) + 1
    return other, f"{text[:at]}§{text[at:]}"


def test_a_reward_is_called_otherwise_everywhere(author: Author) -> None:
    """In conditions, waits and moments, in messages of every language, and in the tests; nothing else changes."""
    win_back, text = marked(author, "win-back.yaml", "voucher", "as: ")
    found = win_back.after(win_back.at("rename", text, **NEW))
    assert set(found) == {
        "win-back.yaml",
        "win-back.test.yaml",
        "messages/win-back/one-week-left.de.md",
        "messages/win-back/ten-dollars.de.md",
    }
    for name, changed in found.items():
        before = (author.folder / name).read_text(encoding="utf-8")
        assert changed.replace("autumn_gift", "voucher") == before
    assert "until: 7 days before autumn_gift.expires" in found["win-back.yaml"]
    assert "stop: they came back with the voucher in hand" in found["win-back.yaml"]


def test_a_message_is_called_otherwise_with_its_files(author: Author) -> None:
    """In the campaign, in its tests, and the file of each language."""
    win_back, text = marked(author, "win-back.yaml", "ten-dollars", "send: ten")
    found = win_back.after(win_back.at("rename", text, newName="ten-for-you"))
    assert set(found) == {"win-back.yaml", "win-back.test.yaml", "messages/win-back/ten-for-you.de.md"}
    assert "  - send: ten-for-you\n" in found["win-back.yaml"]
    assert "\n  ten-for-you:\n" in found["win-back.yaml"]


def test_a_segment_is_called_otherwise_in_every_campaign(author: Author) -> None:
    """From a campaign that names it: in the programme, and in all campaigns."""
    programme, text = marked(author, "programme.yaml", "loyal", "segments:")
    found = programme.after(programme.at("rename", text, newName="best"))
    assert {"programme.yaml", "welcome-to-the-loyal.yaml"} <= set(found)
    for name, changed in found.items():
        assert "best" in changed, name
    assert "  best:\n    title: Loyal and of high value" in found["programme.yaml"]


def test_a_field_is_called_otherwise(author: Author) -> None:
    """Where it is declared, where it is set, and where it is named."""
    programme, text = marked(author, "programme.yaml", "last_compensation")
    found = programme.after(programme.at("rename", text, newName="compensated_for"))
    assert "compensation.yaml" in found
    assert all("last_compensation" not in changed for changed in found.values())


def test_an_event_is_called_otherwise_with_its_type(author: Author) -> None:
    """In campaigns, in tests, and the file that declares it."""
    campaign, text = marked(author, "review-thanks.yaml", "review_written", "when:")
    found = campaign.after(campaign.at("rename", text, newName="opinion_given"))
    assert {"review-thanks.yaml", "review-thanks.test.yaml", "events/opinion_given.json"} <= set(found)


def test_shared_steps_are_called_otherwise(author: Author) -> None:
    """Where they stand, and where they are used; so are their inputs."""
    campaign, text = marked(author, "two-gifts.yaml", "remind-once", "use:")
    found = campaign.after(campaign.at("rename", text, newName="nudge"))
    assert found["two-gifts.yaml"].count("nudge") == 3
    campaign, text = marked(author, "two-gifts.yaml", "letter", "inputs:")
    found = campaign.after(campaign.at("rename", text, newName="words"))
    assert "inputs: {gift: name, words: message}" in found["two-gifts.yaml"]
    assert "- send: inputs.words" in found["two-gifts.yaml"]
    assert "words: the-first-waits" in found["two-gifts.yaml"]


@pytest.mark.parametrize(
    ("name", "word", "within", "called", "reason"),
    [
        ("win-back.yaml", "voucher", "as: ", "Voucher 2", "not"),
        ("win-back.yaml", "voucher", "as: ", "customer", "meaning of its own"),
        ("two-gifts.yaml", "first_gift", "as: ", "second_gift", "already, in two-gifts.yaml:21"),
        ("win-back.yaml", "ten-dollars", "send: ten", "we-miss-you", "already, in win-back.yaml"),
        ("programme.yaml", "loyal", "segments:", "at_risk", "already, in programme.yaml"),
        ("programme.yaml", "favourite_store", "", "email", "meaning of its own"),
        ("win-back.yaml", "win-back", "campaign:", "back-again", "another name is another campaign"),
        ("programme.yaml", "warehouse_key", "", "other_key", "workers' environment"),
        ("compensation.test.yaml", "approval", "name:", "decision", "goes without saying"),
    ],
)
def test_what_would_break_or_collide_is_refused(
    author: Author, name: str, word: str, within: str, called: str, reason: str
) -> None:
    """With the reason in plain words."""
    other, text = marked(author, name, word, within)
    assert reason in other.refused("rename", text, newName=called)


def test_what_can_be_renamed_is_said_before(author: Author) -> None:
    """The name alone is marked; elsewhere there is nothing to be renamed."""
    win_back, text = marked(author, "win-back.yaml", "voucher.redeemed")
    found = win_back.at("prepareRename", text)
    assert found["placeholder"] == "voucher"
    assert found["range"]["end"]["character"] - found["range"]["start"]["character"] == len("voucher")
    _, text = marked(author, "win-back.yaml", "holdout")
    assert win_back.at("prepareRename", text) is None


def test_every_place_is_found(author: Author) -> None:
    """From any of them, in every file, what makes it first or left out; those of the same file are marked."""
    win_back, text = marked(author, "win-back.yaml", "voucher.redeemed")
    found = win_back.at("references", text, context={"includeDeclaration": True})
    names = [Path(each["uri"]).name for each in found]
    assert names[0] == "win-back.yaml"
    assert {"win-back.test.yaml", "ten-dollars.de.md", "one-week-left.de.md"} <= set(names)
    less = win_back.at("references", text, context={"includeDeclaration": False})
    assert len(less) == len(found) - 1
    kinds = [each["kind"] for each in win_back.at("documentHighlight", text)]
    assert kinds.count(3) == 1
    assert len(kinds) == names.count("win-back.yaml")


def test_a_definition_may_lie_in_another_file(author: Author) -> None:
    """A segment in the programme, a campaign in its file, an event in its type."""
    for name, word, within, target in (
        ("at-risk.yaml", "at_risk", "when:", "programme.yaml"),
        ("review-thanks.yaml", "review_written", "when:", "review_written.json"),
        ("win-back.test.yaml", "voucher", "reward:", "win-back.yaml"),
    ):
        other, text = marked(author, name, word, within)
        assert Path(other.at("definition", text)["uri"]).name == target
