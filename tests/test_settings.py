"""Settings come from the environment, and what is wrong with it is said by name."""

from pathlib import Path

import pytest

from punchcard.errors import ConfigurationError
from punchcard.settings import Settings, load_settings, outside_temporal_address


def test_without_settings_all_lies_in_the_data_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The defaults are SQLite in `.punchcard` and loopback."""
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.data_dir == tmp_path / ".punchcard"
    assert settings.database == f"sqlite:///{tmp_path}/.punchcard/punchcard.db"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert (settings.api_host, settings.worker_host) == ("127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_gets_the_driver(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """A URL as hosters give it works, and its password is not shown."""
    monkeypatch.setenv("PUNCHCARD_DATABASE_URL", f"{scheme}://app:hunter2@db/punchcard")
    settings = load_settings()
    assert settings.database == "postgresql+psycopg://app:hunter2@db/punchcard"
    assert "hunter2" not in repr(settings)


def test_every_mistake_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error lists each variable with its reason, without its value."""
    monkeypatch.setenv("PUNCHCARD_DATABASE_URL", "mysql://app:hunter2@db/punchcard")
    monkeypatch.setenv("PUNCHCARD_API_PORT", "99999")
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert "PUNCHCARD_DATABASE_URL: Value error, use sqlite:///PATH" in str(caught.value)
    assert "PUNCHCARD_API_PORT: Input should be less than" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_an_empty_variable_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files pass on empty values; they mean the default."""
    monkeypatch.setenv("PUNCHCARD_SMTP_HOST", "")
    assert load_settings().smtp_host is None


def test_the_public_address_follows_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links lead to the API's own address unless another is set, and never end in a slash."""
    assert Settings(api_port=9000).base_url == "http://127.0.0.1:9000"
    monkeypatch.setenv("PUNCHCARD_PUBLIC_URL", "https://loyalty.shop.example/")
    assert load_settings().base_url == "https://loyalty.shop.example"


def test_temporal_is_the_sdks_own_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An address in the environment or in the SDK's file switches the embedded server off."""
    monkeypatch.delenv("TEMPORAL_ADDRESS", raising=False)
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "none.toml"))
    assert outside_temporal_address() is None
    (tmp_path / "temporal.toml").write_text('[profile.default]\naddress = "from-file:7233"\n')
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "temporal.toml"))
    assert outside_temporal_address() == "from-file:7233"
    monkeypatch.setenv("TEMPORAL_ADDRESS", "from-environment:7233")
    assert outside_temporal_address() == "from-environment:7233"


def test_networks_for_calls_are_read_from_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no network is refused as the program starts, not as somebody is called."""
    assert load_settings().opened_networks == ()
    monkeypatch.setenv("PUNCHCARD_CALL_NETWORKS", "10.1.0.0/16, fd00::/8")
    assert [str(each) for each in load_settings().opened_networks] == ["10.1.0.0/16", "fd00::/8"]
    monkeypatch.setenv("PUNCHCARD_CALL_NETWORKS", "10.1.0.7/16")
    with pytest.raises(ConfigurationError, match="PUNCHCARD_CALL_NETWORKS"):
        load_settings()
