"""Bodies: what is sent to the API is JSON, and has to say so."""

from __future__ import annotations

from fastapi import Request

from api.problems import NotJson


async def json_only(request: Request) -> None:
    """A dependency: NotJson if the request has a body that its `Content-Type` does not call JSON."""
    headers = request.headers
    if "transfer-encoding" not in headers and headers.get("content-length", "0") == "0":
        return
    named = headers.get("content-type", "").partition(";")[0].strip().lower()
    kind, _, form = named.partition("/")
    if kind == "application" and (form == "json" or form.endswith("+json")):
        return
    said = f"The request calls its body {named}" if named else "The request does not say what its body is"
    raise NotJson(f"{said}; the API takes JSON.", remedy="Send the header `Content-Type: application/json`.")
