"""The console as an application of its own, so that its pages, errors and headers are not the API's."""

from __future__ import annotations

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.console import errors
from api.console.attempts import Attempts
from api.console.desk import Desk
from api.console.headers import Headers
from api.console.incoming import Illegible, legible_address
from api.console.rendering import Pages
from api.console.routes import ROUTERS
from api.console.sessions import Sessions
from api.console.static_files import ConsoleFiles
from api.console.viewer import ForgedForm, NotAllowed, PasswordDue, SignInNeeded
from punchcard.domain.database import Database
from punchcard.domain.plans import Plans
from punchcard.domain.refusals import Refusal
from punchcard.preview import Sender
from punchcard.router.catalogue import CampaignCache

PATH = "/console"


def mount(app: FastAPI, database: Database, secret_key: str, sender: Sender, *, secure_cookies: bool) -> None:
    """Serve the console under `/console`, and lead `/` there.

    `secret_key` signs sessions; `sender` is the shop in previews, `secure_cookies` says that the site
    is reached by https.
    """
    app.mount(PATH, console(database, secret_key, sender, secure_cookies=secure_cookies))
    app.add_api_route("/", _to_console, include_in_schema=False)


def console(database: Database, secret_key: str, sender: Sender, *, secure_cookies: bool) -> FastAPI:
    """Return the console's application."""
    made = FastAPI(title="Punchcard console", openapi_url=None, dependencies=[Depends(legible_address)])
    made.state.desk = Desk(
        database=database,
        sessions=Sessions(secret_key, secure=secure_cookies),
        attempts=Attempts(),
        pages=Pages(),
        plans=Plans(),
        campaigns=CampaignCache(),
        sender=sender,
    )
    made.mount("/static", ConsoleFiles())
    for router in ROUTERS:
        made.include_router(router)
    made.add_middleware(Headers)
    made.add_exception_handler(SignInNeeded, errors.sign_in_needed)
    made.add_exception_handler(PasswordDue, errors.password_due)
    made.add_exception_handler(NotAllowed, errors.not_allowed)
    made.add_exception_handler(ForgedForm, errors.forged_form)
    made.add_exception_handler(Refusal, errors.refused)
    made.add_exception_handler(HTTPException, errors.not_served)
    made.add_exception_handler(RequestValidationError, errors.unreadable)
    made.add_exception_handler(Illegible, errors.unreadable)
    return made


def _to_console(request: Request) -> Response:
    return RedirectResponse(f"{PATH}/", status_code=307)
