"""The fixed texts in each language."""

import re
from importlib.resources import files

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from punchcard.messages.catalogue import TEXTS, UNSUBSCRIBE, locale_for, translate

LANGUAGES = sorted(
    file.name.removesuffix(".po")
    for file in files("punchcard.messages").joinpath("locale").iterdir()
    if file.name.endswith(".po")
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_complete(language: str) -> None:
    """A language's file translates every text, and keeps its placeholders."""
    with files("punchcard.messages").joinpath("locale", f"{language}.po").open("rb") as stream:
        catalogue = read_po(stream, locale=language, abort_invalid=True)
    entries = {str(entry.id): str(entry.string) for entry in catalogue if entry.id}
    assert set(entries) == set(TEXTS)
    for text, translation in entries.items():
        assert translation
        assert re.findall(r"%\(\w+\)s", translation) == re.findall(r"%\(\w+\)s", text)


@pytest.mark.parametrize(
    ("tag", "expected"), [("de", "de"), ("de-CH", "de_CH"), ("de-ZZ", "de_DE"), ("xx", "en"), ("", "en")]
)
def test_locales_fall_back(tag: str, expected: str) -> None:
    """An unknown region falls back to its language, an unknown language to English."""
    assert str(locale_for(tag)) == expected


def test_translate() -> None:
    """A language without a file reads English."""
    assert translate(UNSUBSCRIBE, Locale("de", "CH")) == "Abmelden"
    assert translate(UNSUBSCRIBE, Locale("fr")) == "Unsubscribe"
