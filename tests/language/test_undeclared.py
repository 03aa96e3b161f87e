"""Fields of events that may be absent: a message that shows one as it is has a hole, which is said."""

from pathlib import Path

import pytest

from punchcard.event_files import event_file, with_events
from punchcard.language import Programme, check
from tests.language.reading import HEAD

SCHEMA = """{
  "type": "object",
  "properties": {
    "plan": {"type": "string"}, "stars": {"type": "integer"}, "reason": {"type": "string"},
    "said": {"type": ["string", "null"]}
  },
  "required": ["plan", "said"]
}"""
ENDED = with_events(Programme(), [event_file(Path("ended.json"), SCHEMA)])


def codes(
    body: str, *, steps: str = "- send: bye", where: str = "", programme: Programme = ENDED
) -> list[str]:
    """Return what is said of a campaign with one message."""
    indented = steps.replace("\n", "\n  ")
    when = f"when:\n  event: {{name: ended{where}}}\n"
    message = f"messages:\n  bye:\n    purpose: transactional\n    subject: Bye\n    body: |\n      {body}\n"
    found = check(f"{HEAD}{when}steps:\n  {indented}\n{message}", name="cups.yaml", programme=programme)
    return [each.code for each in found.diagnostics]


@pytest.mark.parametrize(
    "body", ["Why: {{ event.reason }}.", "{{ event.stars | number }}", "{{ event.said }}"]
)
def test_what_an_event_need_not_have_leaves_a_hole(body: str) -> None:
    """Whatever stands around it; null is nothing, too."""
    assert codes(body) == ["PC1517"]


MONEY = """{
  "type": "object",
  "properties": {"value": {"$ref": "urn:punchcard:money"}},
  "required": ["value"]
}"""
PAID = with_events(Programme(), [event_file(Path("ended.json"), MONEY)])


def test_money_may_be_in_another_currency() -> None:
    """Then it is absent, though every event has it."""
    assert codes("For {{ event.value | money }}.", programme=PAID) == ["PC1517"]
    assert codes('For {{ event.value | money | default("it all") }}.', programme=PAID) == []
    assert codes("{% if event.value %}For {{ event.value | money }}.{% endif %}", programme=PAID) == []
    assert codes("For {{ event.value | money }}.", where=", where: event.value >= 0", programme=PAID) == []


@pytest.mark.parametrize(
    "body",
    [
        "{{ event.plan }}",
        '{{ event.reason | default("nothing") }}',
        '{{ event.stars | number | default("no") }}',
        "{% if event.reason %}Why: {{ event.reason }}.{% endif %}",
        "{% if event.plan == 'x' and event.reason %}Why: {{ event.reason }}.{% endif %}",
        "{{ customer.first_name }}",
    ],
)
def test_what_is_there_or_was_asked_for_leaves_none(body: str) -> None:
    """The schema requires it, or the message says what stands instead."""
    assert codes(body) == []


def test_what_the_trigger_or_a_step_has_asked_for_is_there() -> None:
    """A comparison with something absent is not met; of several, `or` may do without it."""
    why = "Why: {{ event.reason }}."
    assert codes(why, where=", where: event.reason != 'price'") == []
    assert codes(why, where=", where: event.reason == 'price' and event.stars > 2") == []
    assert codes(why, where=", where: event.reason == 'price' or event.stars > 2") == ["PC1517"]
    asked = "- if: event.reason != 'x'\n  then:\n    - send: bye"
    assert codes(why, steps=asked) == []
    assert codes(why, steps=f"{asked}\n  otherwise:\n    - send: bye") == ["PC1517"]
    assert codes(why, steps=f"{asked}\n- wait: 1 day\n- send: bye") == ["PC1517"]


def test_of_an_event_that_nobody_has_declared_nothing_is_known() -> None:
    """That is said already."""
    assert codes("{{ event.reason }}", programme=Programme()) == ["PC1513"]


def test_it_can_be_silenced_where_it_stands() -> None:
    """With the reason, as every warning."""
    silenced = check(
        f"{HEAD}when:\n  event: ended\nsteps:\n  - send: bye\nmessages:\n  bye:\n    purpose: transactional\n"
        "    subject: Bye\n    # allow PC1517: our form asks for it\n    body: |\n      {{ event.reason }}\n",
        name="cups.yaml",
        programme=ENDED,
    )
    assert [each.code for each in silenced.diagnostics] == []
