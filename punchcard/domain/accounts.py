"""People who sign in to the console: their role, and their password as an argon2 hash."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, insert, select, update

from punchcard.domain import audit
from punchcard.domain.access import User
from punchcard.domain.database import table
from punchcard.domain.refusals import InputUnfit, NameTaken, Unknown

USER = table(User)
Role = Literal["marketer", "analyst", "admin"]
SHORTEST_PASSWORD = 10
_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in."""

    id: int
    name: str
    role: str
    language: str | None
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
    role: Role,
    actor: str,
    now: int,
    *,
    language: str | None = None,
) -> Account:
    """Let a person sign in; InputUnfit for a short password or an unknown role, NameTaken for a taken name."""
    _check(password, role)
    if connection.execute(select(USER.c.id).where(USER.c.name == name)).first():
        raise NameTaken(f"There is an account named {name}.", remedy="Choose another name.")
    row = connection.execute(
        insert(USER)
        .values(name=name, role=role, password_hash=_HASHER.hash(password), language=language, created_at=now)
        .returning(USER)
    ).one()
    audit.log(connection, actor, "account.create", f"user:{name}", now, role=role)
    return _account(row)


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


def set_password(connection: Connection, name: str, password: str, actor: str, now: int) -> None:
    """Give an account another password; Unknown if nobody has the name."""
    _check(password, "admin")
    _change(connection, name, actor, now, "account.password", password_hash=_HASHER.hash(password))


def set_language(connection: Connection, id_: int, language: str) -> None:
    """Remember in which language a person reads the console."""
    connection.execute(update(USER).where(USER.c.id == id_).values(language=language))


def disable_account(connection: Connection, name: str, actor: str, now: int) -> None:
    """Keep a person from signing in, and end what they have open; Unknown if nobody has the name."""
    _change(connection, name, actor, now, "account.disable", disabled_at=now)


def _change(connection: Connection, name: str, actor: str, now: int, action: str, **values: object) -> None:
    changed = connection.execute(
        update(USER).where(USER.c.name == name).values(**values).returning(USER.c.id)
    ).first()
    if changed is None:
        raise Unknown(f"There is no account named {name}.")
    audit.log(connection, actor, action, f"user:{name}", now)


def _check(password: str, role: str) -> None:
    if role not in get_args(Role):
        raise InputUnfit(f"There is no role {role}.", remedy=f"Choose among: {', '.join(get_args(Role))}.")
    if len(password) < SHORTEST_PASSWORD:
        raise InputUnfit(
            f"The password has {len(password)} characters.", remedy=f"Use at least {SHORTEST_PASSWORD}."
        )


@cache
def _nobody() -> str:
    """Checked when nobody has the name, so that the time taken does not tell which names exist."""
    return _HASHER.hash("nobody has this password")


def _matches(hash_: str, password: str) -> bool:
    try:
        return _HASHER.verify(hash_, password)
    except (VerificationError, InvalidHashError):
        return False


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        role=row.role,
        language=row.language,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )
