"""The page on segments, followed to the letter."""

import os
from pathlib import Path

import pytest

from tests.docs.page import DOCS, File, read_page
from tests.docs.shell import Shell
from tests.docs.swift import search_path

PAGE = DOCS / "how-to" / "segments.md"


def test_the_page_does_what_it_says(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every file as it stands there, every command with the output that it promises."""
    path = search_path(tmp_path_factory.mktemp("programs") / "bin")
    with Shell(tmp_path, {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}) as shell:
        for part in read_page(PAGE.read_text("utf-8")):
            if isinstance(part, File):
                (tmp_path / part.path).write_text(part.text, "utf-8")
                continue
            said = shell.run(part.words)
            assert part.is_kept(said), f"$ {part.words}\n{said}"


def test_this_page_is_the_one() -> None:
    """The name by which it is known to be followed."""
    assert PAGE.name == "segments.md"
