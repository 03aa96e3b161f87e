"""Names within texts: in conditions and moments outside of quotes, in messages between braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from punchcard.authoring.editing.study import Study
from punchcard.authoring.editing.things import Thing
from punchcard.language.names import IN_SEGMENT

_NAME = re.compile(r"(?<![\w.])([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_ASKED = re.compile(rf"(?<![\w.]){re.escape(IN_SEGMENT)}\(\s*[\"']([a-z][a-z0-9_]*)[\"']\s*\)")
_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)

Found = tuple[int, int, Thing]


def names_in(text: str, study: Study, home: str, made: frozenset[str], shared: str) -> Iterator[Found]:
    """Yield where a text names something, and what; `made` are the names that the campaign's steps give."""
    for asked in _ASKED.finditer(text):
        yield asked.start(1), asked.end(1), Thing("segment", asked[1])
    bare = _QUOTED.sub(lambda found: " " * len(found.group()), text)
    for found in _NAME.finditer(bare):
        root, key = found.groups()
        thing = _of_customer(key, study) if root == "customer" else None
        if thing is None and root == "order" and key in study.programme.order_fields:
            thing = Thing("order_field", key)
        if thing is None and root == "inputs" and shared:
            thing = Thing("input", key, f"{home}/{shared}")
        if thing is not None:
            yield found.start(2), found.end(2), thing
        elif root in made:
            yield found.start(1), found.end(1), Thing("made", root, home)


def _of_customer(key: str, study: Study) -> Thing | None:
    if key in study.programme.customer_fields:
        return Thing("customer_field", key)
    return Thing("event", key) if key in study.seen.events else None


def names_in_braces(text: str, study: Study, home: str, made: frozenset[str], shared: str) -> Iterator[Found]:
    """Yield where the fields of a message name something, and what."""
    for braces in _BRACES.finditer(text):
        for start, end, thing in names_in(braces.group(), study, home, made, shared):
            yield braces.start() + start, braces.start() + end, thing
