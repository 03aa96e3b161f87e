"""The fuzz run: `python -m tests.language.fuzz` checks 20,000 mutated files and reports what went wrong with any."""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from punchcard.authoring.editing.completion import completed
from punchcard.authoring.editing.fixes import fixes
from punchcard.authoring.editing.hover import explained
from punchcard.authoring.editing.outline import outlined
from punchcard.authoring.editing.study import study
from punchcard.authoring.formatting.layout import formatted
from punchcard.language import check, render
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.files import Written, campaigns, load
from punchcard.language.programme import Programme
from punchcard.language.programme_file import FILE, check_programme
from punchcard.language.source import MOST_CHARACTERS
from punchcard.plan.model import walk
from punchcard.shipped import shipped
from tests.language.cases import cases

FILES = 20_000
# Of a short text; one of the greatest length may take twice as long.
MOST_SECONDS = 1.0
USUAL = 100_000
PIECES = (
    *(
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
        "\n\n",
        "\t",
        "  ",
        "      ",
        "'",
        '"',
        "#",
        " #x",
        " # ",
    ),
    *(
        "&a ",
        "*a",
        "!x ",
        "!!int ",
        "|",
        "|-",
        ">",
        "%",
        "@",
        "`",
        "1,000",
        "2,50",
        "yes",
        "~",
        "---\n",
        "...\n",
        "? ",
    ),
    *(
        "<<: ",
        "\x00",
        "\x01",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ud800",
        "😀",
        "\r",
        "\r\n",
        "{% if %}",
        "{% for x in y %}",
    ),
    *(
        "{#",
        "#}",
        "%}",
        "..",
        "((((",
        ")",
        "a.b.c",
        "$",
        "\\",
        '\\"',
        "null",
        "1..5",
        "9" * 40,
        "-1",
        "0x10",
        "1e9",
    ),
    *(
        "coupon.redeemed",
        " and ",
        " or ",
        "not ",
        "== ",
        ">= ",
        "reply.answer",
        'within("90 days")',
        "customer.",
    ),
    *("# allow PC1703", "# allow PC1502: so", "# allow PC9999: so\n", "# allow PC1001: x"),
    *("x" * 5_000, "(" * 600, "[" * 60, "a: " * 50, "\n  - stop: x" * 40),
)


@dataclass(frozen=True, slots=True)
class Text:
    """One file to be checked, with the message files beside it."""

    name: str
    text: str
    files: Mapping[str, str]

    def check(self) -> tuple[bool, tuple[Diagnostic, ...]]:
        """Return whether it is right, and what was found."""
        if self.name == FILE:
            programme = check_programme(self.text, name=self.name)
            return programme.programme is not None, programme.diagnostics
        campaign = check(self.text, name=self.name, files=self.files)
        if campaign.plan is not None:
            steps = {step.path for step in walk(campaign.plan.steps)}
            assert steps == campaign.places.keys(), "a step is missing that nothing was said of"
        return campaign.plan is not None, campaign.diagnostics

    @property
    def texts(self) -> dict[str, str]:
        """All texts by the names that diagnostics have."""
        return {self.name: self.text, **self.files}


def seeds() -> tuple[Text, ...]:
    """What is mutated: the campaigns and the programme that come with Punchcard, and every broken campaign."""
    folder = shipped("definitions")
    right = [Text(each.path.name, each.text, each.files) for each in map(load, campaigns(folder))]
    programme = Text(FILE, (folder / FILE).read_text("utf-8"), {})
    broken = [Text("cups.yaml", case.text, case.files) for case in cases() if len(case.text) < 20_000]
    # As often as all broken ones together, since most of the language stands in what is right.
    return (*right * max(1, len(broken) // len(right)), *[programme] * 10, *broken)


def words_of(texts: tuple[Text, ...]) -> tuple[str, ...]:
    """Every word that stands anywhere: mistaken for each other, they are mistakes that people make."""
    found = {word for each in texts for word in re.findall(r"[\w.-]+:?", each.text)}
    return tuple(sorted(found))


def mutated(chance: random.Random, all_of: tuple[Text, ...], words: tuple[str, ...]) -> Text:
    """Return a text with one to eight changes; of some hundred texts one is as long as a file may be."""
    seed = chance.choice(all_of)
    text, files = seed.text, dict(seed.files)
    for _ in range(chance.randint(1, 8)):
        if files and chance.random() < 0.15:
            name = chance.choice(sorted(files))
            files[name] = chance.choice(MUTATIONS)(files[name], chance, words, all_of)
        else:
            text = chance.choice(MUTATIONS)(text, chance, words, all_of)
    if chance.random() < 1 / 200:
        text = _again_and_again(text, chance)
    return Text(seed.name, text, files)


Mutation = Callable[[str, random.Random, tuple[str, ...], tuple[Text, ...]], str]


def _cut(text: str, chance: random.Random, _words: tuple[str, ...], _all: tuple[Text, ...]) -> str:
    start = chance.randint(0, len(text))
    return text[:start] + text[start + chance.choice((1, 1, 2, 5, 40, 400)) :]


def _put(text: str, chance: random.Random, _words: tuple[str, ...], _all: tuple[Text, ...]) -> str:
    start = chance.randint(0, len(text))
    return text[:start] + chance.choice(PIECES) + text[start + chance.choice((0, 0, 1, 8)) :]


def _other_word(text: str, chance: random.Random, words: tuple[str, ...], _all: tuple[Text, ...]) -> str:
    found = list(re.finditer(r"[\w.-]+:?", text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + chance.choice(words) + text[one.end() :]


def _slip(text: str, chance: random.Random, _words: tuple[str, ...], _all: tuple[Text, ...]) -> str:
    """Two characters change places."""
    at = chance.randint(0, max(0, len(text) - 2))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _again_and_again(text: str, chance: random.Random) -> str:
    """Some lines, or some characters, fill the file up to its limit."""
    start = chance.randint(0, len(text))
    start = chance.choice((start, text.rfind("\n", 0, start) + 1))
    piece = text[start : start + chance.choice((1, 8, 40, 400))]
    piece = chance.choice(
        (piece, piece.partition("\n")[0] + "\n", chance.choice(PIECES), "# allow PC1703: x\n")
    )
    room = max(0, MOST_CHARACTERS - len(text))
    return text[:start] + piece * (room // max(1, len(piece))) + text[start:]


def _lines(change: Callable[[list[str], random.Random], None]) -> Mutation:
    def mutation(text: str, chance: random.Random, _words: tuple[str, ...], _all: tuple[Text, ...]) -> str:
        lines = text.split("\n")
        change(lines, chance)
        return "\n".join(lines)

    return mutation


def _double(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines.insert(chance.randrange(len(lines)), lines[at])


def _swap(lines: list[str], chance: random.Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _indent(lines: list[str], chance: random.Random) -> None:
    start = chance.randrange(len(lines))
    margin = " " * chance.randint(0, 8)
    for at in range(start, min(len(lines), start + chance.choice((1, 1, 3, 10)))):
        lines[at] = margin + (lines[at].lstrip() if chance.random() < 0.5 else lines[at])


def _drop(lines: list[str], chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]
    if not lines:
        lines.append("")


def _splice(text: str, chance: random.Random, _words: tuple[str, ...], all_of: tuple[Text, ...]) -> str:
    """Lines of another file are put between."""
    lines, others = text.split("\n"), chance.choice(all_of).text.split("\n")
    start = chance.randrange(len(others))
    at = chance.randint(0, len(lines))
    return "\n".join([*lines[:at], *others[start : start + chance.randint(1, 12)], *lines[at:]])


MUTATIONS: tuple[Mutation, ...] = (
    _cut,
    _put,
    _put,
    _other_word,
    _other_word,
    _slip,
    _lines(_double),
    _lines(_swap),
    _lines(_indent),
    _lines(_drop),
    _splice,
)


def faults(text: Text, codes: Counter[str]) -> Iterator[str]:
    """Yield what is wrong with how a text is answered; `codes` counts what was found."""
    begin = time.process_time()
    try:
        right, found = text.check()
        render(found, text.texts)
        seconds = time.process_time() - begin
        _edit(text)
    except Exception:
        yield traceback.format_exc()
        return
    codes.update({each.code for each in found})
    if seconds > MOST_SECONDS * (1 + len(text.text) / USUAL):
        yield f"it took {seconds:.1f} s of the processor"
    if right == any(each.severity == "error" for each in found):
        yield f"right: {right}, with {[each.code for each in found]}"
    for each in found:
        lines = text.texts[each.file].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        inside = 1 <= each.line <= len(lines) and 1 <= each.column <= len(lines[each.line - 1]) + 1
        if not inside or each.length < 1:
            yield f"{each.code} stands outside: line {each.line}, column {each.column}, length {each.length}"


def _edit(text: Text) -> None:
    """Ask what an editor asks; the answers are tested elsewhere, here only that there are any."""
    once = formatted(text.text, name=text.name).text
    assert formatted(once, name=text.name).text == once, "laying out twice is laying out once"
    if text.name == FILE:
        return
    found = study(Written(Path(text.name), text.text, text.files), Programme())
    outlined(found.seen.root)
    for offset in random.Random(len(text.text)).sample(range(len(text.text) + 1), 1):
        explained(found, offset)
        completed(found, offset)
    for diagnostic in found.checked.diagnostics[:1]:
        fixes(found, diagnostic)


def run(count: int, seed: int) -> tuple[list[tuple[int, Text, str]], Counter[str], float]:
    """Check so many texts; returns the faults, how often each code was found, and the slowest in seconds."""
    all_of = seeds()
    words = words_of(all_of)
    wrong: list[tuple[int, Text, str]] = []
    codes: Counter[str] = Counter()
    slowest = 0.0
    for number in range(count):
        text = mutated(random.Random(f"{seed}/{number}"), all_of, words)
        begin = time.process_time()
        wrong += ((number, text, fault) for fault in faults(text, codes))
        slowest = max(slowest, time.process_time() - begin)
    return wrong, codes, slowest


def main() -> None:
    """Run it, print what came of it, and keep the texts that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=FILES, help="how many files")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same files")
    parser.add_argument("--keep", type=Path, help="a folder for the texts that went wrong")
    chosen = parser.parse_args()
    begin = time.perf_counter()
    wrong, codes, slowest = run(chosen.files, chosen.seed)
    seconds = time.perf_counter() - begin
    for number, text, fault in wrong:
        sys.stdout.write(f"file {number} ({text.name}): {fault}\n")
        if chosen.keep:
            chosen.keep.mkdir(parents=True, exist_ok=True)
            (chosen.keep / f"{number}.yaml").write_text(text.text, "utf-8", errors="surrogatepass")
    sys.stdout.write(
        f"{chosen.files:,} files in {seconds:.0f} s, the slowest {slowest * 1000:.0f} ms; "
        f"{len(codes)} codes; {len(wrong)} faults\n"
    )
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
