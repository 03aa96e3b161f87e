"""The generated pages of the reference: every command with its options, every setting with its default."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from typer.main import get_command

from api.console.permissions import ALLOWED
from punchcard.cli.main import app
from punchcard.domain.accounts import ROLES
from punchcard.settings import PREFIX, Settings

NOUNS: Mapping[Any, str] = MappingProxyType({int: "NUMBER", float: "NUMBER", Path: "PATH"})

_COMMANDS = """\
# Commands

Written from the program by `python docs/generate.py`; don't edit it.

`punchcard COMMAND --help` says the same. Where a command takes `--json`, it prints one JSON document for scripts, and
nothing else on standard output. Exit code 0 is success, 1 an error in one line that names the remedy, 2 a command line
that cannot be understood; what else a command may end with stands beside it. `punchcard --install-completion` teaches
your shell to complete all of them.

Commands find their installation through the [settings](settings.md), above all `PUNCHCARD_DATA_DIR` and
`PUNCHCARD_DATABASE_URL`; without any, it is the folder `.punchcard` below the one that they are run in.
"""

_SETTINGS = f"""\
# Settings

Written from the program by `python docs/generate.py`; don't edit it.

All configuration comes from the environment, and each setting is one variable. A variable that is empty counts as not
set. What cannot be used ends every command at once, with the variable and the reason.

| variable | what it sets | values | default |
|---|---|---|---|
{{rows}}

**Temporal.** Its address, namespace, certificates and keys are the SDK's own variables (`TEMPORAL_ADDRESS`,
`TEMPORAL_NAMESPACE`, `TEMPORAL_TLS_…`, `TEMPORAL_API_KEY`) or its configuration file (`TEMPORAL_CONFIG_FILE`,
`TEMPORAL_PROFILE`). Once an address is set there, `punchcard up` starts no server of its own.

**Mail.** Once `{PREFIX}SMTP_HOST` is set, `punchcard up` starts no mail sink.

**Containers.** `docker-compose.yml` reads names of its own from `.env`; `.env.example` explains them.
"""


def commands_page() -> str:
    """Return the page of all commands."""
    root: Any = get_command(app)
    context = root.make_context("punchcard", [], resilient_parsing=True)
    parts = [_COMMANDS]
    for name in root.list_commands(context):
        parts += _command(f"punchcard {name}", root.get_command(context, name))
    return "\n".join([*parts, _roles()])


def _roles() -> str:
    """Return what each role may do in the console."""
    deeds = {role: [deed for deed, roles in ALLOWED.items() if role in roles] for role in ROLES}
    always = "see campaigns, instances, customers and mail"
    rows = [f"| `{role}` | {', '.join([always, *allowed])} |" for role, allowed in deeds.items()]
    return "\n".join(["## Roles", "", "| role | may, in the console |", "|---|---|", *rows, ""])


def settings_page() -> str:
    """Return the page of all settings."""
    return _SETTINGS.format(rows="\n".join(setting_row(name) for name in Settings.model_fields))


def setting_row(name: str) -> str:
    """Return the line of one setting."""
    field = Settings.model_fields[name]
    default = "—" if field.default is None else f"`{field.default}`"
    if field.default_factory is not None:
        default = "those that come with Punchcard"
    return f"| `{PREFIX}{name.upper()}` | {field.description} | {_values(field.annotation)} | {default} |"


def _values(annotation: Any) -> str:
    """Return what a setting takes, in words."""
    choices = [each for each in get_args(annotation) if each is not type(None)]
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{choice}`" for choice in choices)
    if choices:
        return _values(choices[0])
    if annotation is int:
        return "a number"
    if annotation is Path:
        return "a path"
    return "a URL" if annotation.__name__.endswith("Url") else "text"


def _command(name: str, command: Any) -> Iterator[str]:
    """Yield the section of a command, or those of a group's commands."""
    if hasattr(command, "commands"):
        yield f"## `{name}`\n\n{_help(command)}\n"
        for each, inner in command.commands.items():
            yield from _command(f"{name} {each}", inner)
        return
    level = "###" if name.count(" ") > 1 else "##"
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option" and each.name != "help"]
    usage = " ".join([name, *(["[OPTIONS]"] if options else []), *map(_argument, arguments)])
    yield f"{level} `{name}`\n\n{_help(command)}\n\n```sh\n{usage}\n```\n"
    rows = [(f"`{_argument(each)}`", each.help, "required" if each.required else "—") for each in arguments]
    rows += [(_option(each), each.help, _default(each)) for each in options]
    if rows:
        lines = [f"| {' | '.join(row)} |" for row in rows]
        yield "\n".join(["| argument or option | what it does | default |", "|---|---|---|", *lines, ""])


def _help(command: Any) -> str:
    return inspect.cleandoc(command.help or "")


def _argument(argument: Any) -> str:
    name = (argument.metavar or argument.name).strip("[]").upper()
    return f"{name}…" if argument.nargs == -1 else name


def _option(option: Any) -> str:
    names = [*option.opts, *option.secondary_opts]
    words = ", ".join(f"`{name}`" for name in names)
    if option.is_flag:
        return words
    takes = option.type_descriptor.annotation
    if isinstance(takes, type) and issubclass(takes, Enum):
        takes = Literal[tuple(each.value for each in takes)]
    if get_origin(takes) is Literal:
        return f"{words} {', '.join(get_args(takes))}"
    return f"{words} {option.metavar or NOUNS.get(takes, 'TEXT')}"


def _default(option: Any) -> str:
    if option.required:
        return "required"
    if option.default is None or option.default == [] or callable(option.default):
        return "—"
    if isinstance(option.default, bool):
        return "on" if option.default and option.secondary_opts else "—"
    return f"`{getattr(option.default, 'value', option.default)}`"
