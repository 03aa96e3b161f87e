"""Plans are told in every language that the console speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

import punchcard.wording
from api.console import translation as console
from punchcard.wording.translation import catalogue, choose_locale, languages
from tests.support.translations import misfilled, spoken, translated

PUNCHCARD = Path(punchcard.wording.__file__).parent.parent
TRANSLATED = [language for language in languages() if language != "en"]


def test_plans_are_told_in_the_consoles_languages() -> None:
    """No page of the console falls back to English where it speaks of a plan."""
    assert set(console.languages()) <= set(languages())


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_nothing_else(language: str) -> None:
    """A text without translation, or a translation of nothing, is a mistake."""
    assert translated("punchcard.wording", language) == spoken("punchcard.wording", PUNCHCARD)


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    """A translation names the same values as its original, so that filling it in cannot fail."""
    assert misfilled("punchcard.wording", language) == []


def test_a_language_without_a_file_is_read_in_english() -> None:
    """Whoever asks for a language that nobody has written reads the source."""
    assert catalogue("fr").gettext("Started by hand") == "Started by hand"
    assert str(choose_locale(None, "fr-FR,fr;q=0.9")) == "en"
