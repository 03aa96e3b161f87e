"""The tutorial and the how-to pages, followed to the letter: every command as it stands, every output as promised."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from tests.docs.page import DOCS, Command, File, read_page
from tests.docs.shell import Shell, eventually
from tests.docs.swift import search_path
from tests.support.ports import free_port
from tests.support.run_servers import wait_until

PAGES = (
    "tutorial.md",
    "how-to/start-by-hand.md",
    "how-to/redeem-at-the-till.md",
    "how-to/events-of-your-own.md",
    "how-to/back-up-and-restore.md",
)
# These read what other processes are about to write, so a quick reader asks again.
READS = ("punchcard instances", "punchcard rewards", "punchcard mail", "punchcard doctor")
PORTS = {"8000": "API_PORT", "8233": "TEMPORAL_UI_PORT"}
MORE_PORTS = ("WORKER_PORT", "TEMPORAL_PORT", "SMTP_PORT")


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A shell without settings of the one who runs the test, and with ports that nobody uses."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PUNCHCARD_", "TEMPORAL_"))
    }
    ports = {f"PUNCHCARD_{name}": str(free_port()) for name in (*PORTS.values(), *MORE_PORTS)}
    path = search_path(tmp_path_factory.mktemp("bin") / "bin")
    return {**kept, **ports, "PATH": path, "LC_ALL": "C.UTF-8"}


@pytest.mark.timeout(400)
@pytest.mark.skipif(shutil.which("curl") is None, reason="the pages use curl, and it is not installed")
def test_the_pages_do_what_they_say(environment: dict[str, str], tmp_path: Path) -> None:
    """From an empty folder to a reward that is earned, redeemed, rated, revoked and earned again; then the how-tos.

    They are read one after the other, by one reader at one installation. Only the ports are others than there.
    """
    with Shell(tmp_path, environment) as shell:
        for page in PAGES:
            for part in read_page(_on_ports((DOCS / page).read_text("utf-8"), environment)):
                follow(shell, part)
        assert shell.interrupt().rstrip().endswith("Start again with the same command to go on where it was.")


def test_every_page_with_commands_is_followed() -> None:
    """A page that promises outputs is named in a test that runs it."""
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    promising = [path for path in DOCS.rglob("*.md") if "```console" in path.read_text("utf-8")]
    assert [path for path in promising if f'{path.name}"' not in tests] == []


def _on_ports(text: str, environment: dict[str, str]) -> str:
    for port, name in PORTS.items():
        text = text.replace(f"127.0.0.1:{port}", f"127.0.0.1:{environment[f'PUNCHCARD_{name}']}")
    return text


def follow(shell: Shell, part: Command | File) -> None:
    """Do one thing that the page says, and compare."""
    if isinstance(part, File):
        Path(shell.run("pwd").strip(), part.path).write_text(part.text, "utf-8")
        return
    if "punchcard up" in part.words:
        say = shell.leave_running(part.words)
        said = eventually(say, lambda said: part.is_kept(said) or not shell.runs_beside())
    elif part.words.startswith(READS):
        said = eventually(lambda: shell.run(part.words), part.is_kept)
    else:
        said = shell.run(part.words)
    if part.words.startswith("punchcard publish"):
        # What is typed next says when it happened, to the second: that must not lie before the campaign began.
        published = int(time.time())
        wait_until(lambda: int(time.time()) > published, what="the next second")
    assert part.is_kept(said), f"$ {part.words}\n{said}"
