"""Starting a campaign by hand for one customer, with the inputs that it asks for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from api.console.addresses import address
from api.console.desk import AtDesk, Desk
from api.console.page import after_post, show
from api.console.viewer import OwnForm, SignedIn, Viewer, allowed_to
from api.console.words.reasons import disposition_words
from api.console.words.refusals import refusal_words
from punchcard.domain.campaign_names import find_campaign_name
from punchcard.domain.refusals import InputsUnfit, Refusal
from punchcard.plan.model import Plan
from punchcard.plan.triggers import Input, ManualTrigger
from punchcard.router.manual import Started, Wish, start_by_hand
from punchcard.wording.names import title_of

router = APIRouter(prefix="/campaigns/{name}/start")
START = Depends(allowed_to("start campaigns"))
SOURCE = "console"
MOST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """One input of the form: how it is labelled, what it held, and what was wrong with it."""

    name: str
    label: str
    type: str
    value: str
    problem: str


@router.get("", dependencies=[START])
def start_page(request: Request, desk: AtDesk, viewer: SignedIn, name: str, customer: str = "") -> Response:
    """Show the form; its key makes sure that sending it twice starts once."""
    return _form(request, desk, viewer, name, {"customer": customer, "key": secrets.token_urlsafe(12)}, {})


@router.post("", dependencies=[START, OwnForm])
async def start(request: Request, desk: AtDesk, viewer: SignedIn, name: str) -> Response:
    """Start the campaign, or show the form again with what is wrong in it."""
    form = await request.form()
    given = {key: value[:2000] for key, value in list(form.items())[:MOST] if isinstance(value, str)}
    return await run_in_threadpool(_start, request, desk, viewer, name, given)


def _start(request: Request, desk: Desk, viewer: Viewer, name: str, given: dict[str, str]) -> Response:
    speech, customer = viewer.speech, given.get("customer", "").strip()
    with desk.database.read() as connection:
        plan = desk.plans.program(connection, find_campaign_name(connection, name).version).plan
    inputs, mistakes = _inputs(viewer, plan, given)
    if not customer:
        mistakes["customer"] = speech.gettext("Say for whom: a customer's id.")
    if mistakes:
        return _form(request, desk, viewer, name, given, mistakes)
    wish = Wish(SOURCE, given.get("key") or secrets.token_urlsafe(12), viewer.actor, name, customer, inputs)
    try:
        with desk.database.begin() as connection:
            started = start_by_hand(connection, desk.campaigns.current(connection), wish, viewer.now)
    except InputsUnfit as unfit:
        found = {field.removeprefix("inputs."): message for field, message in unfit.mistakes}
        return _form(request, desk, viewer, name, given, found)
    except Refusal as refusal:
        return _form(request, desk, viewer, name, given, {"customer": refusal_words(speech, refusal)})
    return _led_on(desk, viewer, name, customer, started)


def _led_on(desk: Desk, viewer: Viewer, name: str, customer: str, started: Started) -> Response:
    if started.instance_id is not None:
        words = viewer.speech.gettext("The campaign was started.")
        return after_post(desk, address("instances", started.instance_id), words)
    words = disposition_words(viewer.speech, "standing", started.disposition)
    return after_post(desk, address("customers", customer), words, tone="bad")


def _inputs(viewer: Viewer, plan: Plan, given: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The form's texts as the campaign's inputs are typed, and what cannot be read."""
    values: dict[str, Any] = {}
    mistakes: dict[str, str] = {}
    for each in _wanted(plan):
        text = given.get(f"input-{each.name}", "").strip()
        if each.type == "flag":
            values[each.name] = bool(text)
        elif not text:
            mistakes[each.name] = viewer.speech.gettext("This is needed.")
        elif each.type == "number":
            try:
                values[each.name] = int(text) if text.lstrip("-").isdigit() else float(text)
            except ValueError:
                mistakes[each.name] = viewer.speech.gettext("Write a number, such as 3.")
        elif each.type == "amount":
            values[each.name] = {"amount": text, "currency": plan.currency}
        else:
            values[each.name] = text
    return values, mistakes


def _form(
    request: Request,
    desk: Desk,
    viewer: Viewer,
    name: str,
    given: dict[str, str],
    mistakes: dict[str, str],
) -> Response:
    with desk.database.read() as connection:
        line = find_campaign_name(connection, name)
        plan = desk.plans.program(connection, line.version).plan
    asked = [
        Asked(
            each.name,
            title_of(each.name),
            each.type,
            given.get(f"input-{each.name}", ""),
            mistakes.get(each.name, ""),
        )
        for each in _wanted(plan)
    ]
    return show(
        desk,
        request,
        viewer,
        "start.html",
        section="overview",
        status=422 if mistakes else 200,
        line=line,
        plan=plan,
        asked=asked,
        customer=given.get("customer", ""),
        customer_problem=mistakes.get("customer", ""),
        key=given.get("key", ""),
        by_hand=isinstance(plan.trigger, ManualTrigger),
    )


def _wanted(plan: Plan) -> tuple[Input, ...]:
    return plan.trigger.inputs if isinstance(plan.trigger, ManualTrigger) else ()
