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
        order = json.loads(request.body or "{}").get("order", "")
        answer = self.answers.get(order, {})
        if isinstance(answer, str):
            raise CallRefused(answer)
        body = json.dumps(answer).encode()
        return Reply(200, body, len(body), 1)
