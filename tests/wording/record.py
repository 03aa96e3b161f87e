"""Writes the explanations that the tests compare with: `python -m tests.wording.record`. Read what changed."""

from __future__ import annotations

from pathlib import Path

from babel import Locale

from punchcard.plan.model import Plan
from punchcard.wording.explanation import explain
from punchcard.wording.prose import prose
from punchcard.wording.reader import reader
from tests.wording.definitions import definitions

FOLDER = Path(__file__).parent / "explanations"
LANGUAGES = ("en", "de")


def told(plan: Plan, language: str) -> str:
    """Return a plan in words, as they are kept."""
    return prose(explain(reader(Locale(language), plan.timezone), plan))


def main() -> None:
    """Write all of them anew, and forget those of campaigns that are gone."""
    FOLDER.mkdir(exist_ok=True)
    kept = {f"{name}.{language}.txt" for name in definitions() for language in LANGUAGES}
    for path in FOLDER.iterdir():
        if path.name not in kept:
            path.unlink()
    for name, plan in definitions().items():
        for language in LANGUAGES:
            (FOLDER / f"{name}.{language}.txt").write_text(told(plan, language), encoding="utf-8")


if __name__ == "__main__":
    main()
