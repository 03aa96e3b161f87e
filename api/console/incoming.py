"""What comes in with an address or a form: text and numbers that the database can look up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import Path, Request

# No text in PostgreSQL has this sign.
NUL = "\x00"
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


class Illegible(Exception):
    """An address or a form holds a sign that stands for nothing."""


def legible(values: Iterable[object]) -> None:
    """Raise Illegible if a text among these values cannot be looked up."""
    if any(isinstance(value, str) and NUL in value for value in values):
        raise Illegible


def legible_address(request: Request) -> None:
    """Let a request pass only if its path and its query can be looked up."""
    legible(request.path_params.values())
    legible(request.query_params.values())
