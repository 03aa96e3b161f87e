"""Filled-in text without its signs: as plain text, as HTML, and as an address that is safe to follow."""

import re
from html import escape
from urllib.parse import quote, urlsplit

from punchcard.messages.mistake import RenderFailure
from punchcard.messages.sandbox import ABSENT, VALUE_BEGINS, VALUE_ENDS

_VALUE = re.compile(f"{VALUE_BEGINS}([^{VALUE_ENDS}]*){VALUE_ENDS}")
_HOLES = (
    (re.compile(rf"\*\*[ \t]*{ABSENT}[ \t]*\*\*"), ABSENT),
    (re.compile(rf"^{ABSENT}[,;:]?[ \t]*", re.MULTILINE), ""),
    (re.compile(rf"[,;]?[ \t]{{0,8}}{ABSENT}"), ""),
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
SAFE_SCHEMES = ("http", "https", "mailto")
LONGEST_HEADER = 300


def close_holes(filled: str) -> str:
    """Takes an absent value out, with the comma and the space that led to it."""
    for pattern, replacement in _HOLES:
        filled = pattern.sub(replacement, filled)
    return filled


def plain(filled: str) -> str:
    """The text as a person reads it."""
    return _VALUE.sub(lambda match: match[1], filled)


def html(filled: str) -> str:
    """The text with everything that HTML would take for its own escaped."""
    return escape(plain(filled), quote=True)


def one_line(filled: str) -> str:
    """The text for a header: one line, no control characters."""
    line = " ".join(_CONTROL.sub(" ", plain(filled)).split())
    return line if len(line) <= LONGEST_HEADER else line[: LONGEST_HEADER - 1] + "…"


def address(filled: str) -> str:
    """A link's target: values inside it are percent-encoded, a value alone is taken as it is.

    Raises `RenderFailure` unless it is an http, https or mailto address.
    """
    alone = _VALUE.fullmatch(filled)
    target = alone[1] if alone else _VALUE.sub(lambda match: quote(match[1], safe=""), filled)
    try:
        parts = urlsplit(target)
    except ValueError as cause:
        raise RenderFailure(f"a link leads to {target!r}: {cause}") from cause
    if parts.scheme not in SAFE_SCHEMES or not (parts.netloc or parts.scheme == "mailto"):
        raise RenderFailure(f"a link leads to {target!r}; it must begin with https://")
    if _CONTROL.search(target) or " " in target:
        raise RenderFailure(f"a link leads to {target!r}; it must not contain spaces")
    return target
