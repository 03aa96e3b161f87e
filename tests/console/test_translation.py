"""The console's languages: complete, and chosen by setting, then by browser."""

from __future__ import annotations

from pathlib import Path

import pytest

import api.console
from api.console.translation import catalogue, choose_locale, languages
from tests.support.translations import misfilled, spoken, translated

CONSOLE = Path(api.console.__file__).parent
TRANSLATED = [language for language in languages() if language != "en"]


def test_german_is_there_from_the_start() -> None:
    """The console speaks English and German."""
    assert languages()[0] == "en"
    assert "de" in languages()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_nothing_else(language: str) -> None:
    """A text without translation, or a translation of nothing, is a mistake."""
    assert translated("api.console", language) == spoken("api.console", CONSOLE)


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    """A translation names the same values as its original, so that filling it in cannot fail."""
    assert misfilled("api.console", language) == []


def test_a_catalogue_is_compiled_in_memory() -> None:
    """No compiled file is needed beside the text."""
    assert catalogue("de").gettext("Sign in") == "Anmelden"
    assert catalogue("de").gettext("Started by hand") == "Von Hand gestartet", "said of plans"
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
