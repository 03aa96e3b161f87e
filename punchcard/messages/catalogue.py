"""The fixed texts around a message, in each language that has a file in `locale/`."""

from functools import lru_cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"

YES, NO = "yes", "no"
YOUR_ANSWER = "Your answer:"
WRITE_ANSWER = "Write your answer"
UNSUBSCRIBE = "Unsubscribe"
VIEW = "View in your browser"
WHY_MARKETING = "You get this e-mail because you are a customer of %(brand)s and agreed to receive offers."
WHY_TRANSACTIONAL = "You get this e-mail because it concerns your order or your reward at %(brand)s."
TEXTS = (YES, NO, YOUR_ANSWER, WRITE_ANSWER, UNSUBSCRIBE, VIEW, WHY_MARKETING, WHY_TRANSACTIONAL)


@lru_cache(maxsize=128)
def locale_for(language: str) -> Locale:
    """The locale of a language tag such as `de` or `pt-BR`; English where none is known."""
    for tag in (language.replace("-", "_"), language.replace("_", "-").split("-")[0]):
        try:
            return Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(SOURCE_LANGUAGE)


@lru_cache(maxsize=32)
def _catalogue(language: str) -> Catalog | None:
    file = files("punchcard.messages").joinpath("locale", f"{language}.po")
    if not file.is_file():
        return None
    with file.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def translate(text: str, locale: Locale) -> str:
    """The text in the locale's language, or as it is where no translation exists."""
    catalogue = _catalogue(locale.language)
    entry = catalogue.get(text) if catalogue else None
    return str(entry.string) if entry is not None and entry.string else text
