"""The services of one machine are told of each other through their environment."""

import socket
import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from punchcard.embedded.data_directory import FileLock, prepare
from punchcard.embedded.installation import api_service, child_environment, mail_sink_service
from punchcard.errors import DataDirectoryInUseError, EmbeddedServerError, PortTakenError
from punchcard.settings import Settings
from tests.support.ports import free_port


def test_children_share_directory_server_sink_and_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without settings, all is embedded, and a second start uses the same secret key."""
    monkeypatch.delenv("TEMPORAL_ADDRESS", raising=False)
    settings = Settings(data_dir=tmp_path, temporal_port=17233, smtp_port=11025)
    environment = dict(child_environment(settings))
    key = environment.pop("PUNCHCARD_SECRET_KEY")
    assert environment == {
        "PUNCHCARD_DATA_DIR": str(tmp_path),
        "TEMPORAL_ADDRESS": "127.0.0.1:17233",
        "PUNCHCARD_SMTP_HOST": "127.0.0.1",
        "PUNCHCARD_SMTP_PORT": "11025",
    }
    assert len(key) > 40
    assert child_environment(settings)["PUNCHCARD_SECRET_KEY"] == key
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_outside_servers_are_left_as_they_are_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says already is not said again."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.internal:7233")
    settings = Settings(data_dir=tmp_path, smtp_host="mail.internal", secret_key=SecretStr("k" * 40))
    assert child_environment(settings) == {"PUNCHCARD_DATA_DIR": str(tmp_path)}


def test_a_second_supervisor_is_refused(tmp_path: Path) -> None:
    """The error names the process that has the directory, and both ways out."""
    prepare(tmp_path / "data")
    first, second = (FileLock(tmp_path / "data" / "punchcard.lock", "Punchcard") for _ in range(2))
    with (
        first,
        pytest.raises(DataDirectoryInUseError, match=r"Punchcard .*process \d+.*PUNCHCARD_DATA_DIR"),
        second,
    ):
        pass
    with second:
        pass


def test_a_directory_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    """A file in the way is named."""
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedServerError, match="cannot be made .*PUNCHCARD_DATA_DIR"):
        prepare(tmp_path / "file" / "data")


def test_taken_ports_name_their_setting(tmp_path: Path) -> None:
    """Each service says which variable chooses another port."""
    port = free_port()
    settings = Settings(data_dir=tmp_path, api_port=port, smtp_port=port)
    with socket.create_server(("127.0.0.1", port)):
        with pytest.raises(PortTakenError, match="PUNCHCARD_API_PORT="):
            api_service(settings)
        with pytest.raises(PortTakenError, match="PUNCHCARD_SMTP_PORT="):
            mail_sink_service(settings)
