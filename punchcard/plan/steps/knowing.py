"""What an instance itself knows of the names that a condition or a choice reads."""

from __future__ import annotations

from typing import Any

from punchcard.plan.conditions import Expression, names
from punchcard.plan.run import Run
from punchcard.plan.state import Token


def known(run: Run, token: Token, expression: Expression) -> dict[str, Any] | None:
    """Return the values of all names in the expression; None if it asks about the customer."""
    asked = names(expression)
    return None if any(field.path[0] == "customer" for field in asked) else own(run, token, expression)


def own(run: Run, token: Token, *expressions: Expression) -> dict[str, Any]:
    """Return the values of the names in the expressions that are the instance's own."""
    values: dict[str, Any] = {}
    for field in (field for expression in expressions for field in names(expression)):
        owner, _, name = field.key.partition(".")
        if owner == "round":
            values[field.key] = round_of(run, token)
        elif owner != "customer":
            values[field.key] = run.state.names.get(owner, {}).get(name)
    return values


def round_of(run: Run, token: Token) -> int | None:
    """Return the number of the round in which the token is, of the nearest step around it that repeats."""
    home = run.program.home[token.path]
    while home is not None:
        if home in run.state.rounds:
            return run.state.rounds[home][0]
        home = run.program.home[home]
    return None
