"""The command that brings the database to this version's tables."""

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from rich.console import Console
from sqlalchemy.exc import OperationalError

from punchcard.embedded.data_directory import prepare
from punchcard.errors import ConfigurationError
from punchcard.settings import Settings, load_settings
from punchcard.shipped import shipped


def migrate() -> None:
    """Bring the database to this version's tables; safe to repeat."""
    upgrade(load_settings())
    Console(stderr=True).print("The database is up to date.")


def upgrade(settings: Settings) -> None:
    """Run every migration that the database lacks; ConfigurationError if it cannot be reached or is newer."""
    if settings.database_url is None:
        prepare(settings.data_dir)
    config = Config(attributes={"url": settings.database})
    config.set_main_option("script_location", str(shipped("migrations")))
    try:
        command.upgrade(config, "head")
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise ConfigurationError(
            f"The database cannot be used: {reason}.",
            remedy="Check that it runs and that PUNCHCARD_DATABASE_URL is right.",
        ) from None
    except CommandError as error:
        raise ConfigurationError(
            f"The database was made by another version of Punchcard: {error}.",
            remedy="Run the newer version, or restore the backup of before.",
        ) from None
