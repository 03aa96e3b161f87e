"""The tables against the plan and against each other: no kind is missed, no word means two things."""

from typing import get_args

from punchcard.language import Programme, beside, keys, programme_keys
from punchcard.language.arrangement import EVERYWHERE
from punchcard.language.grammar import TriggerRow, Verb
from punchcard.language.later import (
    LATER,
    LATER_CHANNELS,
    LATER_NAMES,
    LATER_RECIPIENTS,
    LATER_REWARDS,
    LATER_TRIGGERS,
    LATER_VERBS,
)
from punchcard.language.steps import VERBS
from punchcard.language.texts import IN_FILE
from punchcard.language.triggers import TRIGGERS
from punchcard.language.triggers.awaited import AWAITED
from punchcard.plan.conditions import Apply, Const, Field, Segment
from punchcard.plan.model import Plan, Step
from punchcard.plan.triggers import Trigger
from tests.language.reading import HEAD, checked, codes, plan

AT_RISK = Segment("at_risk", Apply("<", (Field(("customer", "orders")), Const(1))), "customer.orders < 1")
PROGRAMME = Programme(
    roles={"service": ("sam",), "manager": ("nina",)},
    hosts=("erp.shop.example",),
    secrets=("erp_key",),
    segments={"at_risk": AT_RISK},
)


SHARED = """\
shared:
  remind-twice:
    inputs: {reminder: message}
    steps: [send: inputs.reminder]
"""


def test_every_kind_of_step_has_a_verb() -> None:
    """The plan's steps and the language's verbs are the same."""
    assert {verb.name for verb in VERBS} == {kind.__name__.lower() for kind in get_args(Step)}


def test_every_kind_of_trigger_has_a_row() -> None:
    """The plan's triggers and the language's are the same."""
    assert {f"{row.name.capitalize()}Trigger" for row in TRIGGERS} == {
        kind.__name__ for kind in get_args(Trigger)
    }


def test_every_field_of_a_plan_has_a_key() -> None:
    """Whatever a plan holds, a campaign can say."""
    fields = set(Plan.__dataclass_fields__) - {"schema", "trigger", "contact", "calendar", "order_fields"} | {
        "when",
        "defaults",
        "shared",
    }
    assert {key.name for key in keys.KEYS} == fields


def test_what_stands_beside_verbs_has_a_row() -> None:
    """One table says what each of them is, for every verb that takes it."""
    named = {name for verb in VERBS for name in (*verb.beside, *EVERYWHERE)}
    assert named <= set(beside.ROWS)


def test_every_kind_of_value_tells_what_it_is_made_of() -> None:
    """Schema, layout and completion go by it."""
    rows: tuple[TriggerRow | Verb, ...] = (*TRIGGERS, *VERBS)
    arguments = [*keys.KEYS, *programme_keys.PROGRAMME_KEYS, *IN_FILE, *beside.BESIDE]
    arguments += [argument for row in rows for argument in row.arguments]
    without = [each.name for each in arguments if each.kind.shape is None and not each.kind.closed]
    assert without == []


def test_what_comes_later_is_not_there_yet() -> None:
    """A word is either in this version or in a later one."""
    assert not {verb.name for verb in VERBS} & set(LATER_VERBS)
    assert not {row.name for row in TRIGGERS} & set(LATER_TRIGGERS)
    for verb in VERBS:
        assert not {argument.name for argument in verb.arguments} & set(verb.later)


def test_everything_that_comes_later_says_so() -> None:
    """Each known word of a later version has its own answer."""
    for name in LATER_TRIGGERS:
        assert "PC1901" in codes("- stop: x", when=f"{{{name}: x}}")
    for row in AWAITED:
        when = row.example.removeprefix("when:").replace("\n", "\n  ")
        assert codes("- stop: x", when=when) == ["PC1901"], "its grammar is checked already"
    for name in LATER_VERBS:
        assert codes(f"- {name}: x") == ["PC1901"]
    for verb in VERBS:
        for name in verb.later:
            assert "PC1901" in codes(f"- {verb.name}: {{{name}: x}}")
    for name in LATER_CHANNELS:
        assert codes(f"- send: {{message: hello, by: {name}}}") == ["PC1901"]
    for name in LATER_RECIPIENTS:
        assert codes(f"- send: {{message: hello, to: {name}}}") == ["PC1901"]
        assert codes(f"- reward: {{discount: 5%, to: {name}}}") == ["PC1901"]
    for name in LATER_NAMES:
        asked = name if "." in name else f"{name}.x"
        assert "PC1901" in codes(f"- if: {asked}\n  then:\n    - stop: x")


def test_whatever_comes_later_has_its_reason_and_what_to_write() -> None:
    """Both stand in the answer, and the reason in the reference."""
    for words in LATER.values():
        assert all(each.because and each.instead for each in words.values())
    found = checked("- reward: {credit: 5}").diagnostics
    (answer,) = (each for each in found if each.code == "PC1901")
    assert LATER_REWARDS["credit"].because in answer.message
    assert answer.expected == LATER_REWARDS["credit"].instead


def test_every_example_of_the_tables_is_right() -> None:
    """What the reference shows is checked."""
    for row in TRIGGERS:
        when = row.example.removeprefix("when:").replace("\n", "\n  ")
        found = plan("- stop: x", when=when, programme=PROGRAMME).trigger
        assert type(found).__name__ == f"{row.name.capitalize()}Trigger"
    before = "- reward: {discount: 5%, expires: 9 days}\n  as: coupon\n"
    for verb in VERBS:
        example = verb.example
        for message in ("you-earned-it", "how-was-it", "redeem-reminder", "thank-you", "last-reminder"):
            example = example.replace(message, "hello")
        steps = example if verb.name == "reward" else before + example
        head = HEAD + SHARED if verb.name == "use" else HEAD
        assert type(plan(steps, head=head, programme=PROGRAMME).steps[-1]).__name__.lower() == verb.name
