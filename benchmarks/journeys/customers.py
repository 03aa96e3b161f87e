"""The customers of a round: each redeems the code of the first e-mail and answers the question of the next."""

from __future__ import annotations

import asyncio

from benchmarks.journeys.running import Running

ANSWER = 5


class Customers:
    """Reacts to e-mails as the mail server takes them, through whichever side runs now."""

    def __init__(self, thinks_seconds: float) -> None:
        self._thinks_seconds = thinks_seconds
        self.running: Running | None = None

    def on_mail(self, recipient: str) -> None:
        """Let the customer read the e-mail, and act a little later."""
        asyncio.get_running_loop().call_later(self._thinks_seconds, self._act, recipient)

    def _act(self, recipient: str) -> None:
        if self.running is None:
            return
        side, reader = self.running.side, {"email": recipient}
        for code in self.running.ask(side.code, reader):
            self.running.tell("redeem", *code)
            return
        for question in self.running.ask(side.question, reader):
            self.running.tell("answer", *question, ANSWER)
