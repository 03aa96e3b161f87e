"""The page on testing campaigns, followed to the letter."""

import os
import sys
from pathlib import Path

from tests.docs.page import DOCS, File, read_page
from tests.docs.shell import Shell

PAGE = DOCS / "how-to" / "test-campaigns.md"


def test_the_page_does_what_it_says(tmp_path: Path) -> None:
    """Every file as it stands there, every command with the output that it promises."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with Shell(tmp_path, {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}) as shell:
        for part in read_page(PAGE.read_text("utf-8")):
            if isinstance(part, File):
                (tmp_path / part.path).write_text(part.text, "utf-8")
                continue
            said = shell.run(part.words)
            assert part.is_kept(said), f"$ {part.words}\n{said}"


def test_this_page_is_the_one() -> None:
    """The name by which it is known to be followed."""
    assert PAGE.name == "test-campaigns.md"
