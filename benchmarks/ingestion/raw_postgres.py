"""The least that PostgreSQL has to do for orders: insert each once, and add it to its customer's counter."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from benchmarks.ingestion.orders import PlacedOrder

_TABLES = """
CREATE TABLE purchase (id text PRIMARY KEY, customer bigint, amount bigint, at bigint);
CREATE TABLE counter (customer bigint PRIMARY KEY, spent bigint NOT NULL);
"""
_TAKE = """
WITH fresh AS (
    INSERT INTO purchase SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[])
    ON CONFLICT DO NOTHING RETURNING customer, amount
)
INSERT INTO counter SELECT customer, sum(amount) FROM fresh GROUP BY customer ORDER BY customer
ON CONFLICT (customer) DO UPDATE SET spent = counter.spent + excluded.spent
"""


class RawPostgres:
    """One connection of psycopg."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url.replace("+psycopg", ""))
        self._connection.execute(_TABLES)
        self._connection.commit()

    def take(self, batch: Sequence[PlacedOrder]) -> None:
        """Take a batch in, in one transaction."""
        columns = zip(*((order.id, order.customer, order.amount, order.at) for order in batch), strict=True)
        self._connection.execute(_TAKE, [list(column) for column in columns], prepare=True)
        self._connection.commit()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
