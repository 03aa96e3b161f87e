"""How files are put together, as editors ask for it: folds, selections, links, everything by its name."""

from pathlib import Path

from tests.support.author import COMMAND, Author
from tests.support.lsp import LanguageClient

TEXT = """\
# A campaign
# of two lines.
campaign: mine
when:
  order: {first: yes}

steps:
  - wait: {for: customer.ordered, up_to: 2 days}
    then:
      - stop: x
  - send: hello

messages:
  hello:
    purpose: marketing
    subject: Hello
    body: |
      Hi

      you
"""


def test_lines_are_folded(author: Author) -> None:
    """Keys with what is below them, steps, texts of several lines, comments; no blank line behind them."""
    author.type(TEXT)
    found = {(each["startLine"], each["endLine"]): each["kind"] for each in author.ask("foldingRange")}
    assert found[0, 1] == "comment"
    assert found[3, 4] == "region"
    assert found[6, 10] == "region"
    assert found[7, 9] == "region"
    assert found[12, 19] == "region"
    assert found[16, 19] == "region"


def test_a_selection_grows(author: Author) -> None:
    """From a word over its value, key, braces, step and block to the whole file."""
    author.type(TEXT)
    place = {"line": 7, "character": TEXT.split("\n")[7].index("2 days") + 3}
    (found,) = author.ask("selectionRange", positions=[place])
    grown = []
    while found:
        start, end = found["range"]["start"], found["range"]["end"]
        lines = TEXT.split("\n")
        grown.append(
            lines[start["line"]][start["character"] : end["character"]]
            if start["line"] == end["line"]
            else "…"
        )
        found = found.get("parent")
    assert grown[:4] == ["days", "2 days", "up_to: 2 days", "{for: customer.ordered, up_to: 2 days}"]
    assert grown[-1] == "…"


def test_names_lead_to_files(author: Author) -> None:
    """A message to its words, a campaign to another, its own name to its tests, an event to its type."""

    def led(name: str) -> set[tuple[str, str]]:
        campaign = author.open(name)
        lines = campaign.path.read_text(encoding="utf-8").split("\n")
        return {
            (
                lines[each["range"]["start"]["line"]][
                    each["range"]["start"]["character"] : each["range"]["end"]["character"]
                ],
                Path(each["target"]).name,
            )
            for each in campaign.ask("documentLink")
        }

    assert {("win-back", "win-back.test.yaml"), ("ten-dollars", "ten-dollars.de.md")} <= led("win-back.yaml")
    assert ("review_written", "review_written.json") in led("review-thanks.yaml")
    assert ("win-back", "win-back.yaml") in led("win-back.test.yaml")
    assert ("review-thanks", "review-thanks.yaml") in led("last-days.yaml")


def test_everything_is_found_by_some_letters(author: Author) -> None:
    """Campaigns by their titles too, messages, segments, events; each where it comes from."""
    author.open("win-back.yaml")

    def found(letters: str) -> dict[str, str]:
        symbols = author.client.request("workspace/symbol", {"query": letters})
        return {
            each["name"]: f"{each['containerName']} {Path(each['location']['uri']).name}" for each in symbols
        }

    assert found("We miss you")["win-back"] == "campaign win-back.yaml"
    assert found("tendol")["ten-dollars"] == "message win-back win-back.yaml"
    assert found("at_risk")["at_risk"] == "segment programme.yaml"
    assert len(found("")) > 50


def test_a_client_may_ask_for_diagnostics(tmp_path: Path) -> None:
    """Then it is told nothing on its own, and gets the same as it would be told."""
    path = tmp_path / "mine.yaml"
    with LanguageClient(COMMAND, tmp_path, pulls=True) as client:
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": "campaign: mine\n"}
        client.notify("textDocument/didOpen", {"textDocument": document})
        told = client.request("textDocument/diagnostic", {"textDocument": {"uri": path.as_uri()}})
        assert told["kind"] == "full"
        assert {each["code"] for each in told["items"]} == {"PC1102"}
        assert client.told == []
