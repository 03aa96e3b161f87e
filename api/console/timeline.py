"""What happened to an instance, in order: its journal, and what operators asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.console.words.account import Account, Told
from api.console.words.journal import tell_entry
from api.console.words.people import actor_words
from punchcard.domain.audit import Deed


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened, when, and in which generation."""

    at: int
    told: Told
    generation: int


def timeline(account: Account, deeds: Sequence[Deed]) -> list[Item]:
    """Return all that happened, the first first; of the operators' deeds only those that no journal line tells."""
    ordered = [*_journal(account), *_pauses(account, deeds)]
    return [item for _, item in sorted(ordered, key=lambda pair: pair[0])]


Place = tuple[int, float]


def _journal(account: Account) -> Iterator[tuple[Place, Item]]:
    generations = {name: number for number, name in enumerate(account.story.generations, start=1)}
    for number, entry in enumerate(account.story.journal):
        told = tell_entry(account, entry)
        if told is not None:
            place = 0 if entry.kind == "started" else 1 + number
            yield (entry.at, place), Item(entry.at, told, generations[entry.instance_id])


def _pauses(account: Account, deeds: Sequence[Deed]) -> Iterator[tuple[Place, Item]]:
    speech = account.speech
    generations = {name: number for number, name in enumerate(account.story.generations, start=1)}
    for deed in deeds:
        if deed.action == "instance.pause":
            words = speech.say(speech.gettext("Paused by %(actor)s"), actor=actor_words(speech, deed.actor))
            reason = deed.detail.get("reason")
            told = Told(words, "person", "warn", speech.quote(str(reason)) if reason else "")
            yield (deed.at, 0.5), Item(deed.at, told, generations.get(deed.object, 1))
