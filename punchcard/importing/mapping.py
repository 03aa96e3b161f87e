"""Which column of a file holds which field: as the person says, and guessed from the headers for the rest."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from punchcard.importing.errors import UnusableFileError
from punchcard.importing.fields import ATTRIBUTE, FIELDS, Kind, plain

_ATTRIBUTE_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """For each mapped field the index of its column; `guessed` names the fields that nobody has stated."""

    columns: Mapping[str, int]
    guessed: tuple[str, ...] = ()

    def __contains__(self, field: str) -> bool:
        """Return whether the file has a column for this field."""
        return field in self.columns

    def attributes(self) -> dict[str, int]:
        """Return the columns of attributes, by the attribute's name."""
        return {
            name.removeprefix(ATTRIBUTE): column
            for name, column in self.columns.items()
            if name.startswith(ATTRIBUTE)
        }


def map_columns(
    kind: Kind, headers: Sequence[str], stated: Sequence[str], *, header: bool = True, lines: bool = False
) -> ColumnMap:
    """Return the columns of each field; UnusableFileError if one is unknown or a required one is missing.

    `stated` holds texts such as `customer=CUSTOMER_ID`. With `lines`, each row is one line of an order.
    """
    columns = dict(_read_statement(kind, headers, text, header=header) for text in stated)
    guessed = _guess(kind, headers, columns, lines=lines) if header else {}
    found = ColumnMap({**columns, **guessed}, tuple(guessed))
    _nothing_is_missing(kind, found, headers)
    return found


def _read_statement(kind: Kind, headers: Sequence[str], text: str, *, header: bool) -> tuple[str, int]:
    field, separator, column = (part.strip() for part in text.partition("="))
    if not separator or not column:
        raise UnusableFileError(
            f"--map {text} names no column.", remedy="Write --map customer=CUSTOMER_ID, for example."
        )
    _field_is_known(kind, field)
    names = [name.casefold() for name in headers]
    if column.casefold() not in names:
        near = difflib.get_close_matches(column, headers, n=1, cutoff=0.5)
        columns = f"columns {', '.join(headers)}" if header else f"columns 1 to {len(headers)}, by number"
        raise UnusableFileError(
            f"--map {text}: the file has no column {column!r}.",
            remedy=f"Did you mean {near[0]!r}?" if near and header else f"It has the {columns}.",
        )
    return field, names.index(column.casefold())


def _field_is_known(kind: Kind, field: str) -> None:
    if field.startswith(ATTRIBUTE) and kind is not Kind.REFUNDS:
        if _ATTRIBUTE_NAME.fullmatch(field.removeprefix(ATTRIBUTE)):
            return
        raise UnusableFileError(
            f"{field!r} cannot be an attribute's name.",
            remedy="Use small letters, digits and underscores: --map attribute.shoe_size=Size.",
        )
    known = [each.name for each in FIELDS[kind]]
    if field not in known:
        near = difflib.get_close_matches(field, known, n=1)
        raise UnusableFileError(
            f"{kind.value} have no field {field!r}.",
            remedy=f"Did you mean {near[0]!r}?" if near else f"They have {', '.join(known)}.",
        )


def _guess(kind: Kind, headers: Sequence[str], stated: Mapping[str, int], *, lines: bool) -> dict[str, int]:
    """Take for each field that is not stated the surest header that no other field has."""
    by_name = {plain(name): index for index, name in reversed(list(enumerate(headers))) if plain(name)}
    guessed: dict[str, int] = {}
    for field in FIELDS[kind]:
        if field.name in stated:
            continue
        taken = {*stated.values(), *guessed.values()}
        # One column may be both: many shops know their customers by e-mail address.
        shared = (
            {guessed[name] for name in ("customer",) if name in guessed} if field.name == "email" else set()
        )
        columns = (by_name[name] for name in field.headers if name in by_name)
        column = next((index for index in columns if index not in taken - shared), None)
        if column is not None:
            guessed[field.name] = column
    return _one_measure(guessed, stated, lines=lines)


def _one_measure(guessed: dict[str, int], stated: Mapping[str, int], *, lines: bool) -> dict[str, int]:
    """Of a guessed amount and a guessed unit price keep the one that fits rows that are orders, or lines."""
    if "price" in stated or (lines and "price" in guessed and "amount" not in stated):
        guessed.pop("amount", None)
    elif "amount" in guessed or "amount" in stated:
        guessed.pop("price", None)
    return guessed


def _nothing_is_missing(kind: Kind, found: ColumnMap, headers: Sequence[str]) -> None:
    missing = [field for field in FIELDS[kind] if field.required and field.name not in found]
    if missing:
        field = missing[0]
        raise UnusableFileError(
            f"No column says {field.meaning} ({field.name}).",
            remedy=f"Name it: --map {field.name}=COLUMN; the columns are {', '.join(headers)}.",
        )
    if kind is Kind.ORDERS and ("amount" in found) == ("price" in found):
        both = "amount" in found
        raise UnusableFileError(
            "Both an amount and a unit price are mapped."
            if both
            else "No column says what was paid for the goods (amount).",
            remedy="Leave one of them out."
            if both
            else f"Name it: --map amount=COLUMN, or --map price=COLUMN with --map quantity=COLUMN; "
            f"the columns are {', '.join(headers)}.",
        )
