"""Warnings that are silenced at their line, with a reason."""

import pytest

from punchcard.language import Checked, check

CUPS = "campaign: cups\nwhen: order\nsteps:\n  - reward: 10%\n"
REASON = "allow PC1703: the shop sets the bound"
TWO = CUPS + "messages:\n  hello: {purpose: marketing, subject: Hello, body: Hello}\n"


def answered(text: str, files: dict[str, str] | None = None) -> Checked:
    """Check it as `cups.yaml`."""
    return check(text, name="cups.yaml", files=files or {})


@pytest.mark.parametrize(
    "text",
    [
        CUPS.replace("steps:", f"steps: # {REASON}"),
        CUPS.replace("steps:", f"# {REASON}\nsteps:"),
        CUPS.replace("steps:", f"# {REASON}\n\n# what happens then\nsteps:"),
        CUPS.replace("steps:", f"#{REASON.replace('allow', 'allow:')}\nsteps:"),
        CUPS.replace("steps:", f"note: |\n  # {REASON}\n# {REASON}\nsteps:").replace("note: |", "title: |"),
    ],
    ids=["at its line", "above it", "above another comment", "with a colon", "below a block of text"],
)
def test_a_warning_is_silenced(text: str) -> None:
    """It does not count, and stays known with its reason."""
    found = answered(text)
    assert found.diagnostics == ()
    assert found.plan is not None
    (silenced,) = found.silenced
    assert (silenced.diagnostic.code, silenced.reason) == ("PC1703", "the shop sets the bound")


def test_a_comment_elsewhere_silences_nothing_and_says_so() -> None:
    """The warning stays."""
    found = answered(f"# {REASON}\n{CUPS}")
    assert [each.code for each in found.diagnostics] == ["PC1953", "PC1703"]
    assert found.silenced == ()


def test_text_that_looks_like_a_comment_is_text() -> None:
    """What stands in a value is no comment, so it silences nothing."""
    for text in (
        CUPS.replace("steps:", f"title: 'x # {REASON}'\nsteps:"),
        CUPS.replace("steps:", f"title: |\n  # {REASON}\nsteps:"),
    ):
        assert [each.code for each in answered(text).diagnostics] == ["PC1703"]


def test_one_comment_can_silence_two_warnings() -> None:
    """Codes are divided by commas; each needs something to silence."""
    text = TWO.replace("  hello:", "  # allow PC1502, PC1505: not sent yet\n  hello:").replace(
        "steps:", f"# {REASON}\nsteps:"
    )
    found = answered(text)
    assert [(each.code, each.line, each.column) for each in found.diagnostics] == [("PC1953", 7, 19)]
    assert [each.diagnostic.code for each in found.silenced] == ["PC1703", "PC1502"]


def test_whether_a_comment_is_superfluous_is_judged_last() -> None:
    """As long as there are errors, the warnings that may follow from them are not known."""
    text = CUPS.replace("10%", "10").replace("steps:", f"# {REASON}\nsteps:")
    assert [each.code for each in answered(text).diagnostics] == ["PC1219"]


UNDECLARED = """\
campaign: cups
limit: 1 per year
when: {event: made_up}
steps:
  - send: hello
messages:
  hello:
    purpose: transactional
    subject: Hello
    body: |
      Hello
      {{ event.name }}
"""


def test_a_warning_within_a_text_is_silenced_at_its_key() -> None:
    """Where the text is, no comment can stand."""
    assert [each.code for each in answered(UNDECLARED).diagnostics] == ["PC1513"]
    text = UNDECLARED.replace("body: |", "body: |  # allow PC1513: the shop's own event")
    assert answered(text).diagnostics == ()
    text = UNDECLARED.replace("    body: |", "    # allow PC1513: the shop's own event\n    body: |")
    assert answered(text).diagnostics == ()


def test_a_message_file_is_silenced_in_its_head() -> None:
    """Its text has no comments, so its head speaks for the whole file."""
    head, _, _ = UNDECLARED.partition("messages:")
    path = "messages/cups/hello.en.md"
    file = "---\npurpose: transactional\nsubject: Hello\n---\n{{ event.name }}\n"
    assert [each.code for each in answered(head, {path: file}).diagnostics] == ["PC1513"]
    silent = file.replace("subject", "# allow PC1513: the shop's own event\nsubject")
    found = answered(head, {path: silent})
    assert found.diagnostics == ()
    assert [each.diagnostic.file for each in found.silenced] == [path]
    misplaced = file + "\n# allow PC1513: a heading\n"
    assert [each.code for each in answered(head, {path: misplaced}).diagnostics] == ["PC1513"]


def test_no_comment_silences_what_is_said_of_comments() -> None:
    """Else nobody would mend them."""
    text = CUPS.replace("steps:", f"# allow PC1953: it may be useful later\n# {REASON}\nsteps:")
    assert [each.code for each in answered(text).diagnostics] == ["PC1952"]
