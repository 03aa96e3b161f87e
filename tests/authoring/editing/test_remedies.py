"""Quick fixes beyond suggestions, as a real client gets them: each leaves less to be mended."""

from tests.support.author import Author

HEAD = "campaign: mine\nlimit: 1 per year\nwhen:\n  order: {every: 10}\nsteps:\n"
REWARD = "  - reward: {discount: 10%, expires: 5 days}\n    as: coupon\n"
HELLO = "  hello:\n    purpose: marketing\n    subject: Hello\n    body: |\n      Hi\n"
FINE = f"{HEAD}{REWARD}  - send: hello\nmessages:\n{HELLO}"


def mended(author: Author, text: str, title: str) -> str:
    """The campaign after a fix, of which nothing is wrong any more."""
    found = author.fixes(text)[title]["mine.yaml"]
    assert [each for each in author.type(found) if each["severity"] == 1] == []
    return found


def test_what_is_missing_is_added(author: Author) -> None:
    """An argument, a key of a message, a bound of what it may cost, a key at the top."""
    wait = FINE.replace("  - send", "  - wait: {for: coupon.redeemed§}\n  - send")
    assert "{for: coupon.redeemed, up_to: 7 days}" in mended(author, wait, "Write `up_to: 7 days`")
    purpose = FINE.replace("  hello:\n    purpose: marketing\n", "  §hello:\n")
    assert mended(author, purpose, "Write `purpose: marketing`") == FINE
    bare = FINE.replace("limit: 1 per year\n", "").replace("steps:", "§steps:")
    assert mended(author, bare, "Write `limit: 1 per year`") == FINE
    assert "Allow PC1703 here, with a reason" in author.fixes(bare)
    assert mended(author, f"§{FINE.removeprefix('campaign: mine')}".replace("§\n", "§"), "Add `campaign`")
    assert "expires: 30 days" not in FINE


def test_a_character_that_cannot_be_read_hides_the_rest(author: Author) -> None:
    """Of a file that is not read at all there is nothing to add to; the character is removed first."""
    found = author.fixes(FINE.replace("1 per year", "1§\x00 per year"))
    assert found["Remove the character"]["mine.yaml"] == FINE


def test_what_does_not_belong_is_removed(author: Author) -> None:
    """A key that means nothing there, one of two limits."""
    assert mended(author, FINE.replace("send: hello", "send: hello\n    §as: x"), "Remove `as`") == FINE
    two = FINE.replace(
        "  - send", "  - wait: {for: coupon.redeemed, §up_to: 2 days, until: coupon.expires}\n  - send"
    )
    assert "{for: coupon.redeemed, up_to: 2 days}" in mended(author, two, "Remove `until`")


def test_a_value_is_put_into_quotes(author: Author) -> None:
    """Where YAML would read something else."""
    text = FINE.replace("subject: Hello", "subject: §Hello: you")
    assert 'subject: "Hello: you"' in mended(author, text, "Put the value into quotes")


def test_what_may_be_meant_is_offered_both_ways(author: Author) -> None:
    """A number that could be a share or an amount."""
    found = author.fixes(FINE.replace("discount: 10%", "discount: §10"))
    assert {"Write `10%`", "Write `10 USD`"} <= set(found)


def test_a_second_thing_gets_a_name_of_its_own(author: Author) -> None:
    """Of two rewards with the same name."""
    text = FINE.replace("  - send", f"{REWARD.replace('as: coupon', 'as: §coupon')}  - send")
    assert "as: second_coupon" in mended(author, text, "Write `as: second_coupon`")


def test_a_message_is_created(author: Author) -> None:
    """In the file, whether others stand there or not; and in a file for each other language of the campaign."""
    text = FINE.replace("  - send: hello", "  - send: hello\n  - send: §good-bye")
    found = mended(author, text, "Create the message `good-bye`")
    assert found.endswith(
        "  good-bye:\n    purpose: marketing\n    subject: Good bye\n    body: |\n"
        "      Hello {{ customer.first_name }},\n"
    )
    alone = f"{HEAD}{REWARD}  - send: §hello\n"
    assert "\n\nmessages:\n  hello:\n    purpose: marketing" in mended(
        author, alone, "Create the message `hello`"
    )
    win_back = author.open("win-back.yaml")
    text = win_back.path.read_text(encoding="utf-8")
    edited = win_back.fixes(text.replace("  - send: one-week-left", "  - send: §last-words"))
    changed = edited["Create the message `last-words` in 2 languages"]
    assert set(changed) == {"win-back.yaml", "messages/win-back/last-words.de.md"}
    assert changed["messages/win-back/last-words.de.md"].startswith("---\nsubject: Last words\n---\nHello")
    win_back.type(text)


def test_a_message_gets_the_languages_that_it_lacks(author: Author) -> None:
    """Its own words are put there, to be translated."""
    win_back = author.open("win-back.yaml")
    text = win_back.path.read_text(encoding="utf-8")
    (author.folder / "messages" / "win-back" / "one-week-left.de.md").unlink()
    found = win_back.fixes(text.replace("\n  one-week-left:", "\n  §one-week-left:"))
    changed = found["Create `one-week-left` in de, to be translated"]
    words = changed["messages/win-back/one-week-left.de.md"]
    assert words.startswith("---\nsubject: Your $10 expire in a week\n---\nHello {{ customer.first_name }},")


def test_a_missing_way_is_offered(author: Author) -> None:
    """Though nothing is wrong without it; not where it stands, or cannot stand."""
    text = FINE.replace(
        "  - send", "  - §wait: {for: coupon.redeemed, up_to: 2 days}\n    then:\n      - stop: x\n  - send"
    )
    found = author.fixes(text)
    assert "    otherwise:\n      - wait: 1 day\n" in found["Add `otherwise`"]["mine.yaml"]
    alone = author.fixes(text.replace("stop: x", "wait: 2 days"))
    assert "    otherwise:\n      - stop: …\n" in alone["Add `otherwise`"]["mine.yaml"]
    assert "Add `then`" not in found
    assert "Add `otherwise`" not in author.fixes(FINE.replace("- send", "- §send"))


def test_a_remedy_is_no_best_guess(author: Author) -> None:
    """Only what was meant is applied without asking."""
    author.type(FINE.replace("limit:", "limt:"))
    place = {"line": 1, "character": 0}
    found = author.ask("codeAction", range={"start": place, "end": place}, context={"diagnostics": []})
    preferred = {each["title"]: each.get("isPreferred", False) for each in found}
    assert preferred["Write `limit`"] is True
    assert preferred["Remove `limt`"] is False
