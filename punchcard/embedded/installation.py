"""The services of an installation on a single machine, and the environment that joins them."""

import sys
from collections.abc import Mapping
from functools import partial

from punchcard.embedded.mail_sink import is_accepting
from punchcard.embedded.ports import ensure_free
from punchcard.embedded.readiness import is_ready
from punchcard.embedded.secret_key import kept_secret_key
from punchcard.embedded.service import HealthCheck, Service
from punchcard.settings import LOOPBACK, PREFIX, Settings, outside_temporal_address


def child_environment(settings: Settings) -> Mapping[str, str]:
    """Return what the services must know of each other, on top of the environment that all share."""
    environment = {f"{PREFIX}DATA_DIR": str(settings.data_dir)}
    if outside_temporal_address() is None:
        environment["TEMPORAL_ADDRESS"] = f"{LOOPBACK}:{settings.temporal_port}"
    if settings.smtp_host is None:
        environment[f"{PREFIX}SMTP_HOST"] = LOOPBACK
        environment[f"{PREFIX}SMTP_PORT"] = str(settings.smtp_port)
    if settings.secret_key is None:
        environment[f"{PREFIX}SECRET_KEY"] = kept_secret_key(settings.data_dir)
    return environment


def mail_sink_service(settings: Settings) -> Service:
    """Return the mail sink; PortTakenError if it cannot have its port."""
    ensure_free(settings.smtp_port, purpose="the mail sink", variable=f"{PREFIX}SMTP_PORT")
    return _own_service("mail-sink", partial(is_accepting, LOOPBACK, settings.smtp_port))


def worker_service(settings: Settings) -> Service:
    """Return the worker; PortTakenError if its health endpoint cannot have its port."""
    host, port = settings.worker_host, settings.worker_port
    ensure_free(port, purpose="the worker's health", variable=f"{PREFIX}WORKER_PORT", host=host)
    return _own_service("worker", partial(is_ready, host, port))


def api_service(settings: Settings) -> Service:
    """Return the API and the console; PortTakenError if they cannot have their port."""
    host, port = settings.api_host, settings.api_port
    ensure_free(port, purpose="the API and the console", variable=f"{PREFIX}API_PORT", host=host)
    return _own_service("api", partial(is_ready, host, port))


def _own_service(command: str, is_healthy: HealthCheck) -> Service:
    return Service(command, (sys.executable, "-m", "punchcard.cli", command), is_healthy)
