"""The console's static files: those asked for by their content's hash may be kept for good."""

from __future__ import annotations

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class ConsoleFiles(StaticFiles):
    """Serves `static/`, with the cached copies of `vendor/` that the set-up has built."""

    def __init__(self) -> None:
        super().__init__(packages=[("api.console", "static")])

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, and say for how long it stays as it is."""
        response = await super().get_response(path, scope)
        by_hash = bool(scope["query_string"])
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if by_hash else "no-cache"
        return response
