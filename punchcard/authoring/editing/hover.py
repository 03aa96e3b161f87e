"""What a word means: a verb, a key, a value, a message, a name with its terms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from punchcard.authoring.editing.names import messages, names_at, names_in_message, names_in_words, segments
from punchcard.authoring.editing.study import Name, Spot, Study, spot_at, spots, template_at, word_at
from punchcard.authoring.knowledge import row_of
from punchcard.authoring.schema.wording import of_argument, of_row, sentence
from punchcard.language.names import IN_SEGMENT


@dataclass(frozen=True, slots=True)
class Meaning:
    """An explanation as Markdown, and the characters that it explains."""

    start: int
    end: int
    text: str


def explained(study: Study, offset: int) -> Meaning | None:
    """Return what stands at an offset of the campaign's text; None where nothing is known of it."""
    spot = spot_at(study.seen.root, offset, study.shape)
    if spot is None:
        return None
    name = name_at(study, spot, offset)
    if name is not None:
        _, start = word_at(study.text, offset)
        return Meaning(start, start + len(word_at(study.text, offset)[0]), _of_name(name))
    text = _of_key(spot) or _of_what_is_above(study, spot)
    return Meaning(spot.scalar.span.start, spot.scalar.span.end, text) if text else None


def explained_in_message(study: Study, path: Path, text: str, offset: int) -> Meaning | None:
    """Return what a field of a message's file means."""
    message = study.message_of(path)
    word, start = word_at(text, offset)
    if message is None or template_at(text, offset) is None:
        return None
    found = found_in(names_in_message(study, message), word)
    return Meaning(start, start + len(word), _of_name(found)) if found else None


def name_at(study: Study, spot: Spot, offset: int) -> Name | None:
    """Return the name that stands at an offset within a value: of a message, or in a condition or a field."""
    if spot.is_key:
        in_messages = len(spot.trail) == 2 and spot.trail[0] == "messages"
        return found_in(messages(study), spot.scalar.value) if in_messages else None
    word, _ = word_at(study.text, offset)
    if len(spot.trail) > 1 and spot.trail[0] == "messages" and template_at(study.text, offset) is not None:
        return found_in(names_in_message(study, spot.trail[1]), word)
    if template_at(study.text, offset) is not None:
        words = found_in(names_in_words(study, spot), word)
        if words is not None:
            return words
    return found_in([*names_at(study, spot), *_asked(study, offset)], word)


def _asked(study: Study, offset: int) -> list[Name]:
    """Return the segments, where a condition asks for one."""
    _, start = word_at(study.text, offset)
    return segments(study) if study.text[:start].endswith(f'{IN_SEGMENT}("') else []


def found_in(names: list[Name], word: str) -> Name | None:
    """Return the name itself, or for the word before its dot, any that begins with it."""
    exact = next((each for each in names if each.name == word or each.name.startswith(f"{word}(")), None)
    if exact is not None or "." in word:
        return exact
    fields = [each for each in names if each.name.startswith(f"{word}.")]
    if not fields:
        return None
    listed = "\n".join(f"- `{each.name}`: {each.says.split(', of ')[0]}" for each in fields)
    whose = next((each.says.partition(", of ")[2] for each in fields if each.made_at), "")
    return Name(word, f"{sentence(whose)}\n\n{listed}".strip(), fields[0].made_at)


def _of_name(name: Name) -> str:
    return f"**{name.name}**\n\n{name.says if chr(10) in name.says else sentence(name.says)}"


def _of_what_is_above(study: Study, spot: Spot) -> str:
    """Return the meaning of the key below which the author's own words stand."""
    above = (each for each in spots(study.seen.root, study.shape) if each.is_key)
    known = {each.trail: each for each in above if each.argument is not None and each.argument.says}
    length = next((end for end in range(len(spot.trail) - 1, 0, -1) if spot.trail[:end] in known), 0)
    return _of_key(known[spot.trail[:length]]) if length else ""


def _of_key(spot: Spot) -> str:
    if spot.argument is None:
        return ""
    row = row_of(spot.argument)
    words = of_row(row) if row else of_argument(spot.argument)
    return str(words["markdownDescription"]) if spot.argument.says else ""
