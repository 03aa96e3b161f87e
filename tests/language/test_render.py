"""Diagnostics as the terminal shows them."""

from punchcard.language import Diagnostic, check, render


def finding(line: int, column: int, length: int) -> Diagnostic:
    """A finding at a place."""
    return Diagnostic("PC1203", "error", "x.yaml", line, column, length, "wrong", "right", "7 days")


def test_a_finding_shows_its_line_and_what_to_write() -> None:
    """Code, place, the line with a caret, the suggestion, what fits, and where to read on."""
    text = "campaign: cups\nholdout: 10\n"
    assert render(check(text, name="cups.yaml").diagnostics[-1:], {"cups.yaml": text}) == (
        "error[PC1205]: `10` is not a share\n"
        " --> cups.yaml:2:10\n"
        "  |\n"
        "2 | holdout: 10\n"
        "  |          ^^ write: 10%\n"
        "  = expected: a share such as 20% or 7.5%\n"
        "  = see: docs/reference/diagnostics.md#pc1205\n"
    )


def test_a_long_line_is_shown_around_its_mistake() -> None:
    """The caret stays in sight, however long the line is."""
    shown = render([finding(1, 500, 3)], {"x.yaml": "a" * 499 + "bad" + "c" * 500}).split("\n")
    line, caret = shown[3], shown[4]
    assert len(line) < 170
    assert line[caret.index("^") : caret.rindex("^") + 1] == "bad"


def test_a_finding_without_its_text_is_shown_all_the_same() -> None:
    """Where the file is not at hand, the suggestion stands by itself."""
    assert "= write: 7 days" in render([finding(1, 1, 1)], {})


def test_colours_mark_what_matters() -> None:
    """On a terminal, errors are red and the words are the same."""
    coloured = render([finding(1, 1, 1)], {"x.yaml": "abc"}, colour=True)
    assert "\x1b[1;31merror[PC1203]\x1b[0m" in coloured
