"""The docs as a whole: nothing is undocumented, every link leads somewhere, nothing names where it was written."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest

from api.reference import operation, operations
from punchcard.cli.main import COMMANDS
from punchcard.settings import PREFIX, Settings
from tests.docs.page import DOCS

ROOT = DOCS.parent
PARTS = DOCS / "reference" / "prose"  # of a generated page
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        *(page for page in DOCS.rglob("*.md") if page.parent != PARTS),
    ]
)
TRACKED = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
# Addresses of package indexes, and folders of somebody's own machine; in parts, so that this file does not count.
TELLTALE = re.compile(
    "|".join(
        [
            r"(?:pypi|npm" + r"js|pythonhosted)\.(?:org|com)",
            r"index-" + r"url\s*=",
            r"(?<![\w.$~}])/(?:ho" + r"me|Use" + r"rs|ro" + r"ot|wo" + r"rk)/\w",
        ]
    ),
    re.IGNORECASE,
)


def named(page: Path) -> str:
    """Return how a page is called in the run's report."""
    return page.relative_to(ROOT).as_posix()


def test_the_generated_pages_are_up_to_date() -> None:
    """What lies in docs/reference/ is what the program says of itself."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    stale = [page.name for page, text in generate.pages().items() if page.read_text("utf-8") != text]
    assert stale == [], "run `python docs/generate.py`, and commit what it writes"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    """With its own description."""
    row = f"| `{PREFIX}{name.upper()}` | {Settings.model_fields[name].description} |"
    assert row in (DOCS / "reference" / "settings.md").read_text("utf-8")


def test_every_command_and_every_operation_is_documented() -> None:
    """Each command has its section, each route its line."""
    commands = (DOCS / "reference" / "cli.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"## `punchcard {name}`\n" not in commands] == []
    routes = (DOCS / "reference" / "routes.md").read_text("utf-8")
    assert [operation(route) for route in operations() if f"| {operation(route)} |" not in routes] == []


def test_every_page_is_on_the_map() -> None:
    """docs/index.md leads to every page; decision records have a list of their own."""
    index = DOCS / "index.md"
    listed = {
        (DOCS / target.partition("#")[0]).resolve() for target in LINK.findall(index.read_text("utf-8"))
    }
    meant = [
        page for page in PAGES if page.is_relative_to(DOCS) and page != index and not page.name[0].isdigit()
    ]
    assert [named(page) for page in meant if page.resolve() not in listed] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a page that is there, and to a heading or an anchor of it."""
    text = FENCED.sub("", page.read_text("utf-8"))
    broken = []
    for link in LINK.findall(text):
        target, _, fragment = link.partition("#")
        if "://" in link or link.startswith("mailto:"):
            continue
        there = (page.parent / target).resolve() if target else page
        if not there.exists() or (fragment and fragment not in anchors(there)):
            broken.append(link)
    assert broken == []


def test_nothing_names_where_it_was_written() -> None:
    """No tracked file names a package index or a folder of somebody's machine."""
    found = []
    for name in filter(None, TRACKED.stdout.split("\0")):
        path = ROOT / name
        if not path.is_file() or name.endswith("package-lock.json"):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{name}: {match.group()}" for match in TELLTALE.finditer(text)]
    assert found == []


def anchors(page: Path) -> set[str]:
    """Return what a link may name on a page: its anchors, and its headings as they are written in an address."""
    text = FENCED.sub("", page.read_text("utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))
