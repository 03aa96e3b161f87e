"""A reader who follows a page of the docs to the letter: every file as it stands there, every output as promised."""

from __future__ import annotations

from tests.docs.page import File, read_page
from tests.docs.shell import Shell


def follow_page(shell: Shell, text: str) -> None:
    """Write every file of the page, type every command, and compare what it says with what the page promises."""
    for part in read_page(text):
        if isinstance(part, File):
            (shell.folder / part.path).write_text(part.text, "utf-8")
            continue
        said = shell.run(part.words)
        assert part.is_kept(said), f"$ {part.words}\n{said}"
