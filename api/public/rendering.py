"""Public pages made of templates: escaped, translated, and sent with headers that keep their address secret."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.public.words import translations

# Nothing is loaded but the style sheet, and a form can lead nowhere but here.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("api.public"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    return environment


def page(template: str, language: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page in a language."""
    text = _environment(language).get_template(template).render(language=language, **values)
    return HTMLResponse(text, status, HEADERS)
