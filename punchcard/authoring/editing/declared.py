"""Names that stand elsewhere and can be written at a place: campaigns, roles, shared steps, events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from punchcard.authoring.editing.study import Name, Spot, Study
from punchcard.language import nodes
from punchcard.language.nodes import Scalar
from punchcard.language.shared import TYPES
from punchcard.plan.experiments import experiments
from punchcard.plan.model import Approve, Ask, Call, Reward, Split, Step, Task, walk
from punchcard.plan.triggers import ManualTrigger

# What the lines of a story name, by their word, or by word and key: of which steps of the campaign.
_STEPS: Mapping[tuple[str, ...], tuple[type[Step], ...]] = MappingProxyType(
    {
        ("redeem", "reward"): (Reward,),
        ("reward", "name"): (Reward,),
        ("revoked", "name"): (Reward,),
        ("given_back", "name"): (Reward,),
        ("owed", "name"): (Reward,),
        ("answer", "to"): (Ask,),
        ("question", "name"): (Ask,),
        ("done", "task"): (Task,),
        ("decide", "of"): (Approve,),
        ("reply", "call"): (Call,),
    }
)


def declared_at(study: Study, spot: Spot) -> list[Name]:
    """Return the names that stand elsewhere and that a value can be here, by the keys that lead to it."""
    if spot.is_key:
        return []
    return list(_in_tests(study, spot) if study.of is not None else _in_campaign(study, spot))


def _in_campaign(study: Study, spot: Spot) -> Iterator[Name]:
    match spot.place:
        case ("campaign",):
            yield Name(study.written.path.stem, "the name of this file")
        case (*_, "start", "campaign"):
            yield from _campaigns(study, started=True)
        case ("when", "reward", "of"):
            yield from _campaigns(study, rewarding=True)
        case (*_, "use", "step"):
            yield from shared(study)
        case (*_, "use", "with", name):
            yield from _handed_over(study, spot, name)
        case (*_, "task" | "approve", "by"):
            for role, people in study.programme.roles.items():
                yield Name(role, f"a role: {', '.join(people)}")
        case (*_, "call", "secret"):
            for secret in study.programme.secrets:
                yield Name(secret, "a secret of the programme")
        case (*_, "call", "url"):
            for host in study.programme.hosts:
                yield Name(f"https://{host}/", "a system of the programme")
        case ("when", "event", "name"):
            yield from events(study)
        case ("when", "event", "once_per"):
            event = spot.beside("name")
            fields = study.seen.events.get(event.value, {}) if isinstance(event, Scalar) else {}
            yield from (Name(each, f"a {kind} of the event") for each, kind in fields.items())
        case _:
            pass


def _in_tests(study: Study, spot: Spot) -> Iterator[Name]:
    plan = study.of.checked.plan if study.of else None
    match spot.place:
        case ("tests",):
            yield Name(study.of.written.path.stem if study.of else "", "the campaign beside this file")
        case ("with",) | (*_, "campaign"):
            yield from _campaigns(study)
        case (*_, "event", "name"):
            yield from events(study)
        case (*_, word, key) if plan is not None and (word, key) in _STEPS:
            steps = (step for step in walk(plan.steps) if isinstance(step, _STEPS[word, key]))
            for name in dict.fromkeys(str(getattr(step, "name", "")) for step in steps):
                yield Name(name, f"made by the campaign `{plan.campaign}`")
        case (*_, "answer", "answer") if plan is not None:
            for step in walk(plan.steps):
                if isinstance(step, Ask):
                    yield from (Name(each, f"an answer to `{step.name}`") for each in _answers(step))
        case _:
            pass


def _answers(step: Ask) -> tuple[str, ...]:
    options = getattr(step.answer, "options", None)
    low, high = getattr(step.answer, "low", None), getattr(step.answer, "high", None)
    if options is not None:
        return tuple(options)
    return tuple(str(each) for each in range(low, high + 1)) if low is not None and high is not None else ()


def _campaigns(study: Study, *, started: bool = False, rewarding: bool = False) -> Iterator[Name]:
    for name, each in study.others().items():
        plan = each.checked.plan
        fits = plan is None or not (
            (started and not isinstance(plan.trigger, ManualTrigger))
            or (rewarding and not any(isinstance(step, Reward) for step in walk(plan.steps)))
        )
        if fits and each.written.path != study.written.path:
            yield Name(name, f"the campaign “{plan.title}”" if plan else "a campaign")


def shared(study: Study) -> Iterator[Name]:
    """Yield the campaign's shared steps with their inputs."""
    for entry in _below(study.seen.root, "shared"):
        inputs = entry.value.get("inputs") if isinstance(entry.value, nodes.Mapping) else None
        takes = f" with {inputs.span.text}" if isinstance(inputs, nodes.Mapping) else ""
        yield Name(entry.key.value, f"shared steps{takes}", entry.key.span)


def inputs_of(study: Study, step: object) -> dict[str, str]:
    """Return the inputs of the shared step of this name, with their types."""
    for entry in _below(study.seen.root, "shared"):
        inputs = entry.value.get("inputs") if isinstance(entry.value, nodes.Mapping) else None
        if isinstance(step, Scalar) and entry.key.value == step.value and isinstance(inputs, nodes.Mapping):
            return {each.key.value: getattr(each.value, "value", "") for each in inputs}
    return {}


def used_step(spot: Spot) -> object:
    """Return which shared step stands beside the `with` of a `use`."""
    at = len(spot.trail) - spot.trail[::-1].index("with") - 1
    return spot.parents[at].get("step")


def _handed_over(study: Study, spot: Spot, name: str) -> Iterator[Name]:
    kind = inputs_of(study, used_step(spot)).get(name, "")
    if kind == "message":
        yield from (Name(each, "a message", draft.span) for each, draft in study.seen.messages.drafts.items())
    elif kind in TYPES:
        yield from (Name(each, TYPES[kind].name) for each in TYPES[kind].written)


def events(study: Study) -> Iterator[Name]:
    """Yield the declared events with their fields."""
    for name, fields in study.seen.events.items():
        listed = ", ".join(f"`{each}`" for each in fields)
        yield Name(name, f"an event with {listed}" if listed else "an event")


def experiments_of(study: Study) -> Mapping[str, Iterable[str]]:
    """Return the campaign's splits with their variants."""
    plan = study.campaign.checked.plan if study.campaign else None
    if plan is None:
        return {}
    splits = {step.experiment: tuple(step.shares) for step in walk(plan.steps) if isinstance(step, Split)}
    return {**splits, **{step.experiment: tuple(step.shares) for step, _ in experiments(plan)}}


def inputs_of_campaign(study: Study, name: object) -> dict[str, str]:
    """Return what a campaign of the folder asks for when it is started, with the types."""
    found = study.others().get(name.value) if isinstance(name, Scalar) else None
    trigger = found.checked.plan.trigger if found and found.checked.plan else None
    return {each.name: each.type for each in trigger.inputs} if isinstance(trigger, ManualTrigger) else {}


def _below(root: object, key: str) -> tuple[nodes.Entry, ...]:
    found = root.get(key) if isinstance(root, nodes.Mapping) else None
    return found.entries if isinstance(found, nodes.Mapping) else ()
