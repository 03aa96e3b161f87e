"""The console's own addresses: paths with their parts quoted, and queries without what is empty."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

ROOT = "/console"


def address(*parts: object, **query: object) -> str:
    """Return the address of a page: `address("instances", id, state="waiting")`."""
    path = "/".join([ROOT, *(quote(str(part), safe="") for part in parts)])
    given = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def inside(target: str | None) -> str:
    """Return a target if it is an address of this console, else its first page: nobody is sent elsewhere."""
    first = address("")
    if not target or "\\" in target or not target.isprintable():
        return first
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not (parts.path == ROOT or parts.path.startswith(f"{ROOT}/")):
        return first
    return target if ".." not in parts.path else first
