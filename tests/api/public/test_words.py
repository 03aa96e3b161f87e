"""The public pages' languages."""

from importlib.resources import files

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from api.public.words import choose_language, languages, translations


def test_every_text_of_the_templates_is_translated() -> None:
    """No page is half in one language and half in another."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    texts: set[str] = set()
    for template in files("api.public").joinpath("templates").iterdir():
        tree = environment.parse(template.read_text(encoding="utf-8"))
        texts |= {str(text[0] if isinstance(text, tuple) else text) for _, _, text in extract_from_ast(tree)}
    assert len(texts) > 10
    for language in languages()[1:]:
        catalogue = translations(language)
        assert {text for text in texts if catalogue.gettext(text) == text} == set()


def test_the_customers_language_counts_before_the_browsers() -> None:
    """And English is spoken to those whose language is not."""
    assert choose_language("de-AT", "en") == "de"
    assert choose_language(None, "fr, de;q=0.5") == "de"
    assert choose_language("fr", "") == "en"
