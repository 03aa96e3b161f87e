"""The customers of a round: each redeems the code of the first e-mail and answers the question of the next."""

from __future__ import annotations

import asyncio

from benchmarks.journeys.running import Running

ANSWER = 5
LOOK_SECONDS = 0.25
# Who has found nothing to do by then has had an e-mail that asks for nothing.
PATIENCE = 120


class Customers:
    """Reacts to e-mails as the mail server takes them, through whichever side runs now."""

    def __init__(self, thinks_seconds: float) -> None:
        self._thinks_seconds = thinks_seconds
        self.running: Running | None = None

    def on_mail(self, recipient: str) -> None:
        """Let the customer read the e-mail, and act a little later, when the journey waits for it."""
        loop = asyncio.get_running_loop()
        loop.call_later(self._thinks_seconds, self._act, self.running, recipient, PATIENCE)

    def _act(self, running: Running | None, recipient: str, patience: int) -> None:
        if running is None or running is not self.running:
            return
        side, reader = running.side, {"email": recipient}
        for code in running.ask(side.code, reader):
            running.tell("redeem", *code)
            return
        for question in running.ask(side.question, reader):
            running.tell("answer", *question, ANSWER)
            return
        if patience:
            asyncio.get_running_loop().call_later(LOOK_SECONDS, self._act, running, recipient, patience - 1)
