"""Giving a name to what a step makes."""

from __future__ import annotations

from punchcard.language.grammar import Call
from punchcard.language.kinds import scalar
from punchcard.language.labels import snake
from punchcard.language.names import RESERVED
from punchcard.language.scope import Called, Errand, Gift, Made, Onward, Reply, what_is_made
from punchcard.language.unfit import Unfit


def claim_name(call: Call, default: str, made: type[Made]) -> str | None:
    """Return the name beside the verb, or the default; None after reporting that it cannot be used."""
    entry = call.beside.get("as")
    if entry is None:
        return default if _free(call, default, made) else None
    given = scalar(entry.value, call.context, "a name such as coupon")
    if given is None:
        return None
    name = snake(given.value)
    if isinstance(name, Unfit):
        call.context.findings.refuse(entry.value.span, name)
        return name.suggestion
    if name in RESERVED:
        call.context.findings.add(
            "PC1406",
            entry.value.span,
            f"`{name}` has a meaning of its own",
            expected="another name, such as `coupon` or `reply`",
        )
        return None
    return name if _free(call, name, made) else None


def _free(call: Call, name: str, made: type[Made]) -> bool:
    """Whether nothing else of this name can exist here; it may repeat in branches that exclude each other."""
    known = call.scope.made.get(name) or call.scope.perhaps.get(name)
    if known is None:
        return True
    entry = call.beside.get("as")
    span = entry.value.span if entry else call.verb.span
    line, _ = known.span.source.place(known.span.start)
    example = {
        Gift: "second_reward",
        Reply: "second_reply",
        Errand: f"second_{call.verb.value}" if call.verb.value == "task" else "second_approval",
        Onward: "second_campaign",
        Called: "second_call",
    }[made]
    call.context.findings.add(
        "PC1407",
        span,
        f"{what_is_made(known)} called `{name}` may exist already, from line {line}",
        expected=f"another name: `as: {example}`",
    )
    return False
