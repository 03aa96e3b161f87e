"""The API's own pages for integrators: the OpenAPI document, the page that shows it, and what each problem means."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from api.problems import Problem, every_kind
from api.routes.events import COMPONENTS
from punchcard.domain.keys import SCOPES

VENDOR = Path(__file__).parent / "console" / "static" / "vendor"
ASSETS = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'"
)
START = """\
window.addEventListener("load", () => SwaggerUIBundle({
  url: "openapi.json", dom_id: "#page", deepLinking: true, tryItOutEnabled: true,
  persistAuthorization: true, displayRequestDuration: true, defaultModelsExpandDepth: 0,
}));
"""
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Punchcard API</title><link rel="icon" href="data:,"><link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="page"><noscript>This page needs scripts; the document itself is <a href="openapi.json">openapi.json</a>.
</noscript></div>
<script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script>
</body>
</html>
"""
router = APIRouter(include_in_schema=False)


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            description=_description(),
            routes=app.routes,
            tags=app.openapi_tags,
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        )
        schemas = document["components"]["schemas"]
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs"))
        schemas["Problem"] = problem
        schemas.update({name: schema for name, schema in COMPONENTS.items() if name not in schemas})
        app.openapi_schema = document
    return app.openapi_schema


def _description() -> str:
    scopes = "\n".join(f"| `{scope}` | {what} |" for scope, what in SCOPES.items())
    return (
        "Post what happens in your shop, redeem codes at the till, start and watch campaigns.\n\n"
        "**Keys.** Each request carries `Authorization: Bearer <key>`, made by `punchcard keys create NAME "
        "--scope SCOPE`. The source of every event is its key's.\n\n"
        f"| scope | allows to |\n|---|---|\n{scopes}\n\n"
        '**Money** is `{"amount": "500.00", "currency": "USD"}` and nothing else. **Instants** carry their '
        "offset; answers are in UTC. **Repeating** is safe: events by their id, everything else by an "
        "idempotency key.\n\n"
        "**Problems** are `application/problem+json` (RFC 9457). Their `type` is stable, and the address of a "
        "page that explains it; `remedy` says what to do, `errors` names the fields."
    )


@router.get("/docs")
async def get_docs() -> Response:
    """Show the OpenAPI document, so that each operation can be read and tried."""
    if not (VENDOR / "swagger-ui-bundle.js").is_file():
        return PlainTextResponse(
            "This page's scripts are not built: run `python3 bootstrap.py`. The document is at /openapi.json.",
            503,
        )
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": POLICY})


@router.get("/docs/start.js")
async def get_start() -> Response:
    """The script that starts the page."""
    return Response(START, media_type="text/javascript")


@router.get("/docs/{name}")
async def get_asset(name: str) -> Response:
    """One of the page's files, as they come with the project."""
    if name not in ASSETS or not (VENDOR / name).is_file():
        return PlainTextResponse("There is no such file.", 404)
    return FileResponse(VENDOR / name, media_type=ASSETS[name], headers={"Cache-Control": "max-age=86400"})


@router.get("/problems/{slug}")
async def get_problem(slug: str, request: Request) -> Response:
    """Say what a type of problem means."""
    kind = next((kind for kind in every_kind() if kind.slug == slug), None)
    if kind is None:
        return PlainTextResponse("There is no such problem.", 404)
    words = (
        f"<h1>{escape(kind.title)}</h1><p><code>{kind.type}</code>, status {kind.status}</p>"
        f"<p>{escape(kind.meaning)}</p>"
    )
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(kind.title)}</title>'
        '<link rel="stylesheet" href="../public/page.css">'
        f'<main>{words}<p><a href="../docs">The API</a></p></main>'
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})
