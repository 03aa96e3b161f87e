"""What can be written besides, though nothing is wrong: a way that is missing, words in another language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from punchcard.authoring.editing.change import Fix, with_key
from punchcard.authoring.editing.fixes import breaks_nothing
from punchcard.authoring.editing.mentions import mention_at
from punchcard.authoring.editing.message_remedies import translated
from punchcard.authoring.editing.remedies import step_at
from punchcard.authoring.editing.study import Study
from punchcard.authoring.knowledge import CAMPAIGN
from punchcard.language.source import source_of
from punchcard.language.steps import VERBS

WAYS = ("then", "otherwise")
# What a new way begins with; where its end would leave later steps out of reach, it goes on.
FIRST = ("stop: …", "wait: 1 day")


def rewrites(study: Study, offset: int) -> Iterator[Fix]:
    """Yield what can be added at an offset of a campaign; only what leaves it as right as it is."""
    if study.shape is not CAMPAIGN:
        return
    source = source_of(study.name, study.text)
    step = step_at(study, offset)
    verb = next((verb for verb in VERBS if step is not None and step.get(verb.name) is not None), None)
    if step is not None and verb is not None:
        for way in WAYS:
            if way in verb.beside and step.get(way) is None:
                added = (with_key(source, step, f"{way}:\n  - {first}") for first in FIRST)
                fixes = (Fix(f"Add `{way}`", (change,)) for change in added)
                yield from islice((fix for fix in fixes if breaks_nothing(study, fix)), 1)
    mention = mention_at(study, study.name, offset)
    if mention is not None and mention.thing.sort == "message":
        draft = study.seen.messages.drafts.get(mention.thing.name)
        if draft is not None:
            yield from translated(study, draft)
