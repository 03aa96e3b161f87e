"""The page on the API, followed to the letter; its tables name what there is."""

import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from api.problems import every_kind
from punchcard.domain.keys import SCOPES
from tests.docs.page import DOCS
from tests.docs.reader import follow_page
from tests.docs.shell import Shell
from tests.support.run_servers import wait_until
from tests.support.shop import SPEND, Shop

PAGE = (DOCS / "reference" / "api.md").read_text("utf-8")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """The installation that the page is about."""
    made = Shop(f"sqlite:///{tmp_path / 'shop.db'}", tmp_path)
    made.publish(SPEND.replace("currency: USD", "currency: USD\nstarts: 2026-05-01"))
    made.reward("C-1", code="NX7K-4GTP-W9CR")
    yield made
    made.here.database.close()


@pytest.fixture
def address(shop: Shop, free_port: int) -> Iterator[str]:
    """Where its API answers."""
    server = uvicorn.Server(uvicorn.Config(shop.app, port=free_port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started, what="the API to answer")
    yield f"http://127.0.0.1:{free_port}"
    server.should_exit = True
    thread.join()


def test_the_page_does_what_it_says(shop: Shop, address: str, tmp_path: Path) -> None:
    """Every command as it stands there, every output as it promises."""
    with Shell(tmp_path, {**os.environ, "LC_ALL": "C.UTF-8", "AT": address, "KEY": shop.key}) as shell:
        follow_page(shell, PAGE)


def test_every_scope_is_described_in_its_own_words() -> None:
    """And none that there is not."""
    described = dict(re.findall(r"^\| `([a-z_]+:[a-z]+)` \| (.+) \|$", PAGE, re.MULTILINE))
    assert described == SCOPES


def test_every_problem_is_listed() -> None:
    """With its status and title."""
    listed = re.findall(r"^\| `(/problems/[a-z-]+)` \| (\d+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert listed == [(kind.type, str(kind.status), kind.title) for kind in every_kind()]
