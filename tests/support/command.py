"""The command line as a person meets it, run within the test's own process: a new one takes a second to begin."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from dataclasses import dataclass
from unittest.mock import patch

from punchcard.cli.main import main


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def punchcard(*arguments: str, **environment: str) -> Said:
    """Run the command and return what it said."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with (
        patch.dict(os.environ, {"COLUMNS": "120", **environment}),
        patch.object(sys, "argv", ["punchcard", *arguments]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Said(code, out.getvalue(), err.getvalue())
