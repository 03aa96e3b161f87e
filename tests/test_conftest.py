"""The servers that the tests share are real, and each test has its own corner of them."""

import psycopg
from temporalio.client import Client

from tests.support.postgres import fresh_database, shared_postgres


def test_each_database_is_empty_and_its_own(postgres_url: str) -> None:
    """Two databases of one run do not see each other's tables."""
    with fresh_database(shared_postgres()) as other:
        first, second = (url.replace("+psycopg", "") for url in (postgres_url, other))
        with psycopg.connect(first) as left, psycopg.connect(second) as right:
            left.execute("CREATE TABLE only_here (id int)")
            left.commit()
            found = right.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert found == (0,)


async def test_the_temporal_server_is_the_real_one(temporal_client: Client) -> None:
    """It answers with its capabilities and the default namespace."""
    assert temporal_client.namespace == "default"
    assert await temporal_client.service_client.check_health()
