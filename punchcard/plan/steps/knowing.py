"""What an instance itself knows of the names that a condition or a choice reads."""

from __future__ import annotations

from typing import Any

from punchcard.plan.conditions import Expression, names
from punchcard.plan.run import Run


def known(run: Run, expression: Expression) -> dict[str, Any] | None:
    """Return the values of all names in the expression; None if it asks about the customer."""
    asked = names(expression)
    return None if any(field.path[0] == "customer" for field in asked) else own(run, expression)


def own(run: Run, expression: Expression) -> dict[str, Any]:
    """Return the values of the names in the expression that are the instance's own."""
    values: dict[str, Any] = {}
    for field in names(expression):
        owner, _, name = field.key.partition(".")
        if owner != "customer":
            values[field.key] = run.state.names.get(owner, {}).get(name)
    return values
