"""GitHub's workflow commands: one line each, escaped as the runner unescapes."""

from punchcard.authoring.annotations import annotation
from punchcard.language.codes import CODES
from punchcard.language.diagnostics import Diagnostic
from tests.language.cases import cases


def unescaped(text: str) -> str:
    """What the runner makes of it."""
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(written, meant)
    return text


def test_a_finding_is_one_line() -> None:
    """A sign of per cent, a comma and a colon arrive as what they are."""
    found = Diagnostic("PC1205", "error", "a,b/50%.yaml", 2, 10, 2, "`10` is: no share", "a share", "10%")
    assert annotation(found) == (
        "::error file=a%2Cb/50%25.yaml,line=2,endLine=2,col=10,endColumn=12,title=PC1205%3A Not a share"
        "::`10` is: no share%0Aexpected: a share%0Awrite: 10%25"
    )


def test_every_finding_comes_back_as_it_was() -> None:
    """Unescaped, each annotation has the message and the path that the diagnostic had."""
    for case in cases():
        for found in case.check().diagnostics:
            line = annotation(found)
            assert "\n" not in line
            command, properties, message = line.removeprefix("::").replace(" ", "::", 1).split("::", 2)
            assert command == found.severity
            assert unescaped(message).split("\n")[0] == found.message
            named = dict(each.split("=", 1) for each in properties.split(","))
            assert unescaped(named["file"]) == found.file
            assert unescaped(named["title"]) == f"{found.code}: {CODES[found.code].title}"
