"""The languages of the public pages: each is a `.po` file in `locale/`, compiled when it is first needed."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"
_FOLDER = files("api.public").joinpath("locale")


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that the pages speak: the one they are written in, then those with a file."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return (SOURCE_LANGUAGE, *sorted(name.removesuffix(".po") for name in names if name.endswith(".po")))


@cache
def translations(language: str) -> NullTranslations:
    """Return the translations into a language; the source language translates nothing."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    with _FOLDER.joinpath(f"{language}.po").open("rb") as stream:
        catalogue = read_po(stream, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def choose_language(known: str | None, accept_language: str) -> str:
    """Return the language to speak: the customer's if it is known, else what the browser asks for."""
    asked = [entry.partition(";")[0].strip() for entry in accept_language[:500].split(",")]
    for tag in [known or "", *asked]:
        if (language := tag.partition("-")[0].lower()) in languages():
            return language
    return SOURCE_LANGUAGE
