"""Whatever is done to a campaign's text, checking it ends in a plan or in diagnostics."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from punchcard.language import check, render
from punchcard.language.files import campaigns, load
from punchcard.shipped import shipped
from tests.language.fuzz import run

WRITTEN = tuple(load(path) for path in campaigns(shipped("definitions")))
PIECES = st.one_of(
    st.sampled_from(
        [
            "{{",
            "}}",
            "{",
            "}",
            "[",
            "]",
            ": ",
            ":",
            "- ",
            "\n",
            "\t",
            "  ",
            "'",
            '"',
            "#",
            " #x",
            "&a ",
            "*a",
            "!x ",
        ]
        + [
            "|",
            ">",
            "%",
            "@",
            "`",
            "1,000",
            "2,50",
            "yes",
            "~",
            "---\n",
            "?",
            "<<: ",
            "\x01",
            "\u2028",
            "\ufeff",
            "😀",
        ]
        + [
            "coupon.redeemed",
            " and ",
            "not ",
            "== ",
            "9" * 40,
            "\r",
            "{% if %}",
            "{#",
            "..",
            "up_to: 7 days",
            "if: ",
        ]
        + [
            "((((",
            "a.b.c",
            "\ud800",
            "steps:\n",
            "otherwise:\n",
            "$",
            "\\",
            "\x85",
            "null",
            "1..5",
            "%}",
            "reply.answer",
        ]
    ),
    st.text(max_size=5),
)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str, dict[str, str]]:
    """A campaign of ours with some of its text cut out, doubled, indented or overwritten."""
    written = draw(st.sampled_from(WRITTEN))
    text, files = written.text, dict(written.files)
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        match draw(st.sampled_from(["cut", "put", "double", "indent", "file"])):
            case "cut":
                text = text[:start] + text[end:]
            case "put":
                text = text[:start] + draw(PIECES) + text[end:]
            case "double":
                text = text[:end] + text[start:]
            case "indent":
                text = re.sub(r"\n *", "\n" + " " * draw(st.integers(0, 6)), text[start:], count=1)
                text = written.text[:start] + text
            case _:
                name = draw(st.sampled_from(sorted(files)))
                at = draw(st.integers(0, len(files[name])))
                files[name] = files[name][:at] + draw(PIECES) + files[name][at:]
    return written.path.name, text, files


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_a_mutated_campaign_is_answered(mutation: tuple[str, str, dict[str, str]]) -> None:
    """No exception; what is refused has an error; every diagnostic stands inside its file and can be shown."""
    name, text, files = mutation
    checked = check(text, name=name, files=files)
    texts = {name: text, **files}
    assert (checked.plan is None) == any(each.severity == "error" for each in checked.diagnostics)
    for each in checked.diagnostics:
        lines = texts[each.file].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= each.line <= len(lines)
        assert 1 <= each.column <= len(lines[each.line - 1]) + 1
        assert each.length >= 1
    assert render(checked.diagnostics, texts).count(" = see: ") == len(checked.diagnostics)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "a: " + "{" * 100_000,
        "- " * 50_000,
        "a: " + "b: " * 60_000,
        "\n".join("\ta: b" for _ in range(30_000)),
        "\n".join(f"a{number}: b #c" for number in range(15_000)),
        "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" * 2_000,
        "campaign: x\nwhen:\n  spend: {every: " + "1,111" * 30_000 + "}\n",
        "campaign: x\nwhen: manual\nsteps:\n" + "  - send: x\n" * 10_000,
        "campaign: x\nwhen: manual\nsteps:\n  - if: " + "(" * 480 + "1" + ")" * 480,
        "\x00" * 1_000,
        "x" * 199_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_hostile_text_is_refused_at_once(text: str) -> None:
    """Depth, length and repetition are bounded, so that checking never hangs."""
    checked = check(text, name="hostile.yaml")
    assert checked.plan is None
    assert checked.diagnostics


def test_line_ends_do_not_matter() -> None:
    """The same campaign with another system's line ends is the same plan."""
    written = load(Path(shipped("definitions")) / "spend-and-save.yaml")
    foreign = {name: text.replace("\n", "\r\n") for name, text in written.files.items()}
    checked = check(written.text.replace("\n", "\r\n"), name="spend-and-save.yaml", files=foreign)
    assert checked.plan == written.check().plan


def test_the_fuzz_run_in_small() -> None:
    """What `python -m tests.language.fuzz` does 20,000 times, done a few hundred times."""
    wrong, codes, _ = run(250, seed=7)
    assert [(number, fault) for number, _, fault in wrong] == []
    assert len(codes) > 40
