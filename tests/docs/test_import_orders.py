"""The page on imports, followed to the letter; its tables name what there is."""

import os
import re
from pathlib import Path

import pytest
from typer import Typer
from typer.main import get_command

from punchcard.cli.importing import import_file
from punchcard.importing.fields import FIELDS
from tests.docs.page import DOCS, File, read_page
from tests.docs.shell import Shell
from tests.docs.swift import search_path

PAGE = (DOCS / "how-to" / "import-orders.md").read_text("utf-8")


def test_the_page_does_what_it_says(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every command as it stands there, every output as it promises."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PUNCHCARD_")}
    path = search_path(tmp_path_factory.mktemp("programs") / "bin")
    environment = {**kept, "PATH": path, "LC_ALL": "C.UTF-8", "COLUMNS": "120"}
    with Shell(tmp_path, environment) as shell:
        for part in read_page(PAGE):
            if isinstance(part, File):
                (tmp_path / part.path).write_text(part.text, "utf-8")
                continue
            said = shell.run(part.words)
            assert part.is_kept(said), f"$ {part.words}\n{said}"


def test_every_option_is_described() -> None:
    """And none that there is not."""
    single = Typer()
    single.command()(import_file)
    command = get_command(single)
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    described = set(re.findall(r"^\| `(--[a-z-]+)", PAGE, re.MULTILINE))
    assert described - {"--no-header"} == options - {
        "--header",
        "--help",
        "--install-completion",
        "--show-completion",
    }


def test_every_field_is_named() -> None:
    """For each kind of file."""
    for fields in FIELDS.values():
        assert [field.name for field in fields if f"`{field.name}`" not in PAGE] == []
