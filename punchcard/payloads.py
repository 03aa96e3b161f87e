"""How payloads travel: plain JSON, and a plan by its hash alone (a claim check), so that histories stay small.

What a hash names never changes, so the pin stays exact. A plan that cannot be found fails the workflow's
task, not the workflow: it goes on once the plan is there.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Callable, Sequence

from temporalio.api.common.v1 import Payload
from temporalio.converter import DataConverter, PayloadCodec

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


def data_converter(find: Callable[[str], str]) -> DataConverter:
    """Return the converter that clients and workers of one database share."""
    return dataclasses.replace(DataConverter.default, payload_codec=PlanCodec(find))
