"""A customer changed by a campaign: fields set, tags put on and taken off."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import bindparam, select, update

from punchcard.domain.customers import Customer
from punchcard.domain.database import dump, table
from punchcard.domain.facts.granting import Granting, Result
from punchcard.domain.prepared import Prepared
from punchcard.domain.tags import add_tags, remove_tags
from punchcard.plan.conditions import names, value_of
from punchcard.plan.effects import Note
from punchcard.plan.facts import UpdateCustomer

CUSTOMER = table(Customer)

_ATTRIBUTES = Prepared(
    select(CUSTOMER.c.attributes)
    .where(CUSTOMER.c.id == bindparam("customer_id"))
    .with_for_update(key_share=True)
)
_PUT_ATTRIBUTES = Prepared(
    update(CUSTOMER).where(CUSTOMER.c.id == bindparam("whose")).values(attributes=bindparam("held"))
)


def update_customer(granting: Granting, fact: UpdateCustomer) -> Result:
    """Change the customer, unless the occasion was reversed or the person erased: then the journal says so."""
    reason = granting.objection
    if reason is None:
        customer_id = granting.instance.customer_id
        _set_fields(granting, fact)
        remove_tags(granting.connection, customer_id, fact.remove_tags)
        add_tags(granting.connection, customer_id, fact.add_tags, granting.now)
    else:
        granting.notes.append(Note("not_updated", fact.path, {"reason": reason}))
    return {"updated": reason is None}


def _set_fields(granting: Granting, fact: UpdateCustomer) -> None:
    """Set what has a value; what is absent leaves its field as it is."""
    if not fact.fields:
        return
    connection, customer_id = granting.connection, granting.instance.customer_id
    known = granting.values([name for each in fact.fields for name in names(each.value)], fact.values)
    new: dict[str, Any] = {each.field: value_of(each.value, known)[0] for each in fact.fields}
    held = json.loads(_ATTRIBUTES(connection, {"customer_id": customer_id}).scalar_one())
    held |= {name: value for name, value in new.items() if value is not None}
    _PUT_ATTRIBUTES(connection, {"whose": customer_id, "held": dump(held)})
