"""What the tables know of a file of campaign tests: its keys, the lines of a story, and what can be expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from punchcard.authoring.rows import as_key
from punchcard.language.grammar import Argument, Either, Keys, Kind, Many, Text
from punchcard.language.kinds import NAME, TEXT, unread
from punchcard.language.trials import people, reader, variants
from punchcard.language.trials.deeds import DEEDS
from punchcard.language.trials.signs import SIGNS
from punchcard.language.trials.values import AT

DEED_KEYS: Mapping[str, Argument[Any]] = MappingProxyType({row.name: as_key(row) for row in DEEDS})
SIGN_KEYS: Mapping[str, Argument[Any]] = MappingProxyType({row.name: as_key(row) for row in SIGNS})

WHEN = Argument("at", AT, "when: a date with a time, the next of its kind, or so long after the line before")
OF = Argument(
    reader.CAMPAIGN,
    NAME,
    "which campaign is meant, of those named with `with`",
    default="the one that is tested",
)
NOTE = Argument("note", TEXT, "what colleagues should know of this line", default="none")
BESIDE = (WHEN, OF, NOTE)

_SIGN = Keys((*SIGN_KEYS.values(), *BESIDE))
EXPECT = Argument(
    reader.EXPECT,
    unread(
        "what has to happen",
        (reader.NOTHING,),
        Either((Text(reader.NOTHING), Many(unread("something to expect", shape=_SIGN)))),
    ),
    "what has to happen up to the next deed; what is not expected must not happen",
)
LINE_KEYS: Mapping[str, Argument[Any]] = MappingProxyType({**DEED_KEYS, EXPECT.name: EXPECT})
_LINE = Keys((*LINE_KEYS.values(), *BESIDE, reader.UNTIL))


_CUSTOMER = Keys(people.CUSTOMER)
_WHO = replace(reader.WHO, kind=replace(reader.WHO.kind, shape=_CUSTOMER))


def _lines(argument: Argument[Any], shape: Keys) -> Argument[Any]:
    lines: Kind[Any] = replace(argument.kind, shape=Many(unread("a line", shape=shape)))
    return replace(argument, kind=lines)


_CASE = Keys(
    (
        reader.CASE,
        reader.FROM,
        _WHO,
        variants.KEPT,
        _lines(reader.EARLIER, Keys((DEED_KEYS["order"], WHEN, NOTE))),
        _lines(reader.STORY, _LINE),
    )
)
STORIES = Keys((reader.TESTS, reader.WITH, reader.FROM, _WHO, _lines(reader.CASES, _CASE)))


def line_keys(shape: Keys, written: frozenset[str]) -> Mapping[str, Argument[Any]] | None:
    """Return what can stand in a line of a story, as long as its word is open and then; None for other keys."""
    if shape not in (_LINE, _SIGN):
        return None
    words = LINE_KEYS if shape == _LINE else SIGN_KEYS
    word = next((name for name in words if name in written), None)
    if word is None:
        return words
    if word == reader.EXPECT:
        beside: tuple[Argument[Any], ...] = (reader.UNTIL, NOTE)
    else:
        of = () if word in reader.OF_NO_CAMPAIGN else (OF,)
        at = () if word in reader.IN_THE_END else (WHEN,)
        beside = (*at, *of, NOTE)
    return {word: words[word], **{each.name: each for each in beside}}
