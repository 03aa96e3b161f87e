"""Small campaigns for tests: a trigger, a few steps, and every message that they need."""

from punchcard.language import Checked, Programme, check
from punchcard.plan.model import Plan

HEAD = "campaign: cups\nlimit: 1 per year\n"
MESSAGES = """\
messages:
  hello: {purpose: marketing, subject: Hello, body: Hello}
  other: {purpose: marketing, subject: Other, body: Other}
"""


def checked(
    steps: str,
    *,
    when: str = "order",
    head: str = HEAD,
    messages: str = MESSAGES,
    programme: Programme | None = None,
) -> Checked:
    """Check a campaign made of these parts; unsent messages are no matter here."""
    indented = "\n".join(f"  {line}" for line in steps.strip("\n").split("\n"))
    return check(f"{head}when: {when}\nsteps:\n{indented}\n{messages}", name="cups.yaml", programme=programme)


def plan(steps: str, *, when: str = "order", head: str = HEAD, programme: Programme | None = None) -> Plan:
    """Return the plan of a campaign that must be fine."""
    found = checked(steps, when=when, head=head, programme=programme)
    assert found.plan is not None, found.diagnostics
    return found.plan


def codes(
    steps: str, *, when: str = "order", head: str = HEAD, programme: Programme | None = None
) -> list[str]:
    """Return the codes of all findings but those about unsent messages."""
    found = checked(steps, when=when, head=head, programme=programme)
    return [each.code for each in found.diagnostics if each.code != "PC1502"]
