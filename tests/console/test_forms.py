"""Every form is refused unless it comes from a page of the same session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.routing import Route

from api.console.routes import ROUTERS
from punchcard.domain import audit
from tests.console.browser_user import Person
from tests.support.world import World

FILLED = {
    "reward": "1",
    "how": "waived",
    "name": "spend-and-save",
    "id_": "spend-and-save.e1.c3.1.g1",
    "deed": "cancel",
}


def _forms() -> Iterator[str]:
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, Route) and "POST" in (route.methods or ()):
                yield route.path


def _log(world: World) -> list[Any]:
    with world.database.read() as connection:
        return list(audit.deeds(connection))


@pytest.mark.parametrize("path", sorted(_forms()))
def test_a_form_without_the_sessions_token_does_nothing(
    path: str, world: World, someone: Callable[[str], Person]
) -> None:
    """Neither without a token, nor with another session's."""
    mine, other = someone("admin"), someone("admin")
    before = _log(world)
    token = other.token("/")
    for fields in ({}, {"csrf": ""}, {"csrf": token}):
        answer = mine.post(path.format(**FILLED), {"reason": "because", **fields})
        assert answer.status_code == 403
        assert "Nothing was done" in answer.text
    assert _log(world) == before


def test_there_are_forms() -> None:
    """The list above is not empty by mistake."""
    assert len(set(_forms())) >= 7
