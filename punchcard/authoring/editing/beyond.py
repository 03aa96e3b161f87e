"""What an editor shows that needs more than the language: a campaign in words, and what comes of its tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from punchcard.authoring.editing.study import Study


@dataclass(frozen=True, slots=True)
class Beyond:
    """`explained` tells a campaign in sentences, `tried` plays a text of tests and says in a few words what came of it.

    Both are given by whoever composes the server; both may take their time.
    """

    explained: Callable[[Study], str]
    tried: Callable[[Study, Path, str], str]
