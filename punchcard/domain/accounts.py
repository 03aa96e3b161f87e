"""People who sign in to the console: their role, and their password as an argon2 hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, func, insert, select, update

from punchcard.domain import audit
from punchcard.domain.access import User
from punchcard.domain.database import table
from punchcard.domain.refusals import InputUnfit, NameTaken, Unknown

USER = table(User)
Role = Literal["marketer", "analyst", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
FIRST_ADMIN = "admin"
SHORTEST_PASSWORD, LONGEST_PASSWORD, LONGEST_NAME = 10, 200, 60
_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in.

    `stamp` changes with the password, so that a session can tell that it is older. With `one_time` the person
    has to choose a password before anything else.
    """

    id: int
    name: str
    role: Role
    language: str | None
    timezone: str | None
    one_time: bool
    stamp: str
    created_at: int
    disabled_at: int | None

    @property
    def actor(self) -> str:
        """How the log of deeds names the person."""
        return f"user:{self.name}"


def create_account(
    connection: Connection,
    name: str,
    password: str,
    role: str,
    actor: str,
    now: int,
    *,
    one_time: bool = False,
) -> Account:
    """Let a person sign in; InputUnfit for an unfit name, password or role, NameTaken for a taken name."""
    if not 0 < len(name.strip()) <= LONGEST_NAME or not name.isprintable():
        raise InputUnfit(f"{name!r} is no name.", remedy=f"Use 1 to {LONGEST_NAME} characters.")
    if role not in ROLES:
        raise InputUnfit(f"There is no role {role}.", remedy=f"Choose among: {', '.join(ROLES)}.")
    _check_password(password)
    if connection.execute(select(USER.c.id).where(USER.c.name == name)).first():
        raise NameTaken(f"There is an account named {name}.", remedy="Choose another name.")
    values = {"name": name, "role": role, "one_time": one_time, "created_at": now}
    row = connection.execute(
        insert(USER).values(**values, password_hash=_HASHER.hash(password)).returning(USER)
    ).one()
    audit.log(connection, actor, "account.create", f"user:{name}", now, role=role)
    return _account(row)


def create_first_admin(connection: Connection, actor: str, now: int) -> str | None:
    """Make the account `admin` where there is none at all, and return its one-time password; else None."""
    if connection.execute(select(func.count()).select_from(USER)).scalar_one():
        return None
    password = one_time_password()
    create_account(connection, FIRST_ADMIN, password, "admin", actor, now, one_time=True)
    return password


def one_time_password() -> str:
    """Return a password that can be read aloud, of 80 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def verify_account(connection: Connection, name: str, password: str) -> Account | None:
    """Return the person who has this name and password; None if there is none or the account is disabled."""
    row = connection.execute(select(USER).where(USER.c.name == name)).first()
    matches = _matches(row.password_hash if row else _nobody(), password)
    return _account(row) if row and matches and row.disabled_at is None else None


def account(connection: Connection, id_: int) -> Account | None:
    """Return the account of this id, for a session that names it; None once it is disabled."""
    row = connection.execute(select(USER).where(USER.c.id == id_, USER.c.disabled_at.is_(None))).first()
    return _account(row) if row else None


def list_accounts(connection: Connection) -> tuple[Account, ...]:
    """Return all accounts by name."""
    return tuple(_account(row) for row in connection.execute(select(USER).order_by(USER.c.name)))


def set_password(
    connection: Connection, name: str, password: str, actor: str, now: int, *, one_time: bool = False
) -> None:
    """Give an account another password, which ends its sessions; Unknown if nobody has the name."""
    _check_password(password)
    values = {"password_hash": _HASHER.hash(password), "one_time": one_time}
    _change(connection, name, actor, now, "account.password", **values)


def set_preferences(connection: Connection, id_: int, language: str | None, timezone: str | None) -> None:
    """Remember in which language and zone a person reads the console; None follows the browser or the campaign."""
    connection.execute(update(USER).where(USER.c.id == id_).values(language=language, timezone=timezone))


def disable_account(connection: Connection, name: str, actor: str, now: int) -> None:
    """Keep a person from signing in, and end what they have open; Unknown if nobody has the name."""
    _change(connection, name, actor, now, "account.disable", disabled_at=now)


def _change(connection: Connection, name: str, actor: str, now: int, action: str, **values: Any) -> None:
    changed = connection.execute(
        update(USER).where(USER.c.name == name).values(**values).returning(USER.c.id)
    ).first()
    if changed is None:
        raise Unknown(f"There is no account named {name}.", remedy="`punchcard users list` shows them all.")
    audit.log(connection, actor, action, f"user:{name}", now)


def _check_password(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InputUnfit(
            f"The password has {len(password)} characters.",
            remedy=f"Use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD}.",
        )


@cache
def _nobody() -> str:
    """What is checked when nobody has the name, so that the time taken does not tell which names exist."""
    return _HASHER.hash("nobody has this password")


def _matches(hash_: str, password: str) -> bool:
    try:
        return _HASHER.verify(hash_, password[: LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        role=row.role,
        language=row.language,
        timezone=row.timezone,
        one_time=row.one_time,
        stamp=hashlib.sha256(row.password_hash.encode()).hexdigest()[:16],
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )
