"""Messages against the place that sends them: every field that a message names must exist there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from punchcard.language.absent import missing_name
from punchcard.language.grammar import Context
from punchcard.language.names import WORDS, in_template
from punchcard.language.nearest import listed, nearest, one_of
from punchcard.language.nodes import Scalar, Span
from punchcard.language.possible import unfit_value
from punchcard.language.scope import Called, Gift, Reply, Scope
from punchcard.language.undeclared import may_be_absent, warn_absent, warn_undeclared
from punchcard.language.unfit import Unfit
from punchcard.messages.inspection import ITEM, Variable, inspect_template

# What each filter can show; the others show anything.
_SHOWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "date": ("moment", "date"),
        "datetime": ("moment",),
        "money": ("money",),
        "number": ("whole", "number"),
        "percent": ("share",),
        "join": (),
        "length": ("text",),
    }
)

# What other tools take for a field: `{first_name}`, `${first_name}`, `[customer.first_name]`, `*|FNAME|*`.
_FOREIGN = re.compile(
    r"(?<!\{)\$?\{ *(?P<name>[A-Za-z_][\w.]*) *\}(?!\})|\[[a-z_]+\.[a-z_]+\](?![(\]])|\*\|\w+\|\*"
)


def check_message(name: str, span: Span, context: Context) -> None:
    """Check that a step can send the message: it exists, and its fields do."""
    draft = context.messages.drafts.get(name)
    if draft is None and context.messages.unread:
        return
    if draft is None:
        known = list(context.messages.drafts)
        context.findings.add(
            "PC1501",
            span,
            f"there is no message `{name}`",
            expected=one_of(known) if known else f"`{name}` below `messages:`, or a file {name}.en.md",
            suggestion=nearest(name, known),
        )
        return
    context.messages.used.add(name)
    if context.seen is not None:
        context.seen.sends(name, context.scope)
    for words in draft.words:
        for scalar in words.scalars:
            line, _ = span.source.place(span.start)
            _check_fields(scalar, span, context, f"where line {line} sends this message")


def codes_named(name: str, context: Context) -> tuple[str, ...]:
    """Return the rewards whose codes a message offers: those that it names, and that may still be unused here."""
    draft = context.messages.drafts.get(name)
    if draft is None:
        return ()
    texts = [scalar.value for words in draft.words for scalar in words.scalars]
    return tuple(
        name
        for name, made in context.scope.made.items()
        if isinstance(made, Gift) and not made.used and any(f"{name}.code" in text for text in texts)
    )


def check_text(scalar: Scalar, context: Context) -> None:
    """Report what is wrong with a template itself, wherever it is sent."""
    for found in _FOREIGN.finditer(scalar.value):
        name = found["name"]
        context.findings.add(
            "PC1518",
            scalar.part(found.start(), found.end()),
            f"`{found[0]}` is no field here, and goes out as it stands",
            expected="a field in two braces, such as {{ customer.first_name }}",
            suggestion=f"{{{{ {name} }}}}" if name and "." in name else None,
        )
    for mistake in inspect_template(scalar.value).mistakes:
        start = _offset(scalar.value, mistake.line, mistake.column)
        span = scalar.part(start, start + 1)
        context.findings.add("PC1511", span, mistake.reason, expected=mistake.remedy)


def check_words(scalar: Scalar, context: Context) -> None:
    """Check a template that stands in a step itself: how it is written, and that its fields exist there."""
    check_text(scalar, context)
    _check_fields(scalar, scalar.span, context, "here")


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(each) + 1 for each in lines[: line - 1]) + column - 1


def _check_fields(scalar: Scalar, sender: Span, context: Context, where: str) -> None:
    names = in_template(context.scope)
    for variable in inspect_template(scalar.value).variables:
        if ITEM in variable.path:
            continue  # only undeclared values can be lists, and what these hold is undeclared
        path = ".".join(variable.path)
        unfit = _unfit(path, names, context.scope)
        if unfit is not None:
            context.findings.add(
                unfit.code,
                _place(variable, scalar),
                unfit.reason if where == "here" else f"{unfit.reason}, {where}",
                expected=unfit.expected,
                suggestion=unfit.suggestion,
            )
            continue
        if path not in names:
            warn_undeclared(path, _place(variable, scalar), context)
        elif may_be_absent(variable, scalar.value, context):
            warn_absent(path, _place(variable, scalar), context)
        _check_filter(variable, names.get(path, "any"), scalar, context)
        _check_expired(path, sender, context)
    _check_compared(scalar, context, where)


def _check_compared(scalar: Scalar, context: Context, where: str) -> None:
    """Report what a message compares with a value that never comes."""
    for each in inspect_template(scalar.value).comparisons:
        path = ".".join(each.path)
        unfit = unfit_value(path, each.value, context)
        if unfit is not None:
            start = _offset(scalar.value, each.line, each.column)
            reason = unfit.reason if where == "here" else f"{unfit.reason}, {where}"
            span = scalar.part(start, start + len(path))
            context.findings.add(unfit.code, span, reason, expected=unfit.expected)


def _place(variable: Variable, scalar: Scalar) -> Span:
    """Return where a field stands in its text; looked up only where there is something to say."""
    start = _offset(scalar.value, variable.line, variable.column)
    return scalar.part(start, start + len(".".join(variable.path)))


def _unfit(path: str, names: dict[str, str], scope: Scope) -> Unfit | None:
    root, _, key = path.partition(".")
    if path not in names and not (names.get(root) == "any" and path.count(".") == 1):
        if path in ("customer.orders", "customer.spent"):
            return Unfit(
                "PC1404",
                f"`{path}` can stand in conditions only",
                "another field, or an `if` with two messages",
            )
        return missing_name(path, names, scope)
    made = scope.made.get(root)
    if isinstance(made, Reply) and key == "answer" and not made.answered:
        return Unfit(
            "PC1408", f"`{path}` may have no value", f"this message in the `then` of the question `{root}`"
        )
    if isinstance(made, Called) and not made.returned and key in {each.name for each in made.returns}:
        return Unfit(
            "PC1408", f"`{path}` may have no value", f"this message in the `then` of `if: not {root}.failed`"
        )
    return None


def _check_filter(variable: Variable, kind: str, scalar: Scalar, context: Context) -> None:
    """A filter that cannot show this type fails when the message is sent, so it is refused here."""
    first = variable.filters[0] if variable.filters else None
    if kind == "share" and first is None:
        reason = "without a filter a share is shown as a fraction, such as 0.2"
    elif first is not None and kind != "any" and kind not in _SHOWS.get(first, (kind,)):
        reason = f"`{first}` cannot show {WORDS.get(kind, kind)}"
    else:
        return
    fitting = [name for name, kinds in _SHOWS.items() if kind in kinds and name != "length"]
    expected = listed(f"`| {name}`" for name in fitting) or "no filter"
    shown = [".".join(variable.path), *fitting[:1]]
    suggestion = f"{{{{ {' | '.join(shown)} }}}}"
    span = _place(variable, scalar)
    context.findings.add("PC1512", span, reason, expected=expected, suggestion=suggestion)


def _check_expired(path: str, sender: Span, context: Context) -> None:
    """Warn of a message with a code that has expired before it is sent."""
    root, _, key = path.partition(".")
    made = context.scope.made.get(root)
    if key == "code" and isinstance(made, Gift) and made.surely_expired:
        context.findings.add(
            "PC1602",
            sender,
            f"`{root}` has expired by then, and this message names its code",
            expected="this step before the reward expires",
        )
