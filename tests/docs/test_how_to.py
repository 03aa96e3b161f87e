"""The how-to pages that need nothing but an empty folder, each followed to the letter."""

import os
from pathlib import Path

import pytest

from tests.docs.page import DOCS
from tests.docs.reader import follow_page
from tests.docs.shell import Shell
from tests.docs.swift import search_path

PAGES = ("import-orders.md", "segments.md", "test-campaigns.md", "find-the-better-variant.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_page_does_what_it_says(
    page: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every file as it stands there, every command with the output that it promises."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PUNCHCARD_")}
    path = search_path(tmp_path_factory.mktemp("programs") / "bin")
    with Shell(tmp_path, {**kept, "PATH": path, "LC_ALL": "C.UTF-8", "COLUMNS": "120"}) as shell:
        follow_page(shell, (DOCS / "how-to" / page).read_text("utf-8"))
