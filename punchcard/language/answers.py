"""What a question takes for an answer: `1..5`, `text`, or choices."""

from __future__ import annotations

import re

from punchcard.language.grammar import Context, Either, Kind, Many, Text
from punchcard.language.kinds import scalar, simple
from punchcard.language.nearest import nearest
from punchcard.language.nodes import Node, Sequence
from punchcard.plan.model import AnswerShape, Choice, FreeText, Scale

MOST_CHOICES = 20
CHOICE: Kind[str] = simple("a choice", ("yes", "no"), str)
_SCALE = re.compile(r"([0-9]{1,3})\s?\.\.\s?([0-9]{1,3})")


def _answer(node: Node, context: Context) -> AnswerShape | None:
    expected = "a range such as 1..5, `text`, or a list of choices such as [yes, no]"
    if isinstance(node, Sequence):
        return _choice(node, context)
    found = scalar(node, context, expected)
    if found is None:
        return None
    if found.value == "text":
        return FreeText()
    scale = _SCALE.fullmatch(found.value)
    if scale and int(scale.group(1)) < int(scale.group(2)) <= int(scale.group(1)) + 10:
        return Scale(int(scale.group(1)), int(scale.group(2)))
    if scale:
        reason = f"`{found.value}` is not a range from a smaller to a larger number, at most 10 apart"
        context.findings.add("PC1218", found.span, reason, expected="a range such as 1..5 or 0..10")
        return None
    meant = re.fullmatch(r"([0-9]{1,2})\s*(?:-|–|to|\.|\.\.\.|…)\s*([0-9]{1,2})", found.value)
    suggestion = f"{meant.group(1)}..{meant.group(2)}" if meant else nearest(found.value, ["text"])
    context.findings.add(
        "PC1218",
        found.span,
        f"`{found.value}` is not a kind of answer",
        expected=expected,
        suggestion=suggestion,
    )
    return None


def _choice(node: Sequence, context: Context) -> AnswerShape | None:
    options: list[str] = []
    failed = False
    for item in node:
        found = scalar(item, context, "one choice")
        if found is None:
            failed = True
            continue
        if found.value in options:
            context.findings.add(
                "PC1218",
                found.span,
                f"the choice `{found.value}` stands here twice",
                expected="choices that differ",
            )
            continue
        options.append(found.value)
    if failed:
        return None
    if not 2 <= len(options) <= MOST_CHOICES:
        message = (
            "one choice leaves nothing to choose"
            if len(options) == 1
            else f"there are {len(options)} choices"
        )
        context.findings.add("PC1218", node.span, message, expected=f"2 to {MOST_CHOICES} choices")
        return None
    return Choice(tuple(options))


ANSWER: Kind[AnswerShape] = Kind(
    "a kind of answer",
    ("1..5", "text", "[yes, no]"),
    _answer,
    shape=Either((Text(f"{_SCALE.pattern}|text"), Many(CHOICE))),
)
