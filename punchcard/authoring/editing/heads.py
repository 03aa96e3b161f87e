"""The head of a message's file, between two lines `---`: its keys, their values, and what they mean."""

from __future__ import annotations

import re

from punchcard.authoring.editing.candidates import Candidate, Offer, plain
from punchcard.authoring.editing.hover import Meaning
from punchcard.authoring.editing.snippets import of_value
from punchcard.authoring.schema.wording import of_argument
from punchcard.language.texts import IN_FOLDER

_LINE = re.compile(r"(?P<key>\w*)(?:(?P<colon>:\s*)(?P<value>\w*))?")


def in_head(text: str, offset: int) -> Offer:
    """Return what can be written at an offset of a message's head; nothing below it."""
    start = text.rfind("\n", 0, offset) + 1
    found = _LINE.fullmatch(text[start:offset])
    if found is None or not _is_head(text, start):
        return Offer(offset, offset, ())
    if found["colon"] is None:
        written = {line.partition(":")[0] for line in text[:start].split("\n")}
        missing = [each for each in IN_FOLDER if each.name not in written]
        keys = tuple(
            Candidate(
                each.name,
                "key",
                f"{each.name}: {of_value(each.kind)}",
                of_argument(each)["description"],
                of_argument(each)["markdownDescription"],
            )
            for each in sorted(missing, key=lambda each: not each.required)
        )
        return Offer(start, offset, keys)
    kind = next((each.kind for each in IN_FOLDER if each.name == found["key"]), None)
    values = kind.written if kind is not None and kind.closed else ()
    begin = offset - len(found["value"])
    return Offer(
        begin,
        offset,
        tuple(Candidate(each, "value", plain(each), kind.name if kind else "") for each in values),
    )


def head_explained(text: str, offset: int) -> Meaning | None:
    """Return what the key at an offset of a message's head means."""
    start = text.rfind("\n", 0, offset) + 1
    word = re.match(r"\w+", text[start:])
    argument = next((each for each in IN_FOLDER if word and each.name == word.group()), None)
    if word is None or argument is None or not _is_head(text, start) or offset > start + word.end():
        return None
    return Meaning(start, start + word.end(), str(of_argument(argument)["markdownDescription"]))


def _is_head(text: str, start: int) -> bool:
    """Whether a line stands between the first line `---` and the next one."""
    return text.startswith("---") and start > 0 and "\n---" not in text[:start].rstrip("\n")
