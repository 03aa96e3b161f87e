"""Plans, states and events as plain JSON data, and the hash that names a plan.

One generic codec over frozen dataclasses: a member of a union carries its class name as `kind`,
and fields at their default are left out, so that adding a field later does not rename old plans.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

from punchcard.plan import model
from punchcard.plan.model import Plan

T = TypeVar("T")


def encode(value: Any) -> Any:
    """Turn a dataclass (or a tuple, mapping or scalar of such) into plain JSON data."""
    if is_dataclass(value) and not isinstance(value, type):
        data: dict[str, Any] = {"kind": type(value).__name__}
        for name, default in _defaults(type(value)):
            item = getattr(value, name)
            if item != default or default is MISSING:
                data[name] = encode(item)
        return data
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {key: encode(item) for key, item in value.items()}
    return value


def decode(kind: type[T], data: Any) -> T:
    """Turn JSON data back into an instance of `kind`; ValueError if a field is unknown or the kind is another."""
    if data.get("kind", kind.__name__) != kind.__name__:
        raise ValueError(f"expected a {kind.__name__}, found a {data['kind']}")
    hints = _hints(typing.cast(Any, kind))
    unknown = set(data) - set(hints) - {"kind"}
    if unknown:
        raise ValueError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
    return kind(**{name: _read(hints[name], item) for name, item in data.items() if name != "kind"})


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
    return tuple((f.name, f.default) for f in fields(kind))


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    # Names are looked up where the class was written: in a workflow's sandbox `sys.modules` is another one.
    return typing.get_type_hints(kind, kind.__init__.__globals__)


@cache
def _members(union: Any) -> dict[str, type]:
    return {member.__name__: member for member in typing.get_args(union) if isinstance(member, type)}


def _read(hint: Any, data: Any) -> Any:
    origin = typing.get_origin(hint)
    if data is None:
        return None
    if origin in (types.UnionType, typing.Union):
        if isinstance(data, dict) and data.get("kind") in _members(hint):
            return decode(_members(hint)[data["kind"]], data)
        return tuple(data) if isinstance(data, list) else data
    if origin is tuple:
        item = typing.get_args(hint)[0]
        return tuple(_read(item, entry) for entry in data)
    if is_dataclass(hint):
        return decode(typing.cast(type, hint), data)
    return data
