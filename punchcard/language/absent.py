"""Why a name does not exist at a place, and which was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from punchcard.language.later import LATER_NAMES
from punchcard.language.moments import never_expires
from punchcard.language.names import FOR_ORDERS, ORDER, RESERVED, fields_of, for_people
from punchcard.language.nearest import listed, nearest, one_of
from punchcard.language.scope import Gift, Onward, Scope, what_is_made
from punchcard.language.unfit import Unfit, not_in_this_version
from punchcard.language.uses import used_once

# What other tools call it, where the letters lead to something else.
CALLED: Mapping[str, str] = MappingProxyType(
    {
        "order.count": "occasion.ordinal",
        "order.number": "order.id",
        "customer.name": "customer.first_name",
        "customer.order_count": "customer.orders",
        "customer.total": "customer.spent",
    }
)
FLAGS: Mapping[str, str] = MappingProxyType(
    {"yes": "true", "no": "false", "on": "true", "off": "false", "True": "true", "False": "false"}
)


def missing_name(path: str, names: Mapping[str, str], scope: Scope, *, where: bool = False) -> Unfit:
    """Return the reason why `path` cannot be named here; `where` is a trigger's filter."""
    root, _, key = path.partition(".")
    if path in FLAGS:
        meant = FLAGS[path]
        return Unfit(
            "PC1412",
            f"`{path}` is written otherwise here",
            f"`{meant}`; a yes or no can stand alone, too",
            meant,
        )
    later = LATER_NAMES.get(path) or LATER_NAMES.get(root)
    if later is not None:
        return not_in_this_version(f"`{path}`", later)
    if where and root not in {name.partition(".")[0] for name in names}:
        return _not_in_where(path, names)
    if root in scope.perhaps and root not in scope.made:
        return Unfit(
            "PC1402",
            f"not every path to here has made `{root}`",
            "a reward or question before the paths divide, or this inside the branch that has it",
        )
    if root in scope.made:
        return _no_such_field(root, key, scope, names)
    if root == "round":
        return Unfit("PC1401", f"there is no `{path}` here", "`round.number` within the steps of a `repeat`")
    if root in ("order", "event", "inputs") and "batch.count" in names:
        return Unfit(
            "PC1403",
            f"a digest joins several occasions, so there is no one `{root}`",
            "`batch.count`, or in a message a loop over `batch.items`",
        )
    if root in ("order", "event", "inputs", "batch", "given") and not any(
        name.partition(".")[0] == root for name in names
    ):
        return _not_this_trigger(root, names)
    in_quotes = "" if key else "; a text stands in quotes"
    return Unfit(
        "PC1401", f"there is no `{path}` here", f"{_choices(root, names)}{in_quotes}", _meant(path, names)
    )


def _meant(path: str, names: Mapping[str, str]) -> str | None:
    """Return the name that was probably meant; where the part before the dot exists, only what is behind it differs."""
    if CALLED.get(path) in names:
        return CALLED[path]
    root, _, key = path.partition(".")
    found = _within(root, key, names) or _sure_root(root, key, names)
    if found or any(name.partition(".")[0] == root for name in names):
        return found
    return nearest(path, names)


def _within(root: str, key: str, names: Iterable[str]) -> str | None:
    """Correct the part behind the dot, where the part before it exists; nothing else can be meant then."""
    meant = nearest(key, [name.partition(".")[2] for name in names if name.partition(".")[0] == root])
    return f"{root}.{meant}" if meant else None


def _sure_root(root: str, key: str, names: Iterable[str]) -> str | None:
    """Correct the part before the dot alone, where that gives a name."""
    roots = {name.partition(".")[0] for name in names}
    meant = nearest(root, roots)
    return f"{meant}.{key}" if meant and f"{meant}.{key}" in set(names) else None


def _choices(root: str, names: Mapping[str, str]) -> str:
    siblings = sorted(name for name in names if name.partition(".")[0] == root)
    if siblings and root == "customer":
        return f"{one_of(siblings)}; a field of your own stands under `customer_fields` in programme.yaml"
    if siblings and root == "order":
        return f"{one_of(siblings)}; a field of your own stands under `order_fields` in programme.yaml"
    if siblings:
        return one_of(siblings)
    roots = dict.fromkeys(name.partition(".")[0] for name in names)
    return f"a name that begins with {listed(f'{each}.' for each in roots)}"


def _no_such_field(root: str, key: str, scope: Scope, names: Mapping[str, str]) -> Unfit:
    made = scope.made[root]
    what = what_is_made(made)
    known = sorted(name for name in names if name.partition(".")[0] == root)
    if not key:
        return Unfit(
            "PC1404",
            f"`{root}` is {what}, and one of its fields must be named",
            listed(known),
            f"{root}.{next(iter(fields_of(made)))}",
        )
    if key == "expires" and isinstance(made, Gift):
        return never_expires(root)
    if key in FOR_ORDERS and isinstance(made, Gift):
        return used_once(root, "PC1404")
    if for_people(made, key) and key in fields_of(made):
        return Unfit("PC1404", f"`{root}.{key}` can stand in messages only", listed(known))
    if isinstance(made, Onward) and key in fields_of(made):
        return Unfit(
            "PC1404", f"`{root}.{key}` can stand in conditions only", "`if` or `choose` before the message"
        )
    return Unfit("PC1404", f"{what} has no field `{key}`", listed(known), _within(root, key, known))


def _not_this_trigger(root: str, names: Iterable[str]) -> Unfit:
    if {name.partition(".")[0] for name in names} == {"customer"}:
        reason = f"only the customer is known here, and no `{root}`"
        return Unfit("PC1403", reason, "names that begin with `customer.`")
    owners = {
        "order": "`order.` comes with the triggers `spend`, `order`, `items`, `visits` and `inactive`",
        "given": "`given.` comes with the trigger `reward`",
        "event": "`event.` comes with the trigger `event`",
        "inputs": "`inputs.` comes with the trigger `manual` that has `inputs`",
        "batch": "`batch.` comes with `digest`",
    }
    return Unfit("PC1403", f"this campaign's trigger has no `{root}`", owners[root])


def _not_in_where(path: str, names: Mapping[str, str]) -> Unfit:
    known = [name for name in names if "." in name] or [f"{root}.…" for root in names] or list(ORDER)
    root = path.partition(".")[0]
    near = nearest(path, names)
    if root in RESERVED and not near:
        return Unfit(
            "PC1403", f"`where` looks at what arrived, and `{path}` is not part of it", listed(known)
        )
    return Unfit("PC1401", f"there is no `{path}` here", listed(known), near)
