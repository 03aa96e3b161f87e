"""What a package says, and what its file for a language says of it."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

# Why a part of a campaign is of its class is written where it is decided: `Reason(part, class, why)`.
KEYWORDS = {**DEFAULT_KEYWORDS, "Reason": (3,)}
# Where there is only one thing of a kind, a language may leave out its name.
ONLY = "only "
HOLES = re.compile(r"%\((\w+)\)s")
Text = tuple[str | None, str]


def spoken(package: str, root: Path) -> set[Text]:
    """All that is said below a folder, as (context, text); of a text that counts, its singular."""
    with _file(package, "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    found = extract_from_dir(root, methods, options, keywords=KEYWORDS)
    return {(context, _singular(text)) for _, _, text, _, context in found}


def translated(package: str, language: str) -> set[Text]:
    """What a package's file has a translation of."""
    return {
        (message.context, _singular(message.id))
        for message in _written(package, language)
        if message.id and all(_forms(message.string))
    }


def misfilled(package: str, language: str) -> list[Any]:
    """The texts whose translation fills in other values than they do."""
    return [message.id for message in _written(package, language) if not _fits(message)]


def _singular(text: Any) -> str:
    return str(text[0] if isinstance(text, list | tuple) else text)


def _fits(message: Message) -> bool:
    wanted = set(HOLES.findall(" ".join(_forms(message.id))))
    each = [set(HOLES.findall(form)) for form in _forms(message.string)]
    complete = (message.context or "").startswith(ONLY) or set().union(*each) == wanted
    return complete and all(holes <= wanted for holes in each)


def _written(package: str, language: str) -> Catalog:
    with _file(package, f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _file(package: str, name: str) -> Path:
    return Path(str(files(package))) / "locale" / name


def _forms(text: Any) -> tuple[str, ...]:
    """A text in each of its forms: one, or one for each number of things."""
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)
