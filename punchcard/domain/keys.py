"""Integrators' API keys: made once, shown once, kept as SHA-256, and good for their scopes only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Row, insert, select, update

from punchcard.domain import audit
from punchcard.domain.access import ApiKey
from punchcard.domain.database import table
from punchcard.domain.refusals import InputUnfit, KeyUnknown, NameTaken

KEY = table(ApiKey)

# What each scope allows, in the words of the reference.
SCOPES = {
    "events:write": "post events of every type",
    "events:browser": "post named events and profiles without contact details; safe to show in a browser",
    "event_types:read": "see the registered event types",
    "event_types:write": "register event types",
    "campaigns:read": "see campaigns and their versions, check a campaign's text",
    "campaigns:write": "publish, pause and resume campaigns",
    "instances:read": "see instances and their journals",
    "instances:start": "start campaigns that have a manual trigger",
    "instances:operate": "cancel, pause, resume, retry and skip",
    "tasks:read": "see tasks",
    "tasks:decide": "complete tasks and decide approvals",
    "rewards:read": "see rewards",
    "rewards:settle": "settle what is owed for redeemed rewards",
    "codes:read": "look a code up",
    "codes:redeem": "redeem codes",
    "customers:read": "see what is known of a customer",
    "customers:erase": "erase a customer's personal data",
}
BROWSER = "events:browser"
LEGIBLE = 11  # how much of a key is kept in clear, to tell keys apart
_USE_IS_NOTED_AGAIN_AFTER = 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it may be shown; `source` is the source of every event that it posts."""

    id: int
    name: str
    source: str
    prefix: str
    scopes: frozenset[str]
    created_at: int
    revoked_at: int | None
    last_used_at: int | None

    @property
    def actor(self) -> str:
        """How the log of deeds names it."""
        return f"key:{self.name}"

    @property
    def for_browsers(self) -> bool:
        """Whether strangers may read it, so that it must not be trusted with what is worth money."""
        return BROWSER in self.scopes


def create_key(
    connection: Connection,
    name: str,
    scopes: Iterable[str],
    actor: str,
    now: int,
    *,
    source: str | None = None,
) -> tuple[Key, str]:
    """Make a key; the secret that is returned with it is not kept and cannot be shown again.

    Keys of one `source` (the key's own name if none is given) share the identities of their events.
    InputUnfit for scopes that do not exist or do not go together, NameTaken for the name of a key in use.
    """
    wanted = frozenset(scopes)
    _check(wanted)
    if connection.execute(select(KEY.c.id).where(KEY.c.name == name, KEY.c.revoked_at.is_(None))).first():
        raise NameTaken(f"A key named {name} is in use.", remedy="Choose another name, or revoke that key.")
    secret = f"pc_{secrets.token_urlsafe(32)}"
    row = connection.execute(
        insert(KEY)
        .values(
            name=name,
            source=source or name,
            prefix=secret[:LEGIBLE],
            digest=_digest(secret),
            scopes=" ".join(sorted(wanted)),
            created_at=now,
        )
        .returning(KEY)
    ).one()
    audit.log(connection, actor, "key.create", f"key:{name}", now, scopes=sorted(wanted))
    return _key(row), secret


def verify_key(connection: Connection, secret: str) -> Key | None:
    """Return the key that has this secret; None if there is none or it was revoked."""
    row = connection.execute(
        select(KEY).where(KEY.c.digest == _digest(secret), KEY.c.revoked_at.is_(None))
    ).first()
    return _key(row) if row else None


def use_is_stale(key: Key, now: int) -> bool:
    """Tell whether `note_use` should be called: a use is noted once an hour, so that reading stays reading."""
    return key.last_used_at is None or now - key.last_used_at > _USE_IS_NOTED_AGAIN_AFTER


def note_use(connection: Connection, key: Key, now: int) -> None:
    """Remember when the key was last used."""
    connection.execute(update(KEY).where(KEY.c.id == key.id).values(last_used_at=now))


def revoke_key(connection: Connection, name: str, actor: str, now: int) -> Key:
    """Make the key of this name good for nothing from now on; KeyUnknown if none is in use."""
    row = connection.execute(
        update(KEY)
        .where(KEY.c.name == name, KEY.c.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(KEY)
    ).first()
    if row is None:
        raise KeyUnknown(f"No key named {name} is in use.", remedy="`punchcard keys list` shows them all.")
    audit.log(connection, actor, "key.revoke", f"key:{name}", now)
    return _key(row)


def list_keys(connection: Connection) -> tuple[Key, ...]:
    """Return every key, those in use first, then by name."""
    rows = connection.execute(select(KEY).order_by(KEY.c.revoked_at.is_not(None), KEY.c.name, KEY.c.id))
    return tuple(_key(row) for row in rows)


def _check(scopes: frozenset[str]) -> None:
    unknown = sorted(scopes - set(SCOPES))
    if unknown or not scopes:
        reason = f"There is no scope {', '.join(unknown)}." if unknown else "A key needs at least one scope."
        raise InputUnfit(reason, remedy=f"Choose among: {', '.join(SCOPES)}.")
    if BROWSER in scopes and len(scopes) > 1:
        raise InputUnfit(
            f"A key with {BROWSER} can be read by strangers and may have no other scope.",
            remedy="Make two keys: one for the browser, one for the server.",
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(row: Row[tuple[object, ...]]) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        source=row.source,
        prefix=row.prefix,
        scopes=frozenset(row.scopes.split()),
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )
