"""The one place that knows the CEL library: parse and check a text, and get its tree back as data."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from cel_expr_python import cel

# An editor asks for the same conditions at each keystroke.
REMEMBERED = 2_048
_ERROR = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")
_OVERLOAD = re.compile(r"found no matching overload for '([^']*)' applied to '\(?([^()]*)\)?'")
_PRIMITIVES = {1: "bool", 2: "int", 3: "uint", 4: "double", 5: "string", 6: "bytes"}


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression: `kind` is constant, name, select, call, list or other; `at` is its offset."""

    kind: str
    id: int
    at: int
    value: Any = None
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Complaint:
    """What CEL does not accept: the offset, its own words, and for operators the types that they met."""

    at: int
    text: str
    function: str | None = None
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """An expression that CEL accepts; `types` holds the type of each node by its id."""

    root: Node
    types: Mapping[int, str]


class Refused(Exception):
    """CEL does not accept the text; `complaints` says why."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        self.complaints = complaints
        super().__init__("; ".join(each.text for each in complaints))


@dataclass(frozen=True, slots=True)
class Signature:
    """One overload of a function or operator, as CEL calls it (`_>_`)."""

    function: str
    parameters: tuple[str, ...]
    result: str
    member: bool = False


@lru_cache(maxsize=REMEMBERED)
def parse(text: str) -> Node:
    """Return the tree of a text without checking names or types; Refused if the syntax is wrong."""
    payload = _message(_compiled(_bare(), text, check=False))
    return _tree(_last(payload, 2), _positions(_last(payload, 3)))


def check(text: str, names: Mapping[str, str], signatures: tuple[Signature, ...]) -> Checked:
    """Return the tree with its types; Refused if a name or type does not fit. CEL's own library is switched off."""
    return _check(text, tuple(sorted(names.items())), signatures)


@lru_cache(maxsize=REMEMBERED)
def _check(text: str, names: tuple[tuple[str, str], ...], signatures: tuple[Signature, ...]) -> Checked:
    payload = _message(_compiled(_environment(names, signatures), text, check=True))
    entries = map(_message, _all(payload, 3))
    types = {_number(entry, 1): _type_name(_last(entry, 2)) for entry in entries}
    return Checked(_tree(_last(payload, 4), _positions(_last(payload, 5))), MappingProxyType(types))


def _compiled(environment: Any, text: str, *, check: bool) -> bytes:
    try:
        packed = environment.compile(text, disable_check=not check).serialize()
    except RuntimeError as error:
        raise Refused(tuple(_complaints(text, str(error)))) from None
    return _last(_message(packed), 2)


@lru_cache(maxsize=1)
def _bare() -> Any:
    return cel.NewEnv()


@lru_cache(maxsize=256)
def _environment(names: tuple[tuple[str, str], ...], signatures: tuple[Signature, ...]) -> Any:
    functions: dict[str, list[Any]] = {}
    for number, each in enumerate(signatures):
        parameters = [_type(name) for name in each.parameters]
        overload = cel.Overload(f"o{number}", _type(each.result), parameters, each.member)
        functions.setdefault(each.function, []).append(overload)
    return cel.NewEnv(
        config=cel.NewEnvConfigFromYaml("stdlib:\n  disable: true\n"),
        variables={name: _type(kind) for name, kind in names},
        functions=[cel.FunctionDecl(name, overloads) for name, overloads in functions.items()],
    )


def _type(name: str) -> Any:
    known = {
        "bool": cel.Type.BOOL,
        "int": cel.Type.INT,
        "double": cel.Type.DOUBLE,
        "string": cel.Type.STRING,
        "dyn": cel.Type.DYN,
    }
    if name.startswith("list "):
        return cel.Type.List(_type(name.removeprefix("list ")))
    return known.get(name) or cel.Type.AbstractType(name)


def _complaints(text: str, report: str) -> Iterator[Complaint]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found = False
    for line, column, words in _ERROR.findall(report):
        found = True
        at = starts[min(int(line), len(starts) - 1) - 1] + int(column) - 1
        overload = _OVERLOAD.match(words)
        types = tuple(part.strip() for part in overload.group(2).split(",")) if overload else ()
        yield Complaint(at, words, overload.group(1) if overload else None, types)
    if not found:
        yield Complaint(0, report.splitlines()[0])


# --- cel.expr's protocol buffers, read by field number: syntax.proto and checked.proto -----------------


Message = Mapping[int, list[int | bytes]]


def _message(data: bytes) -> Message:
    """Return the values of one message by their field numbers; nested messages and text as bytes."""
    fields: dict[int, list[int | bytes]] = {}
    at, end = 0, len(data)
    while at < end:
        tag, at = _varint(data, at)
        value: int | bytes
        match tag & 7:
            case 0:
                value, at = _varint(data, at)
            case 1:
                value, at = data[at : at + 8], at + 8
            case 2:
                size, at = _varint(data, at)
                value, at = data[at : at + size], at + size
            case wire:
                raise ValueError(f"wire type {wire} does not occur in cel.expr")
        fields.setdefault(tag >> 3, []).append(value)
    return fields


def _varint(data: bytes, at: int) -> tuple[int, int]:
    byte = data[at]
    if byte < 128:
        return byte, at + 1
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def _all(message: Message, number: int) -> list[bytes]:
    return [value for value in message.get(number, ()) if isinstance(value, bytes)]


def _last(message: Message, number: int) -> bytes:
    found = _all(message, number)
    return found[-1] if found else b""


def _number(message: Message, number: int) -> int:
    return next((value for value in message.get(number, ()) if isinstance(value, int)), 0)


def _positions(source_info: bytes) -> dict[int, int]:
    entries = map(_message, _all(_message(source_info), 4))
    return {_number(entry, 1): _number(entry, 2) for entry in entries}


def _type_name(data: bytes) -> str:
    """Return the name of a checked type: a primitive, `list X`, an abstract type's own name, else `dyn`."""
    for number, values in _message(data).items():
        match number, values[0]:
            case 2, bytes():
                return "null"
            case 3, int(value):
                return _PRIMITIVES.get(value, "dyn")
            case 6, bytes(value):
                return f"list {_type_name(_last(_message(value), 1))}"
            case 14, bytes(value):
                return _last(_message(value), 1).decode()
    return "dyn"


def _tree(data: bytes, places: Mapping[int, int]) -> Node:
    message = _message(data)
    number = _number(message, 2)
    at = places.get(number, 0)
    for key, values in message.items():
        value = values[0]
        if not isinstance(value, bytes):
            continue
        inner = _message(value)
        match key:
            case 3:
                return Node("constant", number, at, _constant(inner))
            case 4:
                return Node("name", number, at, _last(inner, 1).decode())
            case 5:
                kind = "other" if _number(inner, 3) else "select"
                return Node(kind, number, at, _last(inner, 2).decode(), (_tree(_last(inner, 1), places),))
            case 6:
                target = [_tree(each, places) for each in _all(inner, 1)]
                arguments = [_tree(each, places) for each in _all(inner, 3)]
                return Node("call", number, at, _last(inner, 2).decode(), (*target, *arguments))
            case 7:
                return Node("list", number, at, None, tuple(_tree(each, places) for each in _all(inner, 1)))
    return Node("other", number, at)


def _constant(message: Message) -> Any:
    for number, values in message.items():
        match number, values[0]:
            case 2, int(value):
                return bool(value)
            case 3, int(value):
                return value - (1 << 64) if value >= 1 << 63 else value
            case 4, int(value):
                return value
            case 5, bytes(value):
                return struct.unpack("<d", value)[0]
            case 6, bytes(value):
                return value.decode()
            case 7, bytes(value):
                return value
    return None
