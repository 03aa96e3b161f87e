"""The lines above which something can be said of a campaign's tests: its steps, and the cases themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from punchcard.authoring.editing.folder import Folder
from punchcard.authoring.editing.study import Study
from punchcard.language import nodes
from punchcard.language.nodes import Span
from punchcard.language.trials.reader import SUFFIX


def lenses(study: Study, folder: Folder) -> Iterator[Span]:
    """Yield the key of the steps, where tests lie beside the campaign, or that of the cases."""
    if tests_of(study, folder) is None:
        return
    for entry in study.seen.root if isinstance(study.seen.root, nodes.Mapping) else ():
        if entry.key.value == ("steps" if study.of is None else "cases"):
            yield entry.key.span


def tests_of(study: Study, folder: Folder) -> tuple[Study, Path, str] | None:
    """Return the campaign, and the file and text of its tests; None if there are none, or nothing to be tested."""
    campaign = study.campaign
    if campaign is None:
        return None
    path = campaign.written.path.with_suffix(SUFFIX)
    text = folder.text(path)
    return (campaign, path, text) if text is not None else None
