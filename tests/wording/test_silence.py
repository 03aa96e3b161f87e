"""What a campaign does where nobody does anything, and at hours at which nobody is written to, is told."""

import pytest
from babel import Locale

from punchcard.language import check, check_programme
from punchcard.wording.explanation import explain
from punchcard.wording.prose import prose
from punchcard.wording.reader import reader

PROGRAMME = """\
quiet_hours: 17:00..08:00
roles: {manager: nina}
"""
CAMPAIGN = """\
campaign: cups
limit: 1 per year
when: order
steps:
  - task: {do: Ring, by: manager, up_to: 4 hours}
  - ask: {message: hello, answer: 1..5, up_to: 7 days}
  - send: bye
messages:
  hello: {purpose: transactional, subject: Hello, body: Hello.}
  bye: {purpose: %s, subject: Bye, body: Bye.}
"""


def told(language: str, purpose: str) -> str:
    """Return the explanation on one line."""
    programme = check_programme(PROGRAMME).programme
    plan = check(CAMPAIGN % purpose, name="cups.yaml", programme=programme).plan
    assert plan is not None
    return " ".join(prose(explain(reader(Locale(language), plan.timezone), plan)).split())


@pytest.mark.parametrize(
    ("language", "purpose", "words"),
    [
        ("en", "marketing", "If nobody has done it by then, it goes on all the same"),
        ("de", "marketing", "Hat es bis dahin niemand getan, geht es trotzdem weiter"),
        ("en", "marketing", "1 to 5; without one it goes on all the same (transactional"),
        ("de", "marketing", "; ohne Antwort geht es trotzdem weiter"),
        ("en", "marketing", "one message waits: “Bye”"),
        (
            "en",
            "marketing",
            "“Hello” goes out at any hour, also between 5:00 PM and 8:00 AM, since it is transactional",
        ),
        ("de", "marketing", "wartet eine Nachricht: „Bye“"),
        ("en", "transactional", "“Hello” and “Bye” go out at any hour"),
        ("de", "transactional", "„Hello“ und „Bye“ gehen zu jeder Stunde hinaus"),
    ],
)
def test_what_happens_without_anybody_is_said(language: str, purpose: str, words: str) -> None:
    """In both languages."""
    assert words in told(language, purpose).replace("\u202f", " ").replace("\u00a0", " ")


def test_nothing_is_said_to_wait_that_does_not() -> None:
    """Where every message is transactional, none is."""
    assert "waits" not in told("en", "transactional")
