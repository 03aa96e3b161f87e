"""Who looks at a page: their account, language, zone and colours, and what they may do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from sqlalchemy import Connection, select

from api.console.desk import AtDesk
from api.console.incoming import legible
from api.console.permissions import Deed, may
from api.console.sessions import Session, new_session, tokens_agree
from api.console.translation import catalogue, choose_locale
from punchcard.domain.accounts import Account, account
from punchcard.domain.campaigns import Version
from punchcard.domain.clock import Clock, read_clock
from punchcard.domain.database import table
from punchcard.domain.debts import count_open_debts
from punchcard.domain.deciding import Hand
from punchcard.domain.figures import count_open_incidents
from punchcard.domain.task_list import count_open_tasks
from punchcard.programmes import known_programme
from punchcard.wording.speech import Speech

VERSION = table(Version)
THEME_COOKIE = "punchcard_theme"
LANGUAGE_COOKIE = "punchcard_language"
THEMES = ("light", "dark")


class SignInNeeded(Exception):
    """Nobody is signed in."""


class PasswordDue(Exception):
    """The password was given by somebody else and has to be changed first."""


class NotAllowed(Exception):
    """The viewer's role does not allow this."""


class ForgedForm(Exception):
    """The form was not sent by one of this session's own pages."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks; `person` is None before sign-in. `clock` is business time.

    `open_debts` is None as long as nothing was ever owed. `roles` are what campaigns ask the person as; None for an
    admin, who may act in all.
    """

    session: Session
    person: Account | None
    speech: Speech
    theme: str | None
    clock: Clock
    open_incidents: int
    open_tasks: int = 0
    open_debts: int | None = None
    roles: frozenset[str] | None = frozenset()

    @property
    def now(self) -> int:
        """The present instant of business time."""
        return self.clock.now()

    @property
    def hand(self) -> Hand:
        """The viewer as somebody who acts on tasks."""
        return Hand(self.actor, self.now, self.roles)

    @property
    def is_demo(self) -> bool:
        """Whether business time is a demo's."""
        return self.clock != Clock()

    @property
    def actor(self) -> str:
        """How the log of deeds names the viewer."""
        return self._signed_in.actor

    @property
    def _signed_in(self) -> Account:
        if self.person is None:
            raise SignInNeeded
        return self.person

    def may(self, deed: Deed) -> bool:
        """Tell whether the viewer may do this."""
        return may(self._signed_in.role, deed)

    def require(self, deed: Deed) -> None:
        """Raise NotAllowed unless the viewer may do this."""
        if not self.may(deed):
            raise NotAllowed

    def by_campaign(self, zone: str) -> Viewer:
        """Return the viewer by a campaign's clock, unless they have chosen a zone of their own."""
        if self.person is not None and self.person.timezone is not None:
            return self
        return replace(self, speech=self.speech.in_zone(zone))


def anyone(request: Request, desk: AtDesk) -> Viewer:
    """Return who looks, signed in or not."""
    session = desk.sessions.read(request)
    with desk.database.read() as connection:
        person = _person(connection, session)
        zone = (person.timezone if person else None) or _programme_zone(connection)
        clock = read_clock(connection)
        incidents = count_open_incidents(connection) if person else 0
        roles = roles_of(connection, person) if person else frozenset()
        tasks = count_open_tasks(connection, roles) if person else 0
        debts = count_open_debts(connection) if person else None
    setting = (person.language if person else None) or request.cookies.get(LANGUAGE_COOKIE)
    locale = choose_locale(setting, request.headers.get("accept-language", ""))
    theme = request.cookies.get(THEME_COOKIE)
    return Viewer(
        session=session or new_session(),
        person=person,
        speech=Speech(locale, ZoneInfo(zone), catalogue(locale.language)),
        theme=theme if theme in THEMES else None,
        clock=clock,
        open_incidents=incidents,
        open_tasks=tasks,
        open_debts=debts,
        roles=roles,
    )


AnyViewer = Annotated[Viewer, Depends(anyone)]


def person_with_any_password(viewer: AnyViewer) -> Viewer:
    """Return who is signed in, even with a password that has to be changed."""
    if viewer.person is None:
        raise SignInNeeded
    return viewer


def signed_in(viewer: Annotated[Viewer, Depends(person_with_any_password)]) -> Viewer:
    """Return who is signed in; SignInNeeded or PasswordDue say what comes first."""
    if viewer.person is not None and viewer.person.one_time:
        raise PasswordDue
    return viewer


SignedIn = Annotated[Viewer, Depends(signed_in)]


def allowed_to(deed: Deed) -> Callable[[Viewer], None]:
    """Return the dependency that lets pass only those who may do this."""

    def check(viewer: SignedIn) -> None:
        viewer.require(deed)

    return check


async def own_form(request: Request, viewer: AnyViewer) -> None:
    """Let a form pass only if it brings the session's token; ForgedForm otherwise, Illegible if it cannot be read."""
    form = await request.form()
    given = form.get("csrf")
    if not tokens_agree(viewer.session, given if isinstance(given, str) else None):
        raise ForgedForm
    legible(form.values())


OwnForm = Depends(own_form)


def roles_of(connection: Connection, person: Account) -> frozenset[str] | None:
    """Return the roles that the programme's file gives to a person; None for an admin, who may act in all."""
    if person.role == "admin":
        return None
    roles = known_programme(connection).roles
    return frozenset(role for role, holders in roles.items() if person.name in holders)


def _person(connection: Connection, session: Session | None) -> Account | None:
    if session is None or session.account_id is None:
        return None
    found = account(connection, session.account_id)
    return found if found is not None and found.stamp == session.stamp else None


def _programme_zone(connection: Connection) -> str:
    """The zone of the campaign that was published last: where nothing says otherwise, its clock is shown."""
    latest = select(VERSION.c.plan).order_by(VERSION.c.published_at.desc()).limit(1)
    text = connection.execute(latest).scalar()
    return str(json.loads(text).get("timezone", "UTC")) if text else "UTC"
