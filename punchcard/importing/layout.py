"""How a file is laid out: its encoding, what separates its cells, and what its columns are called."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from punchcard.importing.errors import UnusableFileError

WHITESPACE = "whitespace"
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", WHITESPACE: WHITESPACE}
FALLBACK_ENCODING = "cp1252"

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SNIFFED_LINES = 50
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file's bytes become rows; without a header its columns are called `1`, `2`, …"""

    encoding: str
    delimiter: str
    header: bool
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A file's bytes in short: their number, their SHA-256, and the encoding that they can be read in."""

    size: int
    digest: str
    encoding: str


def examine(path: Path, encoding: str | None = None) -> Contents:
    """Read the whole file once; UnusableFileError if it cannot be opened or is not in `encoding`."""
    try:
        return _examine(path, encoding)
    except OSError as error:
        raise UnusableFileError(f"{path} cannot be read: {error.strerror}.") from None
    except LookupError:
        raise UnusableFileError(
            f"The encoding {encoding!r} is not known.", remedy="Write --encoding utf-8, for example."
        ) from None
    except UnicodeDecodeError as error:
        raise UnusableFileError(
            f"{path} is not in {encoding}: byte {error.object[error.start]:#04x} fits nowhere.",
            remedy="Leave --encoding out to have it found.",
        ) from None


def _examine(path: Path, encoding: str | None) -> Contents:
    digest, size, found = hashlib.sha256(), 0, encoding
    with path.open("rb") as file:
        start = file.read(4)
        found = encoding or next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")
        decoder = codecs.getincrementaldecoder(found)()
        file.seek(0)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            found, decoder = _decoded(chunk, found, decoder, fixed=encoding is not None)
        found, _ = _decoded(b"", found, decoder, fixed=encoding is not None, final=True)
    return Contents(size, digest.hexdigest(), found)


def _decoded(
    chunk: bytes, encoding: str, decoder: codecs.IncrementalDecoder, *, fixed: bool, final: bool = False
) -> tuple[str, codecs.IncrementalDecoder]:
    """Try the encoding on a chunk; what was only supposed to be UTF-8 becomes the fallback once it is not."""
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        if fixed or encoding != "utf-8":
            raise
        return FALLBACK_ENCODING, codecs.getincrementaldecoder(FALLBACK_ENCODING)("replace")
    return encoding, decoder


def find_layout(path: Path, encoding: str, *, delimiter: str | None, header: bool) -> Layout:
    """Return the file's layout, its delimiter found if none is given; UnusableFileError if it has no rows."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = [line for line in islice(file, _SNIFFED_LINES) if line.strip()]
    if len(lines) < (2 if header else 1):
        raise UnusableFileError(
            f"{path} has no rows{' below its header' if header else ''}.",
            remedy="If its first line is an order already, say --no-header." if lines else None,
        )
    found = delimiter or _sniff(lines)
    first = next(cells_of(lines, found))
    columns = [cell.strip() for cell in first] if header else [str(n + 1) for n in range(len(first))]
    _every_column_has_one_name(path, columns)
    return Layout(encoding, found, header, tuple(columns))


def cells_of(lines: Iterator[str] | list[str], delimiter: str) -> Iterator[list[str]]:
    """Split lines into cells: by runs of spaces and tabs, or as CSV with quotes."""
    if delimiter == WHITESPACE:
        return (line.split() for line in lines)
    return csv.reader(lines, delimiter=delimiter)


def _sniff(lines: list[str]) -> str:
    """Choose the delimiter that splits most lines into the same number of cells, and into most of them."""

    def fit(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(cells) for cells in cells_of(lines, delimiter))
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        return (0, 0) if width < 2 else (count * 10 // sum(widths.values()), width)

    candidates = (",", ";", "\t", "|")
    best = max(candidates, key=fit)
    if fit(best) == (0, 0):
        raise UnusableFileError(
            "No comma, semicolon, tab or bar splits the file into columns.",
            remedy="Say what does: --delimiter whitespace, for example.",
        )
    return best


def _every_column_has_one_name(path: Path, columns: list[str]) -> None:
    twice = [name for name, count in Counter(columns).items() if count > 1 and name]
    if twice:
        raise UnusableFileError(
            f"{path} has two columns called {twice[0]!r}.", remedy="Rename one of them in the first line."
        )
