"""What can follow in a condition that is half written: an operator, a value of the name before it, a segment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from punchcard.authoring.editing.candidates import Candidate, plain
from punchcard.authoring.editing.names import scope_at, segments
from punchcard.authoring.editing.own_keys import values_at
from punchcard.authoring.editing.study import Spot, Study
from punchcard.language.names import IN_SEGMENT, in_condition

_COMPARED = re.compile(r"([a-z]\w*\.\w+)\s*(?:==|!=|<=?|>=?|in\s*\[(?:[^\]]*,)?)\s*(\"?)[\w-]*$")
_IN_SEGMENT = re.compile(rf"{re.escape(IN_SEGMENT)}\((\"?)[\w-]*$")
_OPERAND = re.compile(r"([a-z]\w*\.\w+(?:\([^)]*\))?|\d+%?|\"[^\"]*\")\s+(?:[a-z]*)$")
_VALUE = r"(?:\[[^\]]*\]|\d+%?|\"[^\"]*\"|[a-z]\w*\.\w+)"
_WITHIN = re.compile(rf"[a-z]\w*\.\w+\s*(?:==|!=|<=?|>=?|in)\s*{_VALUE}\s+[a-z]*$")
_JOINED: Mapping[str, str] = {"and": "both must hold", "or": "one of them must hold"}
_MEASURED: Mapping[str, str] = {
    "==": "is the same",
    "!=": "is another one",
    ">": "is more",
    ">=": "is as much or more",
    "<": "is less",
    "<=": "is as much or less",
}
_NAMED: Mapping[str, str] = {"==": "is this", "!=": "is not this", "in": "is one of these"}


def in_a_condition(study: Study, spot: Spot, before: str) -> list[Candidate] | None:
    """Return what can follow these words of a condition; None where any name can."""
    asked = _IN_SEGMENT.search(before)
    if asked:
        quote = "" if asked[1] else '"'
        return [
            Candidate(each.name, "name", f"{quote}{each.name}{quote}", each.says) for each in segments(study)
        ]
    scope = scope_at(study, spot)
    compared = _COMPARED.search(before)
    if compared:
        values = values_at(study, scope, compared[1])
        return [_value(each, quoted=bool(compared[2]), of=compared[1]) for each in values] or None
    complete = _WITHIN.search(before)
    if complete:
        return list(_operators(_JOINED))
    operand = _OPERAND.search(before)
    if operand is None or before[: operand.start()].rstrip().endswith(("=", "<", ">")):
        return None
    kind = in_condition(scope).get(operand[1].partition("(")[0], "")
    if kind == "flag" or operand[1].startswith(IN_SEGMENT):
        return list(_operators(_JOINED))
    return list(_operators(_NAMED if kind in ("text", "any") else _MEASURED))


def _value(value: str, *, quoted: bool, of: str) -> Candidate:
    text = value if quoted or value.isdigit() else f'"{value}"'
    return Candidate(value, "value", plain(text), f"`{of}` can be this")


def _operators(words: Mapping[str, str]) -> Iterator[Candidate]:
    for word, says in words.items():
        yield Candidate(word, "word", f"{word} $0" if word != "in" else "in [$0]", says)
