"""The programme's file, `programme.yaml` beside the campaigns: text → programme or diagnostics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from punchcard.language import nodes
from punchcard.language import programme_keys as keys
from punchcard.language.arguments import read_fields
from punchcard.language.calendar import CALENDAR
from punchcard.language.diagnostics import Diagnostic, Findings
from punchcard.language.drafts import Messages
from punchcard.language.grammar import Argument, Context, Fields
from punchcard.language.hosts import HOSTS, SECRETS
from punchcard.language.keys import KEYS as CAMPAIGN_KEYS
from punchcard.language.nodes import Broken, Node, Scalar, Span
from punchcard.language.programme import Programme
from punchcard.language.roles import ROLES
from punchcard.language.scope import Scope
from punchcard.language.segments import SEGMENTS, read_segments
from punchcard.language.silence import Silenced, silence
from punchcard.language.source import read, source_of
from punchcard.plan.model import Contact

FILE = "programme.yaml"
IN_A_CAMPAIGN: Mapping[str, str] = MappingProxyType(
    {
        each.name: f"`{each.name}` in a campaign's file"
        for each in CAMPAIGN_KEYS
        if each not in keys.PROGRAMME_KEYS
    }
)


@dataclass(frozen=True, slots=True)
class CheckedProgramme:
    """The programme, if its file is without mistakes, all that was found, and what its author has silenced."""

    programme: Programme | None
    diagnostics: tuple[Diagnostic, ...]
    silenced: tuple[Silenced, ...] = ()


def check_programme(text: str, *, name: str = FILE) -> CheckedProgramme:
    """Return the programme of a file's text, or every mistake in it; never raises for what an author wrote.

    The declared events are not part of the file: whoever knows them adds them.
    """
    findings = Findings()
    findings.names(name)
    source = source_of(name, text)
    root, damaged = read(source, findings)
    programme = _programme(root, findings)
    findings.settle(damaged=damaged)
    silenced = silence(findings, root, (source,), judged=not (damaged or findings.refused))
    return CheckedProgramme(None if findings.refused else programme, findings.sorted(), silenced)


def _programme(root: Node, findings: Findings) -> Programme:
    default = Programme()
    context = Context(findings, default.currency, default.timezone, Scope(), Messages(), default)
    if not isinstance(root, nodes.Mapping):
        if not isinstance(root, Broken) and not (isinstance(root, Scalar) and root.empty):
            findings.add(
                "PC1106", root.span, "this is not a programme", expected="keys such as `currency: USD`"
            )
        return default
    head = Span(root.span.source, root.span.start, root.span.start + 1)
    fields = read_fields(
        "a programme", root, keys.PROGRAMME_KEYS, context, head=head, elsewhere=IN_A_CAMPAIGN
    )
    programme = _made(fields, default)
    own = replace(
        context, currency=programme.currency, timezone=programme.timezone, programme=programme, seen=None
    )
    return replace(programme, segments=read_segments(fields.get(SEGMENTS), own))


def _contact(fields: Fields) -> Contact | None:
    quiet, caps = fields.get(keys.QUIET_HOURS), fields.get(keys.CAPS) or ()
    return Contact(quiet, caps) if quiet is not None or caps else None


def _made(fields: Fields, default: Programme) -> Programme:
    def given(argument: Argument[Any], otherwise: Any) -> Any:
        found = fields.get(argument)
        return otherwise if found is None else found

    return Programme(
        currency=given(keys.CURRENCY_KEY, default.currency),
        timezone=given(keys.TIMEZONE_KEY, default.timezone),
        language=given(keys.LANGUAGE_KEY, default.language),
        owner=given(keys.OWNER, default.owner),
        contact=_contact(fields),
        roles=given(ROLES, default.roles),
        calendar=given(CALENDAR, default.calendar),
        hosts=given(HOSTS, default.hosts),
        secrets=given(SECRETS, default.secrets),
        customer_fields=given(keys.CUSTOMER_FIELDS, default.customer_fields),
        order_fields=given(keys.ORDER_FIELDS, default.order_fields),
    )
