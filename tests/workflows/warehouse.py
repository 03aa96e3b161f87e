"""The warehouse that definitions call, on a stage: it answers each order as its customer's journey says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from punchcard.calling.outcome import CallRefused
from punchcard.calling.request import Reply, Request


@dataclass
class Warehouse:
    """What it was asked for, and what it says to an order: fields, or the reason why not."""

    asked: list[Request] = field(default_factory=list)
    answers: dict[str, dict[str, Any] | str] = field(default_factory=dict)

    async def call(self, request: Request) -> Reply:
        """Answer, as a caller that has reached it would."""
        self.asked.append(request)
        body = json.loads(request.body or "{}")
        answer = self.answers.get(body.get("order") or body.get("sample", ""), {})
        if isinstance(answer, str):
            raise CallRefused(answer)
        told = json.dumps(answer).encode()
        return Reply(200, told, len(told), 1)
