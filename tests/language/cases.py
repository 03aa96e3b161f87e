"""The corpus of broken campaigns, and what is said of each: `python -m tests.language.cases` writes it anew."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from punchcard.cli.testing import surroundings
from punchcard.event_files import event_file, event_files, with_events
from punchcard.language import Checked, CheckedProgramme, check, check_programme, render
from punchcard.language.across import together
from punchcard.language.files import campaigns, load
from punchcard.language.programme import Programme
from punchcard.trial.files import run_text
from tests.support.tables import trial_memory

FOLDER = Path(__file__).parent.parent / "cases" / "broken"
NAME = "cups.yaml"
TODAY = date(2026, 3, 2)
TESTS = "cups.test.yaml"
OTHER = "mugs.yaml"
MOST_SHOWN = 20
TOO_LARGE = """\
campaign: cups
limit: 1 per year
when: order
steps:
  - send: hello
"""
LANGUAGES = "en de fr it es pt nl da sv no fi pl cs sk hu ro bg el tr uk hr sl et lv lt is ga mt sq mk"
MANY_WORDS = {
    f"messages/cups/hello.{language}.md": f"---\npurpose: marketing\nsubject: Hello\n---\n{'word ' * 7_000}\n"
    for language in LANGUAGES.split(" ")
}


@dataclass(frozen=True)
class Case:
    """One broken campaign: `PC1203-short-unit.yaml`, or a folder with `cups.yaml`, its messages, events, programme and
    tests.
    With `mugs.yaml` beside it, what shows only when both are checked together is expected too.

    `PC1803-its-name.programme.yaml` is a broken programme, `PC1515-no-such-type.event.json` a broken event type.
    """

    name: str
    text: str
    files: Mapping[str, str]
    programme: str = ""

    @property
    def code(self) -> str:
        """The code that the case is an example of."""
        return self.name.partition("-")[0]

    @property
    def golden(self) -> Path:
        """The file that holds what is expected."""
        return FOLDER / f"{self.name}.txt"

    def check(self) -> Checked | CheckedProgramme:
        """Check it under the name that all of them have."""
        if self.name.endswith(".programme"):
            return check_programme(self.text, name=NAME)
        if self.name.endswith(".event"):
            found = event_file(Path("cup_sold.json"), self.text, shown_as=NAME)
            return CheckedProgramme(None if found.schema is None else Programme(), found.diagnostics)
        if OTHER in self.files:
            return self._beside_the_other()
        programme = check_programme(self.programme).programme
        events = event_files([FOLDER / self.name])
        programme = with_events(programme or Programme(), events) if events else programme
        checked = check(self.text, name=NAME, files=self.files, programme=programme, today=TODAY)
        return self._tested(checked) if TESTS in self.files else checked

    def _beside_the_other(self) -> Checked:
        """Check the whole folder, as if it were the one that the reader is in."""
        with contextlib.chdir(FOLDER / self.name):
            results = together([(each, each.check(today=TODAY)) for each in map(load, campaigns(Path()))])
        found = tuple(each for _, checked in results for each in checked.diagnostics)
        return Checked(results[0][1].plan, found)

    def _tested(self, checked: Checked) -> Checked:
        """Play the tests beside it, and return what was found in them instead."""
        around = surroundings([FOLDER / self.name / TESTS])
        tested = run_text(self.files[TESTS], Path(TESTS), checked, around, trial_memory())
        return Checked(checked.plan if tested.passed else None, tested.findings)

    def rendered(self) -> str:
        """What is found, as the terminal shows it; of very much the beginning and the end."""
        found = self.check().diagnostics
        shown = found if len(found) <= MOST_SHOWN else (*found[:2], *found[-2:])
        return render(shown, {NAME: self.text, **self.files})


def cases() -> Iterator[Case]:
    """Every case, in the order of the codes."""
    for path in sorted(FOLDER.iterdir()):
        if path.is_dir():
            files = {
                each.relative_to(path).as_posix(): each.read_text("utf-8")
                for each in sorted((*path.glob("messages/**/*.md"), *path.glob(TESTS), *path.glob(OTHER)))
            }
            programme = path / "programme.yaml"
            text = programme.read_text("utf-8") if programme.exists() else ""
            yield Case(path.name, (path / NAME).read_text("utf-8"), files, text)
        elif path.suffix in (".yaml", ".json"):
            yield Case(path.stem, path.read_text("utf-8"), {})
    yield Case("PC1712-too-large", TOO_LARGE, MANY_WORDS)
    yield Case("PC1010-too-long", "campaign: cups\n" + "# and so on\n" * 20_000, {})


def main() -> None:
    """Write what is found today as what is expected."""
    for case in cases():
        case.golden.write_text(case.rendered(), "utf-8")


if __name__ == "__main__":
    main()
