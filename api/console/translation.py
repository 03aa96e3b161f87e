"""The console's languages: each is a `.po` file in `locale/`; what is said of plans comes from their own wording."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations

from babel import Locale

from punchcard.wording import translation

SOURCE_LANGUAGE = translation.SOURCE_LANGUAGE
PACKAGE = "api.console"


def languages() -> tuple[str, ...]:
    """Return the languages that the console speaks: the one it is written in, then those with a file."""
    return translation.languages(PACKAGE)


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the translations into a language, of the console and behind them of plans."""
    translations = translation.compiled(PACKAGE, language)
    translations.add_fallback(translation.catalogue(language))
    return translations


def choose_locale(setting: str | None, accept_language: str) -> Locale:
    """Return whose dates, numbers and words a viewer reads: by their own setting, else by what the browser asks for."""
    return translation.choose_locale(setting, accept_language, languages())
