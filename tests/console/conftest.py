"""Fixtures for the console: a shop's spring, played once for a run and copied for each test, and people who look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest
from fastapi import FastAPI
from starlette.routing import Mount

from api.console.application import mount
from api.console.attempts import Attempts
from punchcard.domain.database import Database
from punchcard.domain.plans import Plans
from punchcard.preview import Sender
from punchcard.router.catalogue import CampaignCache
from tests.console.browser_user import Person
from tests.support.spring import played, world
from tests.support.world import World

__all__ = ["played", "world"]

SECRET = "a secret for tests, 32 signs long"


@pytest.fixture
def app(world: World) -> FastAPI:
    """This process's console, over that shop."""
    made, console = _served()
    console.state.desk = replace(
        console.state.desk,
        database=world.database,
        attempts=Attempts(),
        plans=Plans(),
        campaigns=CampaignCache(),
    )
    return made


@cache
def _served() -> tuple[FastAPI, FastAPI]:
    """The console and where it is mounted: its routes and templates take longer to build than most tests take."""
    made, sender = FastAPI(), Sender("Demo shop", "1 Main St, Springfield")
    mount(made, Database("sqlite://"), SECRET, sender, secure_cookies=False)
    (console,) = (route.app for route in made.routes if isinstance(route, Mount))
    assert isinstance(console, FastAPI)
    return made, console


@pytest.fixture
def visitor(app: FastAPI) -> Iterator[Person]:
    """Somebody who has not signed in."""
    person = Person(app)
    yield person
    person.close()


@pytest.fixture
def someone(app: FastAPI) -> Iterator[Callable[[str], Person]]:
    """A way to get somebody who is signed in, by role."""
    people: list[Person] = []

    def sign_in(role: str) -> Person:
        people.append(Person(app))
        people[-1].sign_in(role)
        return people[-1]

    yield sign_in
    for person in people:
        person.close()


@pytest.fixture
def admin(someone: Callable[[str], Person]) -> Person:
    """An admin, signed in."""
    return someone("admin")


@pytest.fixture
def analyst(someone: Callable[[str], Person]) -> Person:
    """An analyst, signed in."""
    return someone("analyst")


@pytest.fixture
def marketer(someone: Callable[[str], Person]) -> Person:
    """A marketer, signed in."""
    return someone("marketer")
