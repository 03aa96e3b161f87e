"""The console's languages: each is a `.po` file in `locale/`, compiled when the process starts."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that the console speaks: the one it is written in, then those with a file."""
    folder = files("api.console").joinpath("locale")
    translated = (entry.name for entry in folder.iterdir() if entry.name.endswith(".po"))
    return (SOURCE_LANGUAGE, *sorted(name.removesuffix(".po") for name in translated))


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the translations into a language, compiled in memory; the source language translates nothing."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    file = files("api.console").joinpath("locale", f"{language}.po")
    with file.open("rb") as stream:
        messages = read_po(stream, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


def choose_locale(setting: str | None, accept_language: str) -> Locale:
    """Return whose dates, numbers and words a viewer reads: by their own setting, else by what the browser asks for.

    The region is kept (`en-GB` writes its dates another way than `en-US`), the language is one that the
    console speaks.
    """
    wanted = ([setting] if setting else []) + _accepted(accept_language)
    for tag in wanted:
        parsed = _parse(tag)
        if parsed is not None and parsed.language in languages():
            return parsed
    return Locale(SOURCE_LANGUAGE)


def _accepted(header: str) -> list[str]:
    """The tags of an Accept-Language header, most wanted first (RFC 9110, 12.5.4)."""
    weighted = []
    for place, entry in enumerate(header[:500].split(",")):
        tag, _, parameter = entry.partition(";")
        name, _, value = parameter.strip().partition("=")
        try:
            weight = float(value) if name == "q" else 1.0
        except ValueError:
            weight = 0.0
        if tag.strip() and weight > 0:
            weighted.append((-weight, place, tag.strip()))
    return [tag for _, _, tag in sorted(weighted)]


def _parse(tag: str) -> Locale | None:
    if negotiate_locale([tag], languages(), sep="-") is None:
        return None
    for candidate in (tag, tag.split("-")[0]):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None
