"""Where the files lie that come with Punchcard but are not Python, in a checkout and in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder `name` (`definitions`, `migrations`), whether this is a checkout or an installed wheel."""
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.exists() else _PACKAGE.parent / name
