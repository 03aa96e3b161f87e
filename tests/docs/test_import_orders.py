"""The page on imports: its tables name what there is."""

import re

from typer import Typer
from typer.main import get_command

from punchcard.cli.importing import import_file
from punchcard.importing.fields import FIELDS
from tests.docs.page import DOCS

PAGE = (DOCS / "how-to" / "import-orders.md").read_text("utf-8")


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
