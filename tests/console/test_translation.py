"""The console's languages: complete, and chosen by setting, then by browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import api.console
from api.console.translation import catalogue, choose_locale, languages

CONSOLE = Path(api.console.__file__).parent
TRANSLATED = [language for language in languages() if language != "en"]
HOLES = re.compile(r"%\((\w+)\)s")


def _spoken() -> set[tuple[str | None, str]]:
    """All that the console says, as (context, text); of a text that counts, its singular."""
    with (CONSOLE / "locale" / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    found = extract_from_dir(CONSOLE, methods, options)
    return {(context, text[0] if isinstance(text, tuple) else text) for _, _, text, _, context in found}


def _written(language: str) -> Catalog:
    with (CONSOLE / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def test_german_is_there_from_the_start() -> None:
    """The console speaks English and German."""
    assert languages()[0] == "en"
    assert "de" in languages()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_nothing_else(language: str) -> None:
    """A text without translation, or a translation of nothing, is a mistake."""
    written = {
        (message.context, message.id[0] if isinstance(message.id, tuple) else message.id)
        for message in _written(language)
        if message.id and all(_forms(message.string))
    }
    assert written == _spoken()


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    """A translation names the same values as its original, so that filling it in cannot fail."""
    for message in _written(language):
        wanted = set(HOLES.findall(" ".join(_forms(message.id))))
        for form in _forms(message.string):
            assert set(HOLES.findall(form)) <= wanted, message.id
        assert set(HOLES.findall(" ".join(_forms(message.string)))) == wanted, message.id


def _forms(text: Any) -> tuple[str, ...]:
    """A text in each of its forms: one, or one for each number of things."""
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)


def test_a_catalogue_is_compiled_in_memory() -> None:
    """No compiled file is needed beside the text."""
    assert catalogue("de").gettext("Sign in") == "Anmelden"
    assert not list(CONSOLE.rglob("*.mo"))


@pytest.mark.parametrize(
    ("setting", "header", "chosen"),
    [
        (None, "de-AT,de;q=0.9,en;q=0.8", "de_AT"),
        (None, "fr-FR,fr;q=0.9,en-GB;q=0.8,de;q=0.7", "en_GB"),
        ("de", "en-US", "de"),
        (None, "en;q=0.2,de;q=0.9", "de"),
        (None, "", "en"),
        (None, "*", "en"),
        ("xx", "de", "de"),
        (None, "de;q=nonsense,en-US;q=0", "en"),
    ],
)
def test_the_language_is_the_viewers_own_then_the_browsers(
    setting: str | None, header: str, chosen: str
) -> None:
    """The region is kept, since dates and numbers follow it."""
    assert str(choose_locale(setting, header)) == chosen
