"""Writes the generated pages of the reference, and the JSON Schemas: `python docs/generate.py`."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from api.reference import operations_page  # noqa: E402
from punchcard.authoring.schema.documents import DOCUMENTS, FOLDER, text_of  # noqa: E402
from punchcard.cli.reference import commands_page, settings_page  # noqa: E402
from punchcard.language.reference import diagnostics_page, language_page  # noqa: E402
from punchcard.language.trials.reference import tests_page  # noqa: E402

REFERENCE = ROOT / "docs" / "reference"
PROSE = REFERENCE / "prose" / "language.md"
EXAMPLE = ROOT / "definitions" / "spend-and-save.yaml"
SCHEMAS = ROOT / "definitions" / FOLDER
BROKEN = ROOT / "tests" / "cases" / "broken"


def pages() -> dict[Path, str]:
    """Every generated file with its text."""
    return {
        REFERENCE / "language.md": language_page(EXAMPLE.read_text("utf-8"), prose()),
        REFERENCE / "tests.md": tests_page(EXAMPLE.with_suffix(".test.yaml").read_text("utf-8")),
        REFERENCE / "diagnostics.md": diagnostics_page(examples()),
        REFERENCE / "cli.md": commands_page(),
        REFERENCE / "settings.md": settings_page(),
        REFERENCE / "routes.md": operations_page(),
        **{SCHEMAS / f"{name}.json": text_of(name) for name in DOCUMENTS},
    }


def prose() -> Mapping[str, str]:
    """The hand-written parts of the language's page, by their headings."""
    parts = re.split(r"^## (.+)$", PROSE.read_text("utf-8"), flags=re.MULTILINE)
    return {title.strip().lower(): text.strip() for title, text in zip(parts[1::2], parts[2::2], strict=True)}


def examples() -> dict[str, str]:
    """For each code, the first of the broken campaigns that are named after it, as it is answered."""
    found: dict[str, str] = {}
    for path in sorted(BROKEN.glob("*.txt")):
        code = path.name.partition("-")[0]
        answers = re.split(r"\n(?=(?:error|warning)\[)", path.read_text("utf-8"))
        own = next(answer for answer in answers if f"[{code}]" in answer.split("\n", 1)[0])
        found.setdefault(code, re.sub(r"\n *= see: .*", "", own))
    return found


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, "utf-8")
