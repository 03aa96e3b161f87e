"""Text → plan or diagnostics: the one function that terminal, editor, console, API and CI call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Literal, cast

from punchcard.language import keys, nodes
from punchcard.language.arguments import read_fields
from punchcard.language.blocks import Reader
from punchcard.language.checks import CHECKS, Subject
from punchcard.language.defaults import read_defaults
from punchcard.language.diagnostics import Diagnostic, Findings
from punchcard.language.drafts import Messages
from punchcard.language.grammar import Context, Fields
from punchcard.language.names import gathered
from punchcard.language.nodes import Broken, Node, Scalar, Span
from punchcard.language.occasion import nothing_known, read_trigger
from punchcard.language.order_fields import named_order_fields
from punchcard.language.programme import Programme
from punchcard.language.programme_keys import PROGRAMME_KEYS
from punchcard.language.scope import Scope
from punchcard.language.seen import Seen
from punchcard.language.shared import read_shared
from punchcard.language.silence import Silenced, silence
from punchcard.language.source import read, source_of
from punchcard.language.stop_when import read_stop_when
from punchcard.language.templates import check_text
from punchcard.language.texts import finished, read_messages
from punchcard.plan.codec import plan_json
from punchcard.plan.model import (
    Approve,
    Ask,
    IfRunning,
    Message,
    Moment,
    Plan,
    Repeat,
    Start,
    Step,
    Task,
    Wait,
    WorkingDays,
    WorkingHours,
    WorkingTime,
    walk,
)
from punchcard.plan.triggers import Trigger

IN_THE_PROGRAMME: Mapping[str, str] = MappingProxyType(
    {
        each.name: f"`{each.name}` in programme.yaml, beside the campaigns: all of them share it"
        for each in PROGRAMME_KEYS
        if each not in keys.KEYS
    }
)
NO_FILES: Mapping[str, str] = MappingProxyType({})
# Of a plan's canonical JSON, which every worker keeps in memory.
LARGEST_PLAN = 1_000_000
DEFAULT_LATENESS = 3 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Checked:
    """A campaign's plan, if nothing forbids it to run, all that was found, and what its author has silenced.

    `places` says where the verb of each step stands, by the step's path.
    """

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]
    silenced: tuple[Silenced, ...] = ()
    places: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))


def check(
    text: str,
    *,
    name: str,
    files: Mapping[str, str] = NO_FILES,
    programme: Programme | None = None,
    seen: Seen | None = None,
    today: date | None = None,
) -> Checked:
    """Return the plan of a campaign's text, or every mistake in it; never raises for what an author wrote.

    `name` is the file's path as diagnostics show it. `files` are the texts of message files, by their
    path relative to the campaign's folder: `messages/<campaign>/<message>.<language>.md`. An editor hands over
    `seen` to learn what can be named where. With `today`, days that are over by then are warned of; no
    clock is read here.
    """
    findings = Findings()
    findings.names(name)
    source = source_of(name, text)
    root, damaged = read(source, findings)
    places: dict[str, Span] = {}
    plan = _campaign(root, name, files, programme or Programme(), findings, places, seen, today)
    findings.settle(damaged=damaged)
    folder = PurePosixPath(name).parent
    others = (source_of(str(folder / path), files[path]) for path in sorted(files))
    sources = (source, *(each for each in others if each.name in findings.files))
    silenced = silence(findings, root, sources, judged=not (damaged or findings.refused))
    plan = None if findings.refused else plan
    return Checked(plan, findings.sorted(), silenced, MappingProxyType(places))


def _campaign(
    root: Node,
    name: str,
    files: Mapping[str, str],
    programme: Programme,
    findings: Findings,
    places: dict[str, Span],
    seen: Seen | None,
    today: date | None,
) -> Plan | None:
    context = Context(
        findings,
        programme.currency,
        programme.timezone,
        nothing_known(),
        Messages(),
        programme,
        seen=seen,
    )
    if seen is not None:
        seen.root, seen.messages, seen.events = root, context.messages, context.events
    if not isinstance(root, nodes.Mapping):
        _not_a_campaign(root, findings)
        return None
    context = _settings(root, context)
    top = Span(root.span.source, root.span.start, root.span.start + 1)
    fields = read_fields("a campaign", root, keys.KEYS, context, head=top, elsewhere=IN_THE_PROGRAMME)
    path = PurePosixPath(name)
    stem = (
        "" if path.name.startswith("<") else path.name.split(".")[0]
    )  # `<standard input>` is no file's name
    language = fields.get(keys.LANGUAGE_KEY) or programme.language
    campaign = fields.get(keys.CAMPAIGN) or stem
    read_messages(fields.get(keys.MESSAGES), files, campaign, language, path.parent, context)
    trigger, steps, scope = _flow(fields, context, places)
    messages = _messages(language, context)
    stop_when = read_stop_when(fields.get(keys.STOP_WHEN), steps, context.within(scope))
    subject = Subject(fields, trigger, steps, stem, context, stop_when, places, today)
    for rule in CHECKS:
        rule(subject)
    if findings.refused or trigger is None:
        return None
    plan = replace(_plan(fields, trigger, steps, messages, programme, context), stop_when=stop_when)
    plan = replace(plan, order_fields=named_order_fields(plan, programme))
    size = len(plan_json(plan))
    if size > LARGEST_PLAN:
        findings.add(
            "PC1712",
            top,
            f"the campaign with its messages comes to {size:,} characters",
            expected=f"at most {LARGEST_PLAN:,}; several campaigns, or shorter messages",
        )
    return plan


def _not_a_campaign(root: Node, findings: Findings) -> None:
    if isinstance(root, Broken):
        return
    if isinstance(root, Scalar) and root.empty:
        span = Span(root.span.source, 0, 1)
        findings.add("PC1106", span, "the file is empty", expected="`campaign:`, `when:` and `steps:`")
        return
    findings.add(
        "PC1106",
        root.span,
        "this is not a campaign",
        expected="`campaign:`, `when:` and `steps:` at the left margin",
    )


def _settings(root: nodes.Mapping, context: Context) -> Context:
    """Read first what other values depend on; their mistakes are reported with all the rest."""
    silent = replace(context, findings=Findings())
    currency, timezone = root.get("currency"), root.get("timezone")
    return replace(
        context,
        currency=(keys.CURRENCY_KEY.kind.read(currency, silent) if currency else None) or context.currency,
        timezone=(keys.TIMEZONE_KEY.kind.read(timezone, silent) if timezone else None) or context.timezone,
    )


def _flow(
    fields: Fields, context: Context, places: dict[str, Span]
) -> tuple[Trigger | None, tuple[Step, ...], Scope]:
    """Read the trigger, then the steps with what it makes known; `places` takes down where they stand.

    What the trigger makes known is returned, too.
    """
    when, steps = fields.get(keys.WHEN), fields.get(keys.STEPS)
    trigger, scope = read_trigger(when if when is not None else Broken(fields.span), context)
    if fields.has(keys.DIGEST):  # also one that cannot be read: what it gathers is a batch
        scope = replace(scope, facts=MappingProxyType(gathered(scope.facts)))
    library = read_shared(fields.get(keys.SHARED), context)
    reader = Reader(context, read_defaults(fields.get(keys.DEFAULTS), context), library)
    read_steps, _ = reader.block(steps if steps is not None else Broken(fields.span), "", scope)
    places |= reader.places
    for name in library.steps.keys() - library.used:
        span = library.steps[name].span
        context.findings.add(
            "PC1342", span, f"no step uses `{name}`", expected=f"`- use: {name}`, or no such step"
        )
    return trigger, read_steps, scope


def _messages(language: str, context: Context) -> tuple[Message, ...]:
    drafts = context.messages.drafts.values()
    languages = tuple(dict.fromkeys(words.language for draft in drafts for words in draft.words))
    for draft in drafts:
        for words in draft.words:
            for scalar in words.scalars:
                check_text(scalar, context)
    made = [finished(draft, language, languages, context) for draft in drafts]
    return tuple(message for message in made if message is not None and message.name in context.messages.used)


def _calendar(steps: tuple[Step, ...], programme: Programme, context: Context) -> WorkingTime | None:
    """Return when the shop works, by the campaign's clock, where some step counts in working time."""
    counts = any(isinstance(_waits_for(step), WorkingDays | WorkingHours) for step in walk(steps))
    if not counts or programme.calendar is None:
        return None
    return replace(programme.calendar, zone=context.timezone)


def _waits_for(step: Step) -> Moment | None:
    """Return how long a step waits at most."""
    match step:
        case Wait(until=moment) | Repeat(every=moment):
            return moment
        case Ask(up_to=moment) | Task(up_to=moment) | Approve(up_to=moment) | Start(up_to=moment):
            return moment
        case _:
            return None


def _plan(
    fields: Fields,
    trigger: Trigger,
    steps: tuple[Step, ...],
    messages: tuple[Message, ...],
    programme: Programme,
    context: Context,
) -> Plan:
    campaign = fields.get(keys.CAMPAIGN) or ""
    return Plan(
        campaign=campaign,
        title=fields.get(keys.TITLE) or campaign,
        currency=context.currency,
        trigger=trigger,
        steps=steps,
        owner=fields.get(keys.OWNER) or programme.owner,
        timezone=context.timezone,
        language=fields.get(keys.LANGUAGE_KEY) or programme.language,
        starts=fields.get(keys.STARTS),
        ends=fields.get(keys.ENDS),
        goal=fields.get(keys.GOAL),
        holdout=fields.get(keys.HOLDOUT) or 0,
        limit=fields.get(keys.LIMIT_KEY),
        budget=fields.get(keys.BUDGET),
        audience=fields.get(keys.AUDIENCE),
        again=fields.get(keys.AGAIN),
        digest=fields.get(keys.DIGEST),
        pace=fields.get(keys.PACE),
        if_running=cast("IfRunning", fields.get(keys.IF_RUNNING) or "parallel"),
        count_history=fields.get(keys.COUNT_HISTORY) is True,
        on_refund=cast('Literal["forgive", "debt"]', fields.get(keys.ON_REFUND) or "forgive"),
        on_resume=cast(
            'Literal["skip_stale", "shift", "send_all"]', fields.get(keys.ON_RESUME) or "skip_stale"
        ),
        max_lateness=fields.get(keys.MAX_LATENESS) or DEFAULT_LATENESS,
        contact=programme.contact if messages else None,
        calendar=_calendar(steps, programme, context),
        messages=messages,
    )
