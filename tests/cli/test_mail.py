"""`punchcard mail`: what the mail sink kept, as a person and a script read it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from punchcard.cli.main import app

run = CliRunner().invoke


def test_the_latest_mail_is_printed_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its lines ended as on this machine; older ones and those to others when they are asked for."""
    monkeypatch.setenv("PUNCHCARD_DATA_DIR", str(tmp_path))
    assert run(app, ["mail"]).stderr == f"No e-mail is in {tmp_path / 'mail'}.\n"
    for second, name in enumerate(("jane", "joe")):
        head = f"Delivered-To: {name}@mail.example\r\nSubject: Dear {name}\r\nContent-Type: text/plain\r\n"
        kept = tmp_path / "mail" / f"179000000{second}000-00000000.eml"
        kept.write_bytes(f"{head}\r\nfirst\r\nsecond\r\n".encode())
    joe = "To: joe@mail.example\nSubject: Dear joe\n\nfirst\nsecond\n"
    assert run(app, ["mail"]).stdout == joe
    assert run(app, ["mail", "--to", "jane@mail.example"]).stdout == joe.replace("joe", "jane")
    assert run(app, ["mail", "--limit", "5"]).stdout.count("Subject: ") == 2
