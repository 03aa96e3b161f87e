"""The API and the console as one application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.concurrency import run_in_threadpool

from api import documentation, errors
from api.bodies import json_only
from api.console.application import mount
from api.installation import Installation
from api.middleware import AccessLog, BodyLimit, SafeHeaders
from api.public.application import pages
from api.routes import (
    campaigns,
    checks,
    codes,
    customers,
    event_types,
    events,
    experiments,
    health,
    instances,
    programme,
    rewards,
    schemas,
    tasks,
)
from punchcard.domain.database import Database
from punchcard.errors import ConfigurationError
from punchcard.preview import Sender
from punchcard.settings import PREFIX, Settings

NOUNS = (
    events,
    event_types,
    programme,
    campaigns,
    experiments,
    checks,
    schemas,
    instances,
    tasks,
    rewards,
    codes,
    customers,
    health,
)


def create_app(settings: Settings) -> FastAPI:
    """Return the application; it opens the database on first use and closes it when it ends.

    ConfigurationError if there is no secret to sign sessions and links with.
    """
    secret = _secret(settings)
    database = Database(settings.database)
    installation = Installation(settings, database, secret)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(installation.close)

    app = FastAPI(
        title="Punchcard",
        version=version("punchcard"),
        summary="Loyalty campaigns as durable workflows.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.installation = installation
    errors.install(app)
    for noun in NOUNS:
        app.include_router(noun.router, dependencies=[Depends(json_only)])
    app.include_router(documentation.router)
    app.include_router(pages)
    https = settings.base_url.startswith("https://")
    sender = Sender(settings.brand, settings.postal_address)
    mount(app, database, secret, sender, secure_cookies=https)
    for layer in (BodyLimit, SafeHeaders, AccessLog):
        app.add_middleware(layer)
    app.openapi = _described(app)  # type: ignore[method-assign]
    return app


def _described(app: FastAPI) -> Any:
    return lambda: documentation.describe(app)


def _secret(settings: Settings) -> str:
    if settings.secret_key is None:
        raise ConfigurationError(
            f"{PREFIX}SECRET_KEY is not set: sessions and links could not be signed.",
            remedy="Set it to at least 32 random characters, the same for every process: `openssl rand -hex 32`.",
        )
    return settings.secret_key.get_secret_value()
