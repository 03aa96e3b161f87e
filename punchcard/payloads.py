"""How payloads travel: plain JSON without what goes without saying, and a plan by its hash alone (a claim check).

So histories stay small, and what crosses between workflows and activities costs little to read.

What a hash names never changes, so the pin stays exact. A plan that cannot be found fails the workflow's
task, not the workflow: it goes on once the plan is there.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
    PayloadCodec,
)

from punchcard.contracts import (
    Delivery,
    EffectRequest,
    JourneyStart,
    PinnedPlan,
    SendResult,
    TickRequest,
    TickResult,
)
from punchcard.plan.codec import plan_hash

REFERENCE = b"punchcard/plan"
_MARK = b'{"hash":"'


class PlanCodec(PayloadCodec):
    """Stores plans as references; `find` returns the canonical JSON of a hash, from the database."""

    def __init__(self, find: Callable[[str], str]) -> None:
        self._find = find
        self._found: dict[str, Payload] = {}

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Replace each pinned plan by its hash."""
        return [_reference(payload) if payload.data.startswith(_MARK) else payload for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Bring each plan back; raises what `find` raises if it is missing, ValueError if it is another."""
        return [
            await self._plan(payload) if payload.metadata.get("encoding") == REFERENCE else payload
            for payload in payloads
        ]

    async def _plan(self, payload: Payload) -> Payload:
        name = payload.data.decode()
        found = self._found.get(name)
        if found is None:
            text = await asyncio.to_thread(self._find, name)
            if plan_hash(text) != name:
                raise ValueError(f"the stored plan {name[:12]} does not have the content that names it")
            data = json.dumps({"hash": name, "text": text}, separators=(",", ":")).encode()
            found = self._found[name] = Payload(metadata={"encoding": b"json/plain"}, data=data)
        return found


def _reference(payload: Payload) -> Payload:
    name = json.loads(payload.data)["hash"]
    return Payload(metadata={"encoding": REFERENCE}, data=name.encode())


class _Shape:
    """One class of the contracts as a JSON object; fields at their default are left out."""

    def __init__(self, kind: type[Any]) -> None:
        self._kind = kind
        fields = dataclasses.fields(kind)
        self._fields = tuple((field.name, _default(field)) for field in fields)
        self._names = frozenset(field.name for field in fields)

    def encode(self, value: Any) -> dict[str, Any]:
        data = {}
        for name, default in self._fields:
            item = getattr(value, name)
            if item != default:
                data[name] = item
        return data

    def decode(self, data: Mapping[str, Any]) -> Any:
        """Read an object; what a newer version has added to it is passed over."""
        values = {name: item for name, item in data.items() if name in self._names}
        if "inbox" in values:
            values["inbox"] = [SHAPES[Delivery].decode(entry) for entry in values["inbox"]]
        return self._kind(**values)


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


SHAPES: Mapping[type, _Shape] = MappingProxyType(
    {
        kind: _Shape(kind)
        for kind in (PinnedPlan, JourneyStart, Delivery, TickRequest, TickResult, EffectRequest, SendResult)
    }
)


class _ContractConverter(JSONPlainPayloadConverter):
    """JSON for the classes of the contracts, whose types are looked up once; the rest as the SDK does it."""

    def to_payload(self, value: Any) -> Payload | None:
        shape = SHAPES.get(type(value))
        if shape is None:
            return super().to_payload(value)
        data = _ENCODER.encode(shape.encode(value)).encode()
        return Payload(metadata={"encoding": b"json/plain"}, data=data)

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        shape = None if type_hint is None else SHAPES.get(type_hint)
        if shape is None:
            return super().from_payload(payload, type_hint)
        return shape.decode(json.loads(payload.data))


def _plain(value: Any) -> dict[str, Any]:
    return SHAPES[type(value)].encode(value)


_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, default=_plain)


class _Converter(CompositePayloadConverter):
    def __init__(self) -> None:
        ours = _ContractConverter()
        super().__init__(
            *(
                ours if converter.encoding == ours.encoding else converter
                for converter in DefaultPayloadConverter.default_encoding_payload_converters
            )
        )


def data_converter(find: Callable[[str], str]) -> DataConverter:
    """Return the converter that clients and workers of one database share."""
    return DataConverter(payload_converter_class=_Converter, payload_codec=PlanCodec(find))
