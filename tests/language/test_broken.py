"""Every broken campaign of the corpus, against what is to be said of it."""

import pytest

from punchcard.language import Checked
from punchcard.language.codes import CODES
from punchcard.language.diagnostics import PAGE
from tests.language.cases import FOLDER, NAME, Case, cases

CASES = tuple(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_campaign_is_answered_as_expected(case: Case) -> None:
    """The rendered diagnostics are those of the golden file; the case shows the code that it is named after."""
    assert case.rendered() == case.golden.read_text("utf-8")
    assert case.code in {each.code for each in case.check().diagnostics}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_diagnostic_stands_inside_its_file(case: Case) -> None:
    """Line, column and length lie within the text, and all are in the order of the text."""
    texts = {NAME: case.text, **case.files}
    found = case.check().diagnostics
    for each in found:
        line = texts[each.file].split("\n")[each.line - 1]
        assert 1 <= each.column <= len(line) + 1
        assert each.column + each.length - 1 <= len(line) + 1
    places = [(each.file != NAME, each.file, each.line, each.column) for each in found]
    assert places == sorted(places)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_plan_exists_unless_an_error_was_found(case: Case) -> None:
    """Errors refuse a campaign, warnings do not."""
    checked = case.check()
    errors = any(each.severity == "error" for each in checked.diagnostics)
    made = checked.plan if isinstance(checked, Checked) else checked.programme
    assert (made is None) == errors


def test_every_code_has_a_case() -> None:
    """The catalogue and the corpus cover each other."""
    assert {case.code for case in CASES} == set(CODES)


def test_no_golden_file_is_left_over() -> None:
    """Each expectation belongs to a case."""
    assert {path.stem for path in FOLDER.glob("*.txt")} == {case.name for case in CASES}


def test_codes_are_what_they_are_called() -> None:
    """A code is its own key, and leads to its place on the page."""
    assert all(key == code.code for key, code in CODES.items())
    found = CASES[0].check().diagnostics[0]
    assert found.address == f"{PAGE}#{found.code.lower()}"
