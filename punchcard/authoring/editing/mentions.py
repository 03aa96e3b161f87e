"""Every place of a file that names something, found by the tables: by what a key is, or takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from punchcard.authoring.editing.mentions_in_tests import in_tests
from punchcard.authoring.editing.names import kind_at
from punchcard.authoring.editing.spoken import names_in, names_in_braces
from punchcard.authoring.editing.study import Spot, Study, spots, word_at
from punchcard.authoring.editing.things import Mention, Sort, Thing
from punchcard.authoring.knowledge import PROGRAMME
from punchcard.authoring.rows import verbs
from punchcard.language import nodes
from punchcard.language.audience import AUDIENCE_KIND, SEGMENT, SEGMENT_NAMES
from punchcard.language.experiments import SUCCESS
from punchcard.language.grammar import Kind
from punchcard.language.happenings import EVENT, EVENTS
from punchcard.language.keys import STOP_WHEN
from punchcard.language.kinds import CHOOSER, CONDITION, EXPIRY, MESSAGE_NAME, MOMENT
from punchcard.language.membership import EVERYONE
from punchcard.language.names import SEGMENTS
from punchcard.language.nodes import Scalar, Span
from punchcard.language.source import source_of

# What each verb calls what it makes where `as` gives no name.
DEFAULT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "reward": "reward",
        "ask": "reply",
        "task": "task",
        "approve": "approval",
        "call": "call",
        "start": "started",
    }
)
_EXPRESSIONS = (CHOOSER, MOMENT, EXPIRY, EVENTS, EVENT, STOP_WHEN.kind, SUCCESS)
_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_IN_PROGRAMME: Mapping[str, Sort] = MappingProxyType(
    {
        "segments": "segment",
        "customer_fields": "customer_field",
        "order_fields": "order_field",
        "roles": "role",
    }
)


def mentions(study: Study) -> tuple[Mention, ...]:
    """Return what a file names, in the order of its text; for a campaign also what its messages' files name."""
    found = _Finder(study)
    if study.of is not None:
        return tuple(in_tests(study))
    if study.shape is PROGRAMME:
        return tuple(found.in_programme())
    return (*found.in_campaign(), *found.in_files())


def mention_at(study: Study, source_name: str, offset: int) -> Mention | None:
    """Return what is named at an offset of a file that belongs to a study; None where nothing is.

    Behind the dot of `coupon.redeemed` that is the reward, too.
    """
    own = [each for each in mentions(study) if each.span.source.name == source_name]
    if not own:
        return None
    _, begin = word_at(own[0].span.source.text, offset)
    for place in dict.fromkeys((offset, begin)):
        around = [each for each in own if each.span.start <= place <= each.span.end > each.span.start]
        if around:
            return min(around, key=lambda each: each.span.end - each.span.start)
    return None


@dataclass(frozen=True, slots=True)
class _Finder:
    study: Study

    @property
    def _home(self) -> str:
        return self.study.campaign.written.path.stem if self.study.campaign else ""

    def in_campaign(self) -> Iterator[Mention]:
        """Yield what a campaign's file names."""
        made = frozenset(self._made())
        for spot in spots(self.study.seen.root, self.study.shape):
            if spot.is_key:
                yield from self._key(spot, made)
            else:
                yield from self._value(spot, made)

    def _made(self) -> Iterator[str]:
        for spot in spots(self.study.seen.root, self.study.shape):
            if spot.trail[-1:] == ("as",) and not spot.is_key:
                yield spot.scalar.value
            elif (name := self._by_default(spot)) is not None:
                yield name

    @staticmethod
    def _by_default(spot: Spot) -> str | None:
        """Return the name that a verb gives what it makes, where its author gives none."""
        if (
            not spot.is_key
            or spot.within is None
            or spot.within.get("as") is not None
            or spot.argument is None
        ):
            return None
        verb = spot.scalar.value
        if verb == "start":
            started = spot.within.get(verb)
            if not isinstance(started, nodes.Mapping) or started.get("wait") is None:
                return None
        is_step = spot.trail[-2:-1] != ("when",) and spot.trail[:1] != ("defaults",)
        return DEFAULT_NAMES.get(verb) if is_step else None

    def _key(self, spot: Spot, made: frozenset[str]) -> Iterator[Mention]:
        span, name = spot.scalar.span, spot.scalar.value
        match spot.trail:
            case ("messages", _):
                yield Mention(Thing("message", name, self._home), span, makes=True)
            case ("shared", _):
                yield Mention(Thing("shared", name, self._home), span, makes=True)
            case ("shared", step, "inputs", _):
                yield Mention(Thing("input", name, f"{self._home}/{step}"), span, makes=True)
            case (*_, "use", "with", _):
                step = _text(spot.parents[-2].get("step"))
                yield Mention(Thing("input", name, f"{self._home}/{step}"), span)
            case (*_, "update", "set", _):
                yield Mention(Thing("customer_field", name), span)
            case (*_, "split", _) if name != "keep_best":
                yield Mention(Thing("variant", name, self._split(spot.parents[-2])), span, makes=True)
            case (*_, "branches", _):
                yield from self._branch(spot, made)
            case _:
                implied = self._by_default(spot)
                if implied is not None:
                    yield Mention(Thing("made", implied, self._home), span, makes=True, silent=True)

    def _branch(self, spot: Spot, made: frozenset[str]) -> Iterator[Mention]:
        step = spot.parents[-2]
        if step.get("wait") is not None:
            yield from self._in_text(spot.scalar, made, spot)
        elif _text(step.get("choose")) == SEGMENTS:
            yield Mention(Thing("segment", spot.scalar.value), spot.scalar.span)
        elif step.get("split") is not None:
            yield Mention(Thing("variant", spot.scalar.value, self._split(step)), spot.scalar.span)

    def _split(self, step: nodes.Mapping) -> str:
        """Return what tells the variants of one split from those of another: its `id`, or its place."""
        return f"{self._home}/{_text(step.get('id')) or step.span.start}"

    def _value(self, spot: Spot, made: frozenset[str]) -> Iterator[Mention]:
        scalar = spot.scalar
        if not scalar.value:
            return
        if scalar.value.startswith("inputs."):
            yield from self._in_text(scalar, made, spot)
            return
        match spot.place:
            case (*_, "as"):
                verb = next((each.key.span for each in spot.parents[-1] if each.key.value in verbs()), None)
                yield Mention(Thing("made", scalar.value, self._home), scalar.span, makes=True, origin=verb)
            case ("campaign",):
                yield Mention(Thing("campaign", scalar.value), scalar.span, makes=True)
            case (*_, "start", "campaign") | ("when", "reward", "of"):
                yield Mention(Thing("campaign", scalar.value), scalar.span)
            case (*_, "use", "step"):
                yield Mention(Thing("shared", scalar.value, self._home), scalar.span)
            case ("when", "event", "name"):
                yield Mention(Thing("event", scalar.value), scalar.span)
            case (*_, "task" | "approve", "by"):
                yield Mention(Thing("role", scalar.value), scalar.span)
            case (*_, "call", "secret"):
                yield Mention(Thing("secret", scalar.value), scalar.span)
            case (*_, "use", "with", name) if (kind := self._takes(spot, name)) in ("message", "name"):
                if kind == "message" or scalar.value in made:
                    sort: Sort = "message" if kind == "message" else "made"
                    yield Mention(Thing(sort, scalar.value, self._home), scalar.span)
            case ("messages", _, "subject" | "body") | (*_, "task" | "approve", "do") | (*_, "call", "url"):
                yield from self._in_braces(scalar, made, spot)
            case _:
                yield from self._by_kind(spot, made)

    def _takes(self, spot: Spot, name: str) -> str:
        """Return the type of an input of the shared step that a `use` names."""
        node: object = self.study.seen.root
        for key in ("shared", _text(spot.parents[-2].get("step")), "inputs", name):
            node = node.get(key) if isinstance(node, nodes.Mapping) else None
        return _text(node)

    def _by_kind(self, spot: Spot, made: frozenset[str]) -> Iterator[Mention]:
        kind, scalar = kind_at(spot), spot.scalar
        if kind is MESSAGE_NAME:
            yield Mention(Thing("message", scalar.value, self._home), scalar.span)
        elif kind in (SEGMENT, SEGMENT_NAMES, AUDIENCE_KIND):
            if scalar.value != EVERYONE:
                yield Mention(Thing("segment", scalar.value), scalar.span)
        elif isinstance(kind, Kind) and (kind in _EXPRESSIONS or kind.name == CONDITION.name):
            yield from self._in_text(scalar, made, spot)
        elif {"set", "with", "body", "returns"} & set(spot.trail):
            if not scalar.style and _NAME.fullmatch(scalar.value):
                yield from self._in_text(scalar, made, spot)
            elif "{{" in scalar.value:
                yield from self._in_braces(scalar, made, spot)

    def _in_text(self, scalar: Scalar, made: frozenset[str], spot: Spot) -> Iterator[Mention]:
        for start, end, thing in names_in(scalar.value, self.study, self._home, made, _shared(spot)):
            yield Mention(thing, scalar.part(start, end))

    def _in_braces(self, scalar: Scalar, made: frozenset[str], spot: Spot) -> Iterator[Mention]:
        for start, end, thing in names_in_braces(scalar.value, self.study, self._home, made, _shared(spot)):
            yield Mention(thing, scalar.part(start, end))

    def in_files(self) -> Iterator[Mention]:
        """Yield what the files of a campaign's messages name; each is itself a place of its message."""
        written, made = self.study.written, frozenset(self._made())
        for name, text in written.files.items():
            source = source_of((written.path.parent / name).as_posix(), text)
            path = PurePosixPath(name)
            if path.suffix != ".md":
                continue
            message = Thing("message", path.name.split(".")[0], self._home)
            yield Mention(message, Span(source, 0, 0), makes=True, silent=True)
            for start, end, thing in names_in_braces(source.text, self.study, self._home, made, ""):
                yield Mention(thing, Span(source, start, end))

    def in_programme(self) -> Iterator[Mention]:
        """Yield what the programme's file declares, and what its rules name."""
        for spot in spots(self.study.seen.root, self.study.shape):
            scalar = spot.scalar
            match spot.trail:
                case (key, _) if spot.is_key and key in _IN_PROGRAMME:
                    yield Mention(Thing(_IN_PROGRAMME[key], scalar.value), scalar.span, makes=True)
                case ("secrets",) if not spot.is_key and scalar.value:
                    yield Mention(Thing("secret", scalar.value), scalar.span, makes=True)
                case ("segments", *_) if not spot.is_key and spot.trail[-1] not in ("title", "note"):
                    yield from self._in_text(scalar, frozenset(), spot)
                case _:
                    pass


def _shared(spot: Spot) -> str:
    """Return the shared step that a value stands in; empty elsewhere."""
    return spot.trail[1] if spot.trail[:1] == ("shared",) and len(spot.trail) > 1 else ""


def _text(node: object) -> str:
    return node.value if isinstance(node, Scalar) else ""
