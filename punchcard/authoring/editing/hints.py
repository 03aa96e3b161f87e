"""What cannot be seen where one writes: a message's subject, the default in force, when `otherwise` runs, the class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from punchcard.authoring.editing.names import kind_at
from punchcard.authoring.editing.study import Spot, Study, spots
from punchcard.authoring.knowledge import CAMPAIGN
from punchcard.language import nodes
from punchcard.language.audience import AUDIENCE_KIND, SEGMENT, SEGMENT_NAMES
from punchcard.language.defaults import EITHER
from punchcard.language.kinds import MESSAGE_NAME
from punchcard.language.nodes import Node, Scalar
from punchcard.plan.exactness import reasons

LONGEST = 50
CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "S": "exact by the set of events: their order, repetition or lateness changes nothing",
        "B": "exact by business time: a late event never displaces what was decided",
        "D": "decided once, by what is known at that time",
    }
)


@dataclass(frozen=True, slots=True)
class Hint:
    """A few words behind an offset, and more on asking."""

    offset: int
    text: str
    more: str = ""


def hints(study: Study) -> Iterator[Hint]:
    """Yield the hints of a campaign, in no particular order."""
    if study.shape is not CAMPAIGN:
        return
    defaults = _defaults(study.seen.root)
    for spot in spots(study.seen.root):
        if spot.is_key:
            yield from _of_key(study, spot, defaults)
        else:
            yield from _of_value(study, spot)


def _of_key(study: Study, spot: Spot, defaults: Mapping[str, nodes.Mapping]) -> Iterator[Hint]:
    assert spot.within is not None
    key, value = spot.scalar, spot.within.get(spot.scalar.value)
    end = key.span.end + 1
    match spot.trail:
        case ("when",):
            yield from _exactness(study, end)
        case (*_, "otherwise") if spot.within.get("otherwise") is not None:
            runs = _otherwise(spot.within)
            if runs:
                yield Hint(end, runs)
        case (*_, verb) if verb in defaults and spot.trail[0] != "defaults" and value is not None:
            yield from _filled_in(defaults[verb], value)
        case _:
            pass


def _filled_in(defaults: nodes.Mapping, value: Node) -> Iterator[Hint]:
    """Yield what `defaults` say of a step that does not; whoever gives one limit of two leaves the other out."""
    names = {entry.key.value for entry in value} if isinstance(value, nodes.Mapping) else set()
    left_out = set().union(*(either for either in EITHER if either & names))
    missing = [each for each in defaults if each.key.value not in names | left_out]
    if missing:
        text = ", ".join(f"{each.key.value}: {each.value.span.text}" for each in missing)
        yield Hint(value.span.end, _short(text), "from `defaults`, as it is not said here")


def _exactness(study: Study, offset: int) -> Iterator[Hint]:
    plan = study.checked.plan
    if plan is None:
        return
    parts = list(reasons(plan))
    first = parts[0].exactness
    more = "\n".join(f"- `{each.part}`: {each.exactness}, {each.why}" for each in parts)
    yield Hint(offset, f"{first}: {CLASSES[first].partition(':')[0]}", f"{CLASSES[first]}\n\n{more}")


def _otherwise(step: nodes.Mapping) -> str:
    """Return when the way beside a verb is gone."""
    for verb in ("wait", "ask", "task", "approve", "start"):
        value = step.get(verb)
        if isinstance(value, nodes.Mapping):
            limit = next(
                (value.get(key) for key in ("up_to", "until", "wait") if value.get(key) is not None), None
            )
            if limit is None:
                return ""
            by = f"by {limit.span.text}" if value.get("until") is not None else f"after {limit.span.text}"
            what = {
                "wait": f"without {_events(value.get('for'))}",
                "ask": "without an answer",
                "task": "if nobody has done it",
                "approve": "if nobody has decided",
                "start": "if that has not ended",
            }[verb]
            turns = value.get("by")
            each = " each" if verb in ("task", "approve") and isinstance(turns, nodes.Sequence) else ""
            return f"{by}{each} {what}"
    condition = step.get("if")
    if condition is not None:
        return _short(f"if not {condition.span.text}")
    return "in all other cases" if step.get("choose") is not None else ""


def _events(node: Node | None) -> str:
    match node:
        case nodes.Sequence(items=items):
            return _short(" or ".join(each.span.text for each in items))
        case Scalar(value=value):
            return value
        case _:
            return "it"


def _of_value(study: Study, spot: Spot) -> Iterator[Hint]:
    value, end = spot.scalar.value, spot.scalar.span.end
    if kind_at(spot) is MESSAGE_NAME:
        draft = study.seen.messages.drafts.get(value)
        words = next((each for each in draft.words if each.subject), None) if draft else None
        if words is not None and words.subject is not None:
            subject = words.subject.value.strip()
            languages = ", ".join(each.language for each in draft.words) if draft else ""
            yield Hint(
                end, f"“{_short(subject)}”", f"{words.purpose or 'a message'}, in {languages}: {subject}"
            )
        return
    match spot.place:
        case (*_, "start", "campaign") | ("when", "reward", "of"):
            other = study.others().get(value)
            if other is not None and other.checked.plan is not None:
                yield Hint(end, f"“{_short(other.checked.plan.title)}”")
        case _:
            kind = spot.argument.kind if spot.argument else None
            segment = study.programme.segments.get(value)
            if segment is not None and kind in (SEGMENT, SEGMENT_NAMES, AUDIENCE_KIND):
                yield Hint(end, _short(segment.title or segment.source), f"`{segment.source}`")


def _defaults(root: Node) -> dict[str, nodes.Mapping]:
    found = root.get("defaults") if isinstance(root, nodes.Mapping) else None
    entries = found.entries if isinstance(found, nodes.Mapping) else ()
    return {entry.key.value: entry.value for entry in entries if isinstance(entry.value, nodes.Mapping)}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
