"""The `punchcard` of a reader in a hurry: the same program, forked from a process that has imported it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.support.forked import shared_fork

# `up` is the one that starts processes of its own, so it begins as it does for everybody.
_PROGRAM = """\
#!{python} -IS
import json, os, socket, sys
if sys.argv[1:2] == ["up"]:
    os.execv("{real}", ["punchcard", *sys.argv[1:]])
fork = socket.socket(socket.AF_UNIX)
fork.connect("{address}")
socket.send_fds(fork, [b" "], [0, 1, 2])
asked = {{"words": ["punchcard.cli", *sys.argv[1:]], "environment": dict(os.environ), "folder": os.getcwd()}}
fork.sendall(json.dumps(asked).encode() + b"\\n")
pid, code = fork.makefile("r")
sys.exit(int(code))
"""


def search_path(folder: Path) -> str:
    """Return a PATH on which the swift `punchcard`, which is written to a folder, comes first."""
    programs = Path(sys.executable).parent
    swift = folder / "punchcard"
    swift.parent.mkdir()
    swift.write_text(
        _PROGRAM.format(python=sys.executable, real=programs / "punchcard", address=shared_fork().address)
    )
    swift.chmod(0o755)
    return os.pathsep.join((str(folder), str(programs), os.environ["PATH"]))
