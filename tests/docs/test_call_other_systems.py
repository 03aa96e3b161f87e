"""The page on calls: its ways of verifying a signature work, and its figures are those of the code."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import time
from datetime import timedelta

from punchcard.calling.http_caller import LARGEST_REPLY, LARGEST_REQUEST, LONGEST_PATIENCE
from punchcard.calling.signature import key_of, signed
from punchcard.language.steps.call import DEFAULT_RETRIES
from tests.docs.page import DOCS
from tests.support.run_servers import PATIENCE
from workflows.journey import CALL_INTERVAL, CALL_LONGEST_INTERVAL

PAGE = (DOCS / "how-to" / "call-other-systems.md").read_text("utf-8")
SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes that are secret").decode()
BODY = '{"gift":"a mug für Ann"}'


def _snippet(title: str) -> str:
    found = re.search(rf"```\w+ title={re.escape(title)}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def _headers() -> dict[str, str]:
    now = int(time.time())
    signature = signed(key_of(SECRET, "X"), "call_1", now, BODY)
    return {"webhook-id": "call_1", "webhook-timestamp": str(now), "webhook-signature": signature}


def test_python_verifies_it() -> None:
    """With the standard's library."""
    known: dict[str, object] = {"secret": SECRET, "body": BODY, "headers": _headers()}
    exec(_snippet("verify.py"), known)
    assert known["gift"] == {"gift": "a mug für Ann"}


def test_node_verifies_it() -> None:
    """And finds another body out."""
    node = shutil.which("node")
    assert node is not None, "Node.js comes with the set-up"
    for body, real in ((BODY, "true"), (BODY.replace("mug", "car"), "false")):
        given = f"const secret = {json.dumps(SECRET)}, body = {json.dumps(body)}, headers = {json.dumps(_headers())};"
        script = f'import crypto from "node:crypto";\n{given}\n{_snippet("verify.mjs")}\nconsole.log(real);'
        command = [node, "--input-type=module", "-e", script]
        told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
        assert told.stdout.strip() == real


def test_its_figures_are_those_of_the_code() -> None:
    """How long it is tried, and how much may be said."""
    assert f"{LARGEST_REQUEST // 1024}\nKiB" in PAGE
    assert f"{LARGEST_REPLY // 1024**2} MiB" in PAGE
    assert LONGEST_PATIENCE == 15 * 60
    assert "up to a quarter of an hour" in PAGE
    waits = [min(CALL_INTERVAL * 4**each, CALL_LONGEST_INTERVAL) for each in range(DEFAULT_RETRIES)]
    assert waits[:2] == [timedelta(seconds=2), timedelta(seconds=8)]
    assert round(sum(waits, timedelta()) / timedelta(minutes=1)) == 11
    assert "for about 11 minutes in all" in PAGE
