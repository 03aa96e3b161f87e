"""What becomes of a task that nobody has done: a way of its own, a condition, or nothing that depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from punchcard.language.checks.subject import Subject
from punchcard.plan.conditions import Field
from punchcard.plan.model import Approve, Ask, Reward, Send, Step, Stop, Task, blocks, walk

# What a customer notices.
NOTICED = (Reward, Send, Ask)


def what_follows_a_task_minds_whether_it_is_done(subject: Subject) -> None:
    """Behind a task without ways of its own all goes on at its limit, as if it had been done."""
    read = {field.path[0] for step in subject.steps for field in _read(step)}
    for task, rest in _tasks(subject.steps, ()):
        if task.then or task.otherwise or task.name in read:
            continue
        noticed = next((step for step in walk(_reached(rest)) if isinstance(step, NOTICED)), None)
        if noticed is not None:
            subject.warn(
                "PC1335",
                subject.places.get(task.path, subject.fields.span),
                f"if nobody does this in time, it goes on all the same: {_what(noticed)}",
                "`otherwise:` with what happens then, such as `- stop: nobody did it`; or `then:` with what takes it "
                "to be done",
            )


def _what(step: Step) -> str:
    match step:
        case Send(message=message) | Ask(message=message):
            return f"`{message}` is sent"
        case _:
            return "the reward is given"


def _tasks(steps: tuple[Step, ...], rest: tuple[Step, ...]) -> Iterator[tuple[Task, tuple[Step, ...]]]:
    """Yield each task with what comes behind it, in its block and behind those around it."""
    for place, step in enumerate(steps):
        behind = (*steps[place + 1 :], *rest)
        if isinstance(step, Task):
            yield step, behind
        for _, inner in blocks(step):
            yield from _tasks(inner, behind)


def _reached(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps up to where all ends, or somebody else decides what comes next."""
    end = next((place for place, step in enumerate(steps) if isinstance(step, Stop | Approve)), len(steps))
    return steps[:end]


def _read(part: Any) -> Iterator[Field]:
    """Yield the fields that conditions somewhere in a step read."""
    if isinstance(part, Field):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _read(each)
    elif is_dataclass(part):
        for each in fields(part):
            yield from _read(getattr(part, each.name))
