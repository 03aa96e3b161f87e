"""A segment's rule in SQL finds whom the core's evaluator finds, on either kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from punchcard.domain.customers import CUSTOMER
from punchcard.domain.database import Database, dump, table
from punchcard.domain.knowing import known_of_all, known_of_customer
from punchcard.domain.orders import Order
from punchcard.domain.rules import Asking, holds
from punchcard.domain.tags import add_tags
from punchcard.language import check_programme
from punchcard.plan.conditions import Segment, evaluate, names
from punchcard.plan.lookback import since

ORDER = table(Order)
NOW = 1_780_000_000_000  # 28 May 2026, 20:26:40 UTC: the 29th in the east of the earth
ZONES = ("Europe/Berlin", "Pacific/Kiritimati", "Asia/Kathmandu")
# When a month before lies in these zones, and in the campaign's.
MONTH_AGO = tuple(since("1 months", NOW, zone) for zone in (*ZONES, "America/New_York"))
DAY = 24 * 3600 * 1000
FIELDS = "customer_fields: {store: text, since: date, score: number, newsletter: flag}\n"
WORDS = ("", "de", "Bern", "bern", "Ber", "%_'\"\\", "Zürich", "2024-02-29", "x\\u0000")


@dataclass
class Person:
    """A customer as the database may hold one."""

    profile: dict[str, str | None] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    orders: list[dict[str, Any]] = field(default_factory=list)


def people() -> st.SearchStrategy[Person]:
    """Customers with values at every edge, also with such as are of no declared type."""
    text = st.sampled_from((*WORDS, "a\x00b", "a\x01", "a\x02"))
    anything = st.one_of(
        text,
        st.booleans(),
        st.integers(-3, 30),
        st.sampled_from((0.5, -0.0, 1e-16, 1e-15, 1e15, 1.1e15, -1e300, 10**30, 5e-324, 2**53 + 1)),
    )
    profile = st.dictionaries(
        st.sampled_from(("first_name", "language")), st.one_of(st.none(), st.sampled_from(WORDS))
    )
    attributes = st.dictionaries(
        st.sampled_from(("store", "since", "score", "newsletter", "other")), anything
    )
    orders = st.fixed_dictionaries(
        {
            "status": st.sampled_from(("placed", "paid", "delivered", "cancelled")),
            "currency": st.sampled_from(("USD", "USD", "EUR")),
            "net": st.sampled_from((0, 1, 100, 1050, 5_000, 10**12)),
            "occurred_at": st.sampled_from(
                tuple(NOW + offset for offset in (1, 0, -1, -7 * DAY, 1 - 7 * DAY, -7 * DAY - 1, -90 * DAY))
                + tuple(at + offset for at in MONTH_AGO for offset in (0, 1))
            ),
        }
    )
    zone = st.fixed_dictionaries({"timezone": st.sampled_from((None, *ZONES))})
    return st.builds(
        Person,
        st.builds(lambda one, other: {**one, **other}, profile, zone),
        attributes,
        st.lists(st.sampled_from(("vip", "de", "Bern")), unique=True),
        st.lists(orders, max_size=4),
    )


def quoted(text: str) -> str:
    """A text as conditions write it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rules() -> st.SearchStrategy[str]:
    """Rules as the programme's file has them: every operator, every kind of value, one segment within another."""
    text = st.one_of(
        st.sampled_from(WORDS).map(quoted),
        st.sampled_from(("customer.first_name", "customer.language", "customer.store")),
    )
    figure = st.one_of(
        st.sampled_from(("0", "1", "2", "-3", "0.5", "7", "1000")),
        st.sampled_from(("customer.orders", "customer.score", 'customer.orders_within("7 days")')),
        st.just('customer.orders_within("1 month")'),
    )
    number = st.recursive(
        figure,
        lambda inner: st.builds(lambda a, o, b: f"({a} {o} {b})", inner, st.sampled_from("+-*/"), inner),
        max_leaves=3,
    )
    money = st.sampled_from(
        (
            "customer.spent",
            'customer.spent_within("7 days")',
            'customer.spent_within("1 month")',
            "customer.spent / 2",
            "customer.spent * 3",
        )
    )
    day = st.sampled_from(("customer.since", "customer.birthday"))
    compared = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
    equal = st.sampled_from(("==", "!="))

    def pair(
        left: st.SearchStrategy[str], sign: st.SearchStrategy[str], right: st.SearchStrategy[str]
    ) -> Any:
        return st.builds(lambda a, o, b: f"{a} {o} {b}", left, sign, right)

    flag = st.one_of(
        pair(number, compared, number),
        pair(money, compared, st.sampled_from(("0", "10.50", "50", '"10000000000 USD"', "customer.spent"))),
        pair(st.just("customer.spent / 100"), compared, money),
        pair(st.just('customer.spent / customer.spent_within("7 days")'), compared, number),
        pair(text, equal, text),
        pair(day, compared, st.sampled_from(('"2024-02-29"', '"1999-12-31"', "customer.since"))),
        st.builds(
            lambda a, q, b: f"{a}.{q}({b})",
            st.sampled_from(("customer.first_name", "customer.store")),
            st.sampled_from(("contains", "starts_with", "ends_with")),
            text,
        ),
        text.map(lambda a: f'{a} in ["de", "Bern", ""]'),
        text.map(lambda a: f"{a} in customer.tags"),
        figure.map(lambda a: f"{a} in [1, 2]").filter(
            lambda a: "score" not in a and "." not in a.split(" ")[0][1:2]
        ),
        st.sampled_from(
            ("customer.newsletter", "customer.newsletter == true", "customer.newsletter != false")
        ),
        st.just('customer.in_segment("within")'),
    )
    return st.recursive(
        flag,
        lambda inner: st.one_of(
            st.builds(lambda a, o, b: f"({a} {o} {b})", inner, st.sampled_from(("and", "or")), inner),
            inner.map(lambda a: f"not ({a})"),
        ),
        max_leaves=4,
    )


def segment(rule: str, within: str = 'customer.store == "Bern"') -> Segment | None:
    """The segment of a rule; None where the language does not admit it."""
    text = f"{FIELDS}segments:\n  within: |\n    {within}\n  tried: |\n    {rule}\n"
    programme = check_programme(text).programme
    return None if programme is None else programme.segments["tried"]


@contextmanager
def inhabited(database: Database, persons: list[Person]) -> Iterator[tuple[Connection, list[int]]]:
    """A transaction in which these customers exist, and which leaves nothing behind."""
    with database.engine.connect() as connection:
        transaction = connection.get_transaction() or connection.begin()
        ids = []
        for number, person in enumerate(persons):
            values = {"created_at": NOW, **person.profile, "attributes": dump(person.attributes)}
            id_ = connection.execute(insert(CUSTOMER).values(values).returning(CUSTOMER.c.id)).scalar_one()
            add_tags(connection, id_, person.tags, NOW)
            for place, terms in enumerate(person.orders):
                connection.execute(
                    insert(ORDER).values(
                        source="shop",
                        external_id=f"{number}-{place}",
                        customer_id=id_,
                        received_at=NOW,
                        amount=terms["net"],
                        event_id=1,
                        **terms,
                    )
                )
            ids.append(id_)
        yield connection, ids
        transaction.rollback()


def agrees(database: Database, persons: list[Person], rule: str) -> bool:
    """Assert that both find the same customers; return whether the language admits the rule."""
    asked = segment(rule)
    if asked is None:
        return False
    with inhabited(database, persons) as (connection, ids):
        found = set(
            connection.execute(
                select(CUSTOMER.c.id).where(
                    holds(asked, Asking(connection.dialect.name, "USD", NOW, "America/New_York", ZONES))
                )
            ).scalars()
        )
        known = known_of_all(connection, ids, names(asked), "USD", NOW, "America/New_York")
        meant = {id_ for id_ in ids if evaluate(asked, known[id_]).met}
        for id_ in ids:
            alone = known_of_customer(connection, id_, names(asked), "USD", NOW, "America/New_York")
            assert alone == known[id_]
    assert found == meant, rule
    return True


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=rules(), persons=st.lists(people(), min_size=1, max_size=4))
def test_sqlite_finds_whom_the_evaluator_finds(database: Database, rule: str, persons: list[Person]) -> None:
    """Over customers with values at every edge."""
    assume(agrees(database, persons, rule))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=rules(), persons=st.lists(people(), min_size=1, max_size=4))
def test_postgresql_finds_whom_the_evaluator_finds(
    postgres_database: Database, rule: str, persons: list[Person]
) -> None:
    """Over the same kind of customers; and no rule makes it fail."""
    assume(agrees(postgres_database, persons, rule))


@pytest.mark.parametrize(
    "rule",
    [
        'customer.orders >= 1 and customer.spent_within("7 days") > 10',
        "customer.score * customer.score * customer.score * customer.score > 1",
        "1 / customer.score > 999999999999999 * 999999999999999",
        "customer.store.ends_with(customer.first_name)",
        'not (customer.language in ["de"])',
        '"vip" in customer.tags and not customer.newsletter',
        'customer.since > "2024-02-28"',
        "customer.score == 900719925474993",
    ],
)
def test_each_kind_of_rule_is_admitted_and_agrees(each_database: Database, rule: str) -> None:
    """Those that reach for a database's limits too."""
    persons = [
        Person(
            {"first_name": "", "language": "de"},
            {"store": "x", "score": 1e15, "newsletter": False, "since": "2024-02-29"},
            ["vip"],
            [{"status": "paid", "currency": "USD", "net": 1050, "occurred_at": NOW}],
        ),
        Person({}, {"score": 1e-15, "newsletter": True, "since": "nonsense"}, ["vip"]),
        Person({"first_name": "n"}, {"store": "Bern", "score": 2**53 + 1}),
        Person(),
    ]
    assert agrees(each_database, persons, rule)
