"""Templates to pages: Jinja2 that escapes everything, refuses unknown names, and speaks the viewer's language."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from api.console.addresses import address
from punchcard.wording.names import title_of

STATIC = "/console/static"


class Pages:
    """The console's templates."""

    def __init__(self) -> None:
        self._environment = environment()

    def render(self, template: str, context: dict[str, Any]) -> str:
        """Return a template filled in; `speech` must be in the context."""
        return self._environment.get_template(template).render(context)

    def show(self, template: str, context: dict[str, Any], *, status: int = 200) -> HTMLResponse:
        """Return a template filled in, as a response."""
        return HTMLResponse(self.render(template, context), status_code=status)


@cache
def environment() -> Environment:
    """Return the templates' environment; compiled templates are shared by all consoles of a process."""
    made = Environment(
        loader=PackageLoader("api.console", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_callables(_gettext, _ngettext, newstyle=True, pgettext=_pgettext)  # type: ignore[attr-defined]
    made.globals.update(static=static, address=address)
    made.filters["title_of"] = title_of
    return made


@pass_context
def _gettext(context: Context, text: str) -> str:
    return str(context["speech"].gettext(text))


@pass_context
def _ngettext(context: Context, one: str, many: str, count: int) -> str:
    return str(context["speech"].ngettext(one, many, count))


@pass_context
def _pgettext(context: Context, name: str, text: str) -> str:
    return str(context["speech"].pgettext(name, text))


@cache
def static(name: str) -> str:
    """Return the address of a static file, which changes with its content, so that browsers may keep it."""
    file = files("api.console").joinpath("static", *name.split("/"))
    if not file.is_file():
        return f"{STATIC}/{name}"
    return f"{STATIC}/{name}?{hashlib.sha256(file.read_bytes()).hexdigest()[:10]}"
