"""`shared` and `use`: steps written once, read in each place where they are used; and `defaults`."""

import pytest

from punchcard.plan.model import Reward, Use, Wait
from tests.language.reading import HEAD, checked, codes, plan

SHARED = """\
shared:
  remind:
    inputs: {gift: name, letter: message, patience: span}
    steps:
      - wait: {for: inputs.gift.redeemed, up_to: inputs.patience}
        otherwise:
          - send: inputs.letter
  give:
    steps:
      - reward: {discount: 5%, expires: 9 days}
        as: gift
      - if: gift.redeemed
        then:
          - send: hello
  round-about:
    steps: [use: and-back]
  and-back:
    steps: [use: round-about]
"""
GIVE = "- reward: {discount: 5%, expires: 9 days}\n  as: coupon\n"
WITH = "with: {gift: coupon, letter: hello, patience: 7 days}"


def found(steps: str) -> list[str]:
    """Return the codes of all findings but those about what is not used."""
    return [code for code in codes(steps, head=HEAD + SHARED) if code != "PC1342"]


def test_inputs_stand_in_their_places() -> None:
    """Paths lead through the use."""
    used = plan(f"{GIVE}- use: {{step: remind, {WITH}}}", head=HEAD + SHARED).steps[1]
    assert isinstance(used, Use)
    (wait,) = used.steps
    assert isinstance(wait, Wait)
    assert (wait.path, wait.events, wait.otherwise[0].path) == (
        "2.steps.1",
        ("coupon.redeemed",),
        "2.steps.1.otherwise.1",
    )


def test_what_a_shared_step_makes_is_known_after_it() -> None:
    """Under its own name, or under the one that stands beside the use."""
    use = "- if: {name}.redeemed\n  then:\n    - send: other"
    assert found("- use: give\n" + use.replace("{name}", "gift")) == []
    renamed = "- use: give\n- use: give\n  as: second\n" + use.replace("{name}", "second")
    assert found(renamed) == []
    steps = plan(renamed, head=HEAD + SHARED).steps
    rewards = [step.steps[0] for step in steps if isinstance(step, Use)]
    assert [each.name for each in rewards if isinstance(each, Reward)] == ["gift", "second"]
    assert found("- use: give\n- use: give") == ["PC1407"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("- use: remin", ["PC1340"]),
        (f"{GIVE}- use: remind", ["PC1102"] * 1),
        (f"{GIVE}- use: {{step: remind, with: {{gift: coupon, letter: hello, patience: soon}}}}", ["PC1203"]),
        (
            f"{GIVE}- use: {{step: remind, with: {{gift: coupon, letter: hello, patience: 1 day, x: 1}}}}",
            ["PC1101"],
        ),
        (f"{GIVE}- use: {{step: remind, {WITH}}}\n  as: nothing", ["PC1343"]),
        ("- use: round-about", ["PC1341"]),
    ],
)
def test_what_cannot_be_used(steps: str, expected: list[str]) -> None:
    """Each is said at its place."""
    assert list(dict.fromkeys(found(steps))) == expected


def test_a_finding_inside_stands_there_and_names_the_use() -> None:
    """Once, however often the step is used."""
    steps = f"- use: {{step: remind, {WITH}}}\n- use: {{step: remind, {WITH}}}"
    told = [each for each in checked(steps, head=HEAD + SHARED).diagnostics if each.code == "PC1401"]
    assert [(each.line, each.message.rpartition(", ")[2]) for each in told] == [
        (7, "where line 23 uses this")
    ]


def test_a_shared_step_that_is_not_used_is_told() -> None:
    """It is a warning: nothing is checked inside until then."""
    unused = [each for each in checked("- stop: x", head=HEAD + SHARED).diagnostics if each.code == "PC1342"]
    assert [each.severity for each in unused] == ["warning"] * 4


def test_defaults_fill_what_a_step_leaves_out() -> None:
    """What a step says itself stands; who waits until a moment has no span beside it."""
    head = HEAD + "defaults: {reward: {expires: 9 days}, wait: {up_to: 2 days}}\n"
    before = "- reward: 5%\n  as: coupon\n"
    first = plan(before + "- wait: {until: coupon.expires}\n- wait: {for: coupon.redeemed}", head=head).steps
    assert isinstance(first[0], Reward)
    assert first[0].expires is not None
    assert isinstance(first[2], Wait)
    assert codes("- reward: {discount: 5%, expires: 1 day}\n  as: coupon", head=head) == []


@pytest.mark.parametrize(
    ("defaults", "expected"),
    [
        ("{rewards: {expires: 9 days}}", ["PC1101"]),
        ("{reward: {expire: 9 days}}", ["PC1101"]),
        ("{reward: {expires: soon}}", ["PC1203"]),
        ("{reward: 9 days}", ["PC1201"]),
        ("9 days", ["PC1201"]),
    ],
)
def test_defaults_are_checked_where_they_stand(defaults: str, expected: list[str]) -> None:
    """Once, not at each step."""
    steps = "- reward: 5%\n  as: coupon\n- reward: 6%\n  as: other_one"
    assert codes(steps, head=f"{HEAD}defaults: {defaults}\n") == expected
