"""A worker that is killed once a reply has come: `before` it is recorded, or `after`, before Temporal hears of it."""

import asyncio
import os
import signal
import sys

from temporalio import activity

import worker
from activities.calling import CallingActivities
from punchcard.calling.http_caller import HttpCaller
from punchcard.calling.request import Reply, Request
from punchcard.contracts import CALL_SYSTEM, CallResult, EffectRequest
from punchcard.settings import load_settings

MOMENT = sys.argv[1]


class MortalCaller(HttpCaller):
    """Its first reply is the last that the worker hears."""

    async def call(self, request: Request) -> Reply:
        """Call as ever, then die."""
        reply = await super().call(request)
        if MOMENT == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        return reply


class MortalCalling(CallingActivities):
    """Its first recorded reply is the last that the worker records."""

    @activity.defn(name=CALL_SYSTEM)
    async def call_system(self, request: EffectRequest) -> CallResult:
        """Record as ever, then die."""
        result = await CallingActivities.call_system(self, request)
        os.kill(os.getpid(), signal.SIGKILL)
        return result


if __name__ == "__main__":
    vars(worker)["HttpCaller"] = MortalCaller
    vars(worker)["CallingActivities"] = MortalCalling
    asyncio.run(worker.main(load_settings()))
