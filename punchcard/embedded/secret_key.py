"""The secret key of an installation on a single machine: made once, kept beside its data."""

import os
import secrets
from pathlib import Path

_BYTES = 32


def kept_secret_key(data_dir: Path) -> str:
    """Return the key in the data directory, making one that only its owner can read if there is none yet."""
    path = data_dir / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with open(descriptor, "w") as file:
        key = secrets.token_urlsafe(_BYTES)
        file.write(f"{key}\n")
    return key
