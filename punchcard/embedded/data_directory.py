"""The data directory, and who may use it: one supervisor and one Temporal server at a time."""

import fcntl
import os
from pathlib import Path
from typing import IO, Self

from punchcard.errors import DataDirectoryInUseError, EmbeddedServerError


class FileLock:
    """A file that one process, with whichever children inherit it, holds until the last of them has ended.

    The system releases it however they end, so no lock is ever stale.
    """

    def __init__(self, path: Path, holder: str) -> None:
        """Prepare the lock at `path`; `holder` says in errors what it is that holds it."""
        self._path = path
        self._holder = holder
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        """Take the lock; DataDirectoryInUseError names the process that has it."""
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            pid = file.read().strip()
            file.close()
            raise DataDirectoryInUseError(
                f"{self._holder} of an earlier start still runs on {self._path.parent} (process {pid}).",
                remedy=f"Stop it (kill {pid}), or choose another directory with PUNCHCARD_DATA_DIR.",
            ) from None
        self._file = file
        self.name_holder(os.getpid())
        return self

    def __exit__(self, *error: object) -> None:
        """Let go of this process's share."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def name_holder(self, pid: int) -> None:
        """Write down which process to stop in order to free the lock."""
        assert self._file is not None
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{pid}\n")
        self._file.flush()

    def descriptor(self) -> int:
        """Return the open file, for a child that shall share the lock."""
        assert self._file is not None
        return self._file.fileno()


def prepare(data_dir: Path) -> None:
    """Create the data directory, readable by its owner alone, with a folder for logs."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data_dir / "logs").mkdir(exist_ok=True)
    except OSError as error:
        raise EmbeddedServerError(
            f"The data directory {data_dir} cannot be made ({error.strerror}).",
            remedy="Choose another with PUNCHCARD_DATA_DIR.",
        ) from None
