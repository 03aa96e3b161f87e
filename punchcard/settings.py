"""All configuration, read from the environment: `PUNCHCARD_…` for ours, `TEMPORAL_…` for the Temporal SDK's own."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, EmailStr, Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from punchcard.errors import ConfigurationError
from punchcard.shipped import shipped

PREFIX = "PUNCHCARD_"
LOOPBACK = "127.0.0.1"

Port = Annotated[int, Field(ge=1, le=65535)]


def _with_driver(url: SecretStr) -> SecretStr:
    scheme, separator, rest = url.get_secret_value().partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and separator:
        return SecretStr(f"postgresql+psycopg://{rest}")
    if scheme == "sqlite" and separator:
        return url
    raise ValueError("use sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME")


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())


class Settings(BaseSettings):
    """What an installation may choose; each field is the environment variable `PUNCHCARD_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    data_dir: Annotated[Path, AfterValidator(Path.absolute)] = Field(
        default=Path(".punchcard"),
        validate_default=True,
        description="Where the embedded servers keep their files.",
    )
    database_url: Annotated[SecretStr, AfterValidator(_with_driver)] | None = Field(
        default=None, description="SQLite or PostgreSQL; a SQLite file in the data directory if unset."
    )
    definitions: Path = Field(
        default_factory=lambda: shipped("definitions"),
        description="The folder of campaigns that `up` publishes.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Signs sessions and one-click links; `up` keeps one in the data directory if unset.",
    )
    public_url: HttpUrl | None = Field(
        default=None, description="The address that links in messages lead to; the API's own if unset."
    )

    api_host: str = Field(default=LOOPBACK, description="The address that the API and the console listen on.")
    api_port: Port = Field(default=8000, description="The port of the API and the console.")
    worker_host: str = Field(default=LOOPBACK, description="The address of the worker's health endpoint.")
    worker_port: Port = Field(default=8081, description="The port of the worker's health endpoint.")
    task_queue: str = Field(
        default="punchcard",
        description="The Temporal task queue of workflows and activities; calls have their own, `-calls` behind it.",
    )

    temporal_port: Port = Field(default=7233, description="The embedded Temporal server's gRPC port.")
    temporal_ui_port: Port = Field(default=8233, description="The embedded Temporal server's web page.")

    smtp_host: str | None = Field(
        default=None, description="The mail server; `up` starts a mail sink if unset."
    )
    smtp_port: Port = Field(default=1025, description="The mail server's port, or the mail sink's.")
    smtp_security: Literal["none", "starttls", "tls"] = Field(
        default="none", description="How the connection to the mail server is encrypted."
    )
    smtp_username: str | None = Field(default=None, description="The mail server's user, if it wants one.")
    smtp_password: SecretStr | None = Field(default=None, description="The mail server's password.")
    mail_from: EmailStr = Field(default="loyalty@shop.example", description="The sender of every e-mail.")
    mail_reply_to: EmailStr | None = Field(
        default=None, description="Where answers to e-mails go; to the sender if unset."
    )

    call_networks: str | None = Field(
        default=None,
        description="Networks that campaigns may call although they are not public, such as 10.1.0.0/16,fd00::/8; "
        "none if unset. Values of the programme's secrets are in PUNCHCARD_SECRET_<NAME>.",
    )

    brand: str = Field(
        default="Punchcard demo shop", description="The shop's name, in e-mails and on public pages."
    )
    postal_address: str | None = Field(
        default=None,
        description="The sender's postal address, at the foot of every e-mail; the law asks for it in marketing.",
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="What is logged."
    )
    log_format: Literal["text", "json"] = Field(default="text", description="How it is logged.")

    @field_validator("call_networks")
    @classmethod
    def _are_networks(cls, text: str | None) -> str | None:
        _networks(text or "")
        return text

    @property
    def opened_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks that are open to calls besides the public ones."""
        return _networks(self.call_networks or "")

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database, with its driver."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.database_file}"

    @property
    def database_file(self) -> Path:
        """The file of this machine's own database, where no address of another one is given."""
        return self.data_dir / "punchcard.db"

    @property
    def base_url(self) -> str:
        """The address of the API and the console as others reach it, without a slash at its end."""
        return str(self.public_url or f"http://{self.api_host}:{self.api_port}").rstrip("/")


def load_settings() -> Settings:
    """Read the environment; ConfigurationError names each variable that cannot be used, and why."""
    try:
        return Settings()
    except ValidationError as error:
        reasons = "; ".join(
            f"{PREFIX}{'_'.join(map(str, detail['loc'])).upper()}: {detail['msg']}"
            for detail in error.errors()
        )
        raise ConfigurationError(f"The environment cannot be used: {reasons}.") from None


def outside_temporal_address() -> str | None:
    """Return the Temporal address that the SDK's own environment or configuration file names, if any does."""
    from temporalio.envconfig import ClientConfigProfile  # slow to import, and most commands do without

    return ClientConfigProfile.load().address
