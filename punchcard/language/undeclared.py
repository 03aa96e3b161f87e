"""What events need not have: fields that nobody has declared, which cannot be checked, and those that may be absent."""

from __future__ import annotations

from punchcard.language.grammar import Context
from punchcard.language.nodes import Span
from punchcard.messages.inspection import Variable, inspect_template

OWNER = "event."


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
    """Whether a template shows a field as it is that the event need not have, and nothing has asked for it.

    A sum of money is absent where it is in another currency than the campaign's.
    """
    owner, *rest = variable.path
    required = context.programme.required.get(context.scope.event or "")
    if required is None or owner != "event" or len(rest) != 1:
        return False
    if rest[0] in required and not _is_money(".".join(variable.path), context):
        return False
    if "default" in variable.filters or ".".join(variable.path) in context.scope.holding:
        return False
    return not any(each.asked and each.path == variable.path for each in inspect_template(text).variables)


def warn_absent(path: str, span: Span, context: Context) -> None:
    """Warn of a hole: the sentence around the field goes on as if it were there."""
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
