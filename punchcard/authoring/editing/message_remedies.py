"""What mends a diagnostic of a message: the message itself, its words in every language, its purpose."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.authoring.editing.change import Change, Fix, with_key
from punchcard.authoring.editing.study import Study
from punchcard.language import nodes
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.drafts import Draft
from punchcard.language.labels import kebab
from punchcard.language.nodes import Scalar, Source
from punchcard.language.texts import FOLDER
from punchcard.language.unfit import Unfit

PURPOSES = ("marketing", "transactional")
_GREETING = "Hello {{ customer.first_name }},"


def message_remedies(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Yield what may mend a diagnostic of a message, by its code."""
    match found.code:
        case "PC1501":
            yield from _created(study, source, found)
        case "PC1503":
            yield from _purposes(study, source, found)
        case "PC1504" | "PC1505":
            draft = _draft_at(study, source, found)
            if draft is not None:
                yield from translated(study, draft)
        case _:
            pass


def languages_of(study: Study) -> tuple[str, ...]:
    """Return the languages in which a campaign writes, its own first."""
    own = own_language(study)
    drafts = study.seen.messages.drafts.values()
    return tuple(dict.fromkeys((own, *(words.language for draft in drafts for words in draft.words))))


def own_language(study: Study) -> str:
    """Return the language of the messages in the campaign's file."""
    root = study.seen.root
    said = root.get("language") if isinstance(root, nodes.Mapping) else None
    return said.value if isinstance(said, Scalar) and said.value else study.programme.language


def _path(study: Study, message: str, language: str) -> str:
    return f"{FOLDER}/{study.written.path.stem}/{message}.{language}.md"


def _created(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Write the message that a step sends: in the file, and in a file for each other language."""
    start = source.offset(found.line, found.column)
    name = source.text[start : start + found.length]
    root = study.seen.root
    if isinstance(kebab(name), Unfit) or not isinstance(root, nodes.Mapping) or source.name != study.name:
        return
    subject = name.replace("-", " ").capitalize()
    written = f"{name}:\n  purpose: marketing\n  subject: {subject}\n  body: |\n    {_GREETING}"
    below = root.get("messages")
    if isinstance(below, nodes.Mapping) and below.entries and not below.flow:
        change = with_key(source, below, written)
    else:
        change = with_key(source, root, "\nmessages:\n  " + written.replace("\n", "\n  "))
        change = Change(change.file, change.start, change.end, "\n" + change.text.lstrip(" "))
    _, *others = languages_of(study)
    creates = {_path(study, name, each): f"---\nsubject: {subject}\n---\n{_GREETING}\n" for each in others}
    where = f" in {len(others) + 1} languages" if others else ""
    yield Fix(f"Create the message `{name}`{where}", (change,), creates)


def _draft_at(study: Study, source: Source, found: Diagnostic) -> Draft | None:
    start = source.offset(found.line, found.column)
    return next(
        (
            draft
            for draft in study.seen.messages.drafts.values()
            if draft.span.source.name == source.name and draft.span.start == start
        ),
        None,
    )


def translated(study: Study, draft: Draft) -> Iterator[Fix]:
    """Make files for the languages that a message lacks, with the words that it has, to be translated."""
    known = {words.language for words in draft.words}
    first = next((each for each in draft.words if each.subject is not None and each.body is not None), None)
    missing = [each for each in languages_of(study) if each not in known]
    if first is None or first.subject is None or first.body is None or not missing:
        return
    purpose = f"purpose: {first.purpose}\n" if first.language != own_language(study) and first.purpose else ""
    text = f"---\n{purpose}subject: {first.subject.span.text}\n---\n{first.body.value.rstrip()}\n"
    creates = {_path(study, draft.name, each): text for each in missing}
    yield Fix(f"Create `{draft.name}` in {' and '.join(missing)}, to be translated", (), creates)


def _purposes(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Say the purpose of a message."""
    start = source.offset(found.line, found.column)
    for purpose in PURPOSES:
        if source.name.endswith(".md"):
            at = source.offset(2, 1)
            yield Fix(f"Write `purpose: {purpose}`", (Change(source.name, at, at, f"purpose: {purpose}\n"),))
            continue
        root = study.seen.root
        below = root.get("messages") if isinstance(root, nodes.Mapping) else None
        for entry in below if isinstance(below, nodes.Mapping) else ():
            if entry.key.span.start == start and isinstance(entry.value, nodes.Mapping):
                change = with_key(source, entry.value, f"purpose: {purpose}")
                if not entry.value.flow:
                    first = entry.value.entries[0].key.span.start
                    indent = " " * (source.place(first)[1] - 1)
                    change = Change(source.name, first, first, f"purpose: {purpose}\n{indent}")
                yield Fix(f"Write `purpose: {purpose}`", (change,))
