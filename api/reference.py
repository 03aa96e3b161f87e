"""The generated page of the reference that lists every operation of the API with the scopes that allow it."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.app import NOUNS
from api.auth import Allowed

_HEAD = """\
# Operations of the API

Written from the program by `python docs/generate.py`; don't edit it.

Every operation with its scopes: a key needs one of them. Fields, types and examples stand on your installation's own
page (`/docs`) and in the document behind it (`/openapi.json`); [the API](api.md) shows how they play together.
"""


def operations_page() -> str:
    """Return the page of all operations."""
    parts = [_HEAD]
    tag = ""
    for route in operations():
        if str(route.tags[0]) != tag:
            tag = str(route.tags[0])
            parts.append(f"\n## {tag}\n\n| operation | what it does | scopes |\n|---|---|---|\n")
        parts.append(f"| {operation(route)} | {route.summary} | {_scopes(route)} |\n")
    return "".join(parts)


def operations() -> list[APIRoute]:
    """Return the routes that integrators may use, by noun."""
    return [route for noun in NOUNS for route in noun.router.routes if isinstance(route, APIRoute)]


def operation(route: APIRoute) -> str:
    """Return method and path of a route."""
    return f"`{' '.join(sorted(route.methods or ()))} {route.path}`"


def _scopes(route: APIRoute) -> str:
    found = [scope for allowed in _allowed(route.dependant) for scope in allowed.scopes]
    return ", ".join(f"`{scope}`" for scope in found) or "none needed"


def _allowed(dependant: Dependant) -> Iterator[Allowed]:
    if isinstance(dependant.call, Allowed):
        yield dependant.call
    for inner in dependant.dependencies:
        yield from _allowed(inner)
