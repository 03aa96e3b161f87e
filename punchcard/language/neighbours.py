"""The other campaigns of a folder, beside which a campaign is checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from punchcard.language.files import NAMELESS, campaigns


def neighbours(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the campaigns that lie beside these files and are none of them."""
    asked = [path for path in paths if path != NAMELESS]
    known = {path.resolve() for path in asked}
    for folder in dict.fromkeys(path.parent for path in asked):
        if folder.is_dir():
            yield from (path for path in campaigns(folder) if path.resolve() not in known)
