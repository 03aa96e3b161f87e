"""How the customer of a case stands, against what is expected of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select

from punchcard.domain.customers import CUSTOMER
from punchcard.domain.tags import TAG
from punchcard.language.diagnostics import Findings
from punchcard.language.trials.model import Expected, Stands, Value
from punchcard.trial.stage import Stage


def compare_customer(expected: Iterable[Expected], stage: Stage, findings: Findings) -> None:
    """Say of what is expected of the customer how it stands otherwise."""
    signs = [(each, each.sign) for each in expected if isinstance(each.sign, Stands)]
    if not signs:
        return
    attributes: dict[str, Value] = json.loads(stage.one(select(CUSTOMER.c.attributes)))
    tags = frozenset(row.tag for row in stage.rows(select(TAG.c.tag)))
    for each, sign in signs:
        differences = list(_differences(sign, attributes, tags))
        if differences:
            findings.add(
                "PC2103",
                each.span,
                "; ".join(happened for happened, _ in differences),
                expected="; ".join(wanted for _, wanted in differences),
            )


def _differences(
    sign: Stands, attributes: Mapping[str, Value], tags: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Yield what stands otherwise, and what was wanted."""
    for name, wanted in sign.attributes.items():
        found = attributes.get(name)
        if found is None:
            yield f"the customer's field `{name}` has no value", _word(wanted)
        elif found != wanted or isinstance(found, bool) is not isinstance(wanted, bool):
            yield f"the customer's field `{name}` is `{_word(found)}`", _word(wanted)
    for tag in sign.tags:
        if tag not in tags:
            has = f"only {', '.join(f'`{each}`' for each in sorted(tags))}" if tags else "no tag"
            yield f"the customer does not have the tag `{tag}`, {has}", f"the tag `{tag}`"
    for name in sign.without:
        if attributes.get(name) is not None:
            yield f"the customer's field `{name}` is `{_word(attributes[name])}`", f"no `{name}`"
        if name in tags:
            yield f"the customer has the tag `{name}`", f"no tag `{name}`"


def _word(value: Value) -> str:
    """Return a value as stories write it."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
