"""Plans, states and events as plain JSON data, and the hash that names a plan.

One generic codec over frozen dataclasses: a member of a union carries its class name as `kind`,
and fields at their default are left out, so that adding a field later does not rename old plans.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

from punchcard.plan import model
from punchcard.plan.model import Plan

T = TypeVar("T")
Reader = Callable[[Any], Any]

SCALARS = frozenset({str, int, bool, float, type(None)})


def encode(value: Any) -> Any:
    """Turn a dataclass (or a tuple, mapping or scalar of such) into plain JSON data."""
    kind = type(value)
    if kind in SCALARS:
        return value
    if kind is tuple or kind is list:
        return [encode(item) for item in value]
    if kind is dict:
        return {key: encode(item) for key, item in value.items()}
    data: dict[str, Any] = {"kind": kind.__name__}
    for name, default in _defaults(typing.cast(Any, kind)):
        item = getattr(value, name)
        if item != default or default is MISSING:
            data[name] = encode(item)
    return data


def decode(kind: type[T], data: Any) -> T:
    """Turn JSON data back into an instance of `kind`; ValueError if a field is unknown or the kind is another."""
    if data.get("kind", kind.__name__) != kind.__name__:
        raise ValueError(f"expected a {kind.__name__}, found a {data['kind']}")
    readers = _readers(typing.cast(Any, kind))
    try:
        values = {name: readers[name](item) for name, item in data.items() if name != "kind"}
    except KeyError:
        unknown = sorted(set(data) - set(readers) - {"kind"})
        raise ValueError(f"{kind.__name__} has no field {', '.join(unknown)}") from None
    return kind(**values)


def plan_json(plan: Plan) -> str:
    """Return the plan's canonical JSON: keys sorted, no white space, no escapes."""
    return json.dumps(encode(plan), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plan_hash(text: str) -> str:
    """Return the name of the plan that has this canonical JSON: its SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_plan(text: str) -> Plan:
    """Return the plan that `plan_json` wrote; ValueError if the schema is newer than this code."""
    data = json.loads(text)
    if data.get("schema", model.SCHEMA) > model.SCHEMA:
        raise ValueError(f"plan schema {data['schema']} is newer than {model.SCHEMA}: upgrade this worker")
    return decode(Plan, data)


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    """The (field, default) pairs of a dataclass; MISSING where there is none or it is made by a factory."""
    assert all(f.name != "kind" for f in fields(kind)), f"{kind.__name__}.kind would hide what it is"
    return tuple((f.name, f.default) for f in fields(kind))


@cache
def _readers(kind: type[Any]) -> dict[str, Reader]:
    """How each field of a dataclass is read."""
    # Names are looked up where the class was written: in a workflow's sandbox `sys.modules` is another one.
    hints = typing.get_type_hints(kind, kind.__init__.__globals__)
    return {name: _reader(hint) for name, hint in hints.items()}


@cache
def _reader(hint: Any) -> Reader:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _union_reader(hint)
    if origin is tuple:
        item = _reader(typing.get_args(hint)[0])
        return lambda data: None if data is None else tuple(item(entry) for entry in data)
    if is_dataclass(hint):
        kind = typing.cast(Any, hint)
        return lambda data: None if data is None else decode(kind, data)
    return lambda data: data


def _union_reader(union: Any) -> Reader:
    members = {member.__name__: member for member in typing.get_args(union) if isinstance(member, type)}

    def read(data: Any) -> Any:
        if isinstance(data, dict) and data.get("kind") in members:
            return decode(members[data["kind"]], data)
        return tuple(data) if isinstance(data, list) else data

    return read
