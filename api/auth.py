"""Who is calling: the API key in the `Authorization` header, and whether its scopes allow the operation."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.errors import problems
from api.installation import Here
from api.problems import NotAllowed, OutOfReach, RequestUnfit, Unauthenticated
from punchcard.domain.keys import SCOPES, Key, note_use, use_is_stale, verify_key
from punchcard.errors import PunchcardError

_BEARER = HTTPBearer(
    scheme_name="API key",
    description="A key made by `punchcard keys create`, as `Authorization: Bearer pc_…`.",
    auto_error=False,
)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]


class Allowed:
    """A dependency: the caller's key, which must have one of the scopes."""

    def __init__(self, *scopes: str) -> None:
        assert set(scopes) <= set(SCOPES)
        self.scopes = scopes

    def __call__(self, here: Here, credentials: Credentials) -> Key:
        """Return the key; Unauthenticated if there is none in use, NotAllowed if it lacks the scope."""
        key = self._key(here, credentials)
        if not key.scopes.intersection(self.scopes):
            raise NotAllowed(
                f"The key {key.name} has the scopes {', '.join(sorted(key.scopes))}.",
                remedy=f"This needs a key with {' or '.join(self.scopes)}.",
            )
        return key

    def _key(self, here: Here, credentials: Credentials) -> Key:
        if credentials is None:
            raise Unauthenticated(remedy="Send `Authorization: Bearer <key>`.")
        with here.database.read() as connection:
            key = verify_key(connection, credentials.credentials)
        if key is None:
            raise Unauthenticated(
                "The API key is unknown or was revoked.", remedy="Make one with `punchcard keys create`."
            )
        if use_is_stale(key, now := here.now()):
            with here.database.begin() as connection:
                note_use(connection, key, now)
        return key


def keyed(*errors: type[PunchcardError]) -> dict[int | str, dict[str, Any]]:
    """Describe the problems of an operation that needs a key: those that all have, and `errors`."""
    return problems(Unauthenticated, NotAllowed, RequestUnfit, *errors, OutOfReach)
