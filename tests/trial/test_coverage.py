"""The ways of a campaign that a case can take."""

import pytest

from tests.trial.stories import played

CHOOSE = """\
- choose: event.month
  branches:
    6..8:
      - send: hello
    december:
      - send: hello
"""


@pytest.mark.parametrize(
    ("where", "all_of_it"),
    [
        ('event.month in [6, 7, \\"december\\"]', True),
        ("event.month == 6 or event.month == 8", True),
        ('event.month == \\"december\\" and event.plan == \\"gold\\"', True),
        ("event.month in [6, 9]", False),
        ("event.month == 6 or event.plan == 1", False),
        ("event.month >= 6", False),
        ('event.plan == \\"gold\\"', False),
    ],
)
def test_what_the_trigger_lets_pass_is_all_that_can_be_chosen(where: str, all_of_it: bool) -> None:
    """Where each value that its `where` names has a branch, none is left for `otherwise`."""
    when = f'{{event: {{name: renewed, where: "{where}"}}}}'
    tested = played(CHOOSE, "- expect: nothing", when=when)
    assert tested.coverage is not None, tested.findings
    ways = {part.way for part in tested.coverage.parts if part.verb == "choose"}
    assert ("otherwise" not in ways) is all_of_it
