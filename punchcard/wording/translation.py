"""The languages that plans are told in: each is a `.po` file in `locale/`, compiled when it is first needed."""

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
def languages(package: str = "punchcard.wording") -> tuple[str, ...]:
    """Return the languages that a package speaks: the one it is written in, then those with a file."""
    translated = (entry.name for entry in files(package).joinpath("locale").iterdir())
    return (
        SOURCE_LANGUAGE,
        *sorted(name.removesuffix(".po") for name in translated if name.endswith(".po")),
    )


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the translations of what is said of plans; the source language translates nothing."""
    return compiled("punchcard.wording", language)


def compiled(package: str, language: str) -> NullTranslations:
    """Compile a package's file for a language in memory; without a file nothing is translated."""
    if language == SOURCE_LANGUAGE or language not in languages(package):
        return NullTranslations()
    with files(package).joinpath("locale", f"{language}.po").open("rb") as stream:
        messages = read_po(stream, locale=language)
    binary = BytesIO()
    write_mo(binary, messages)
    binary.seek(0)
    return GNUTranslations(binary)


def choose_locale(setting: str | None, accept_language: str, spoken: tuple[str, ...] | None = None) -> Locale:
    """Return whose dates, numbers and words a reader reads: by their own setting, else by what the browser asks for.

    The region is kept (`en-GB` writes its dates another way than `en-US`), the language is one of `spoken`,
    or else one that plans are told in.
    """
    known = languages() if spoken is None else spoken
    wanted = ([setting] if setting else []) + _accepted(accept_language)
    for tag in wanted:
        parsed = _parse(tag, known)
        if parsed is not None and parsed.language in known:
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


def _parse(tag: str, spoken: tuple[str, ...]) -> Locale | None:
    if negotiate_locale([tag], spoken, sep="-") is None:
        return None
    for candidate in (tag, tag.split("-")[0]):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None
