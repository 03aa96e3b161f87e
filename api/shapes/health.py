"""Whether the process lives, and whether the installation can work."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.shapes.values import Given


class Alive(Given):
    """The process answers."""

    status: Literal["alive"] = "alive"


class CheckShown(Given):
    """One thing that is needed; `reason` and `remedy` say what is wrong with it and what to do."""

    name: str = Field(examples=["database"])
    ok: bool
    reason: str | None = None
    remedy: str | None = None


class Readiness(Given):
    """Whether everything that is needed is there."""

    status: Literal["ready", "not ready"]
    checks: list[CheckShown]
