"""What events need not have: fields that nobody has declared, which cannot be checked, and those that may be absent."""

from __future__ import annotations

from punchcard.language.grammar import Context
from punchcard.language.nodes import Span
from punchcard.messages.inspection import Variable, inspect_template

OWNER = "event."
OF_ORDER = "order."


def schema_file(event: str) -> str:
    """Return where the schema of an event belongs, seen from the campaign."""
    return f"events/{event}.json"


def remedy(event: str) -> str:
    """Return what declares an event."""
    return f"the file `{schema_file(event)}` beside the campaigns, with a JSON Schema of its fields"


def warn_undeclared(path: str, span: Span, context: Context) -> None:
    """Warn of what cannot be known: a misspelt field would silently be absent."""
    event = context.scope.undeclared
    if path.startswith(OWNER) and event is not None:
        message = f"nobody has declared the fields of the event `{event}`, so `{path}` cannot be checked"
        context.findings.add("PC1513", span, message, expected=remedy(event))


def may_be_absent(variable: Variable, text: str, context: Context) -> bool:
    """Whether a template shows a field that the event or the order need not have, and nothing has asked for it.

    A sum of money is absent where it is in another currency than the campaign's.
    """
    if not (_of_event(variable, context) or _of_order(variable, context)):
        return False
    if "default" in variable.filters or ".".join(variable.path) in context.scope.holding:
        return False
    return not any(each.asked and each.path == variable.path for each in inspect_template(text).variables)


def _of_event(variable: Variable, context: Context) -> bool:
    owner, *rest = variable.path
    required = context.programme.required.get(context.scope.event or "")
    if required is None or owner != "event" or len(rest) != 1:
        return False
    return rest[0] not in required or _is_money(".".join(variable.path), context)


def _of_order(variable: Variable, context: Context) -> bool:
    owner, *rest = variable.path
    return owner == "order" and len(rest) == 1 and rest[0] in context.programme.order_fields


def warn_absent(path: str, span: Span, context: Context) -> None:
    """Warn of a hole: the sentence around the field goes on as if it were there."""
    if path.startswith(OF_ORDER):
        name = path.removeprefix(OF_ORDER)
        message = f"an order need not say `{name}`, and then the text has nothing here"
        expected = (
            f'`{{{{ {path} | default("…") }}}}`, `{{% if {path} %}}` around its sentence, or a trigger whose `where` '
            "asks for it"
        )
        context.findings.add("PC1517", span, message, expected=expected)
        return
    event, name = context.scope.event, path.removeprefix(OWNER)
    if name in context.programme.required.get(event or "", ()):
        message = f"`{name}` in another currency than {context.currency} is absent, and then the text has nothing here"
        expected = (
            f'`{{{{ {path} | money | default("…") }}}}`, `{{% if {path} %}}` around its sentence, or a trigger whose '
            f"`where` asks for it: `{path} >= 0`"
        )
        context.findings.add("PC1517", span, message, expected=expected)
        return
    message = f"an event `{event}` need not have `{name}`, and then the text has nothing here"
    expected = (
        f'`{{{{ {path} | default("…") }}}}`, `{{% if {path} %}}` around its sentence, or `{name}` among what '
        f"`{schema_file(str(event))}` says is `required`"
    )
    context.findings.add("PC1517", span, message, expected=expected)


def _is_money(path: str, context: Context) -> bool:
    return context.scope.facts.get(path) == "money"
