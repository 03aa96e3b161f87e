"""A campaign's messages as written: in the file itself, and in the folder beside it, one file per language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import cast

from punchcard.language import nodes
from punchcard.language.arguments import read_fields
from punchcard.language.drafts import Draft, Manners, Words
from punchcard.language.grammar import Argument, Context, Fields, Keys, Kind, Text
from punchcard.language.kinds import NAME, one_of, scalar, unread
from punchcard.language.labels import language_tag
from punchcard.language.later import LATER_MESSAGE_KEYS
from punchcard.language.nearest import listed
from punchcard.language.nodes import Node, Scalar, Source, Span
from punchcard.language.source import read, refuse_unreadable, source_of
from punchcard.language.unfit import Unfit
from punchcard.plan.model import Message, MessageText, Purpose

FOLDER = "messages"
LONGEST_SUBJECT = 200
_FILE = re.compile(r"(?P<name>[^/]+)\.(?P<language>[A-Za-z-]+)\.md")


def _subject(node: Node, context: Context) -> Scalar | None:
    found = scalar(node, context, "the subject, in one line")
    if found is None:
        return None
    if "\n" in found.value.strip():
        context.findings.add(
            "PC1506", found.span, "a subject has one line", expected="`subject:` with the text behind it"
        )
        return None
    if len(found.value) > LONGEST_SUBJECT:
        context.findings.add(
            "PC1209",
            found.span,
            f"this subject has {len(found.value)} characters",
            expected=f"at most {LONGEST_SUBJECT}",
        )
        return None
    return found


SUBJECT_KIND: Kind[Scalar] = Kind(
    "one line of text", ("Your 20% is here, {{ customer.first_name }}",), _subject, shape=Text()
)
BODY_KIND: Kind[Scalar] = Kind(
    "text below the key",
    ("`body: |`",),
    lambda node, context: scalar(node, context, "`body: |` with the text below it"),
    shape=Text(long=True),
)
PURPOSE = Argument(
    "purpose",
    one_of("marketing", "transactional"),
    "marketing needs the customer's consent and counts toward caps, transactional does not",
    default="required",
)
SUBJECT = Argument("subject", SUBJECT_KIND, "the e-mail's subject", required=True)
BODY = Argument("body", BODY_KIND, "the e-mail's text, with fields such as {{ coupon.code }}", required=True)
CAP = Argument(
    "cap",
    one_of("skip", "defer"),
    "what becomes of a marketing message that exceeds the programme's caps: it is not sent, or later",
    default="skip",
)
QUIET_HOURS = Argument(
    "quiet_hours",
    one_of("keep", "ignore"),
    "whether it waits for the end of the programme's quiet hours",
    default="keep for marketing, ignore for transactional messages",
)
IN_FILE = (PURPOSE, SUBJECT, BODY, CAP, QUIET_HOURS)
IN_FOLDER = (PURPOSE, SUBJECT, CAP, QUIET_HOURS)
MESSAGE = unread("a message", shape=Keys(IN_FILE))


def read_messages(
    node: Node | None,
    files: Mapping[str, str],
    campaign: str,
    language: str,
    folder: PurePosixPath,
    context: Context,
) -> None:
    """Read what the file and its folder have into the context's messages; `folder` is where the file lies."""
    if isinstance(node, nodes.Mapping):
        for entry in node:
            _in_file(entry.key, entry.value, language, context)
    elif isinstance(node, nodes.Broken):
        context.messages.unread = True
    elif node is not None and not (isinstance(node, Scalar) and node.empty):
        context.messages.unread = True
        expected = "each message's name with its purpose, subject and body"
        context.findings.add("PC1201", node.span, "messages are keys with values", expected=expected)
    prefix = f"{FOLDER}/{campaign}/"
    for path in sorted(files):
        if path.startswith(prefix):
            _in_folder(str(folder / path), path.removeprefix(prefix), files[path], context)


def _in_file(key: Scalar, value: Node, language: str, context: Context) -> None:
    NAME.read(key, context)
    owner = f"the message `{key.value}`"
    if isinstance(value, Scalar) and not value.empty:
        context.findings.add(
            "PC1201",
            value.span,
            f"{owner} is more than one text",
            expected="`purpose`, `subject` and `body` below the name",
        )
        context.messages.add(key.value, key.span, Words(language, None, None, key.span, "marketing"))
        return
    fields = read_fields(owner, value, IN_FILE, context, head=key.span, later=LATER_MESSAGE_KEYS)
    words = Words(
        language, fields.get(SUBJECT), fields.get(BODY), key.span, _purpose(fields), _manners(fields)
    )
    if not fields.has(PURPOSE) and not isinstance(value, nodes.Broken):
        _no_purpose(owner, key.span, context)
    context.messages.add(key.value, key.span, words)


def _purpose(fields: Fields) -> Purpose | None:
    return cast("Purpose | None", fields.get(PURPOSE))


def _manners(fields: Fields) -> Manners:
    return Manners(fields.get(CAP), fields.get(QUIET_HOURS))


def _no_purpose(owner: str, span: Span, context: Context) -> None:
    context.findings.add(
        "PC1503",
        span,
        f"{owner} does not say its purpose",
        expected="`purpose: marketing` (asks for consent) or `purpose: transactional`",
    )


def _in_folder(path: str, name: str, text: str, context: Context) -> None:
    """Read one message file: `---`, its keys, `---`, its body."""
    source = source_of(path, text)
    context.findings.names(path)
    refuse_unreadable(source, context.findings)
    start = Span(source, 0, 1)
    found = _FILE.fullmatch(name)
    tag = language_tag(found["language"]) if found else None
    if found is None or isinstance(tag, Unfit) or tag is None:
        context.findings.add(
            "PC1509",
            start,
            f"`{name}` does not name a message and its language",
            expected="a file name such as you-earned-it.de.md",
        )
        return
    head = re.match(r"---[ \t]*\n(.*?\n)?---[ \t]*(\n|$)", source.text, re.DOTALL)
    if head is None:
        context.findings.add(
            "PC1510",
            start,
            "this message has no subject",
            expected="the first lines `---`, `subject: …`, `---`, and the text below",
        )
        return
    keys = Source(path, "   " + source.text[3 : head.end(1) if head.group(1) else 3])
    node, _ = read(keys, context.findings)
    fields = read_fields(
        f"the message `{found['name']}`", node, IN_FOLDER, context, head=start, later=LATER_MESSAGE_KEYS
    )
    begin = len(source.text) - len(source.text[head.end() :].lstrip("\n"))
    body = Scalar(source.text[begin:].rstrip(), Span(source, begin, max(begin, len(source.text.rstrip()))))
    if not body.value.strip():
        context.findings.add(
            "PC1202",
            Span(source, max(0, head.end() - 1), head.end()),
            "this message has no text",
            expected="its text below the second `---`",
        )
    words = Words(tag, fields.get(SUBJECT), body, start, _purpose(fields), _manners(fields))
    other = context.messages.add(found["name"], start, words)
    if other is not None:
        line, _ = other.span.source.place(other.span.start)
        context.findings.add(
            "PC1508",
            start,
            f"`{found['name']}` has its words in {tag} already, in {other.span.source.name}:{line}",
            expected="each language once",
        )


def finished(draft: Draft, language: str, languages: tuple[str, ...], context: Context) -> Message | None:
    """Return the plan's message; reports a missing language or purpose."""
    own = next((each for each in draft.words if each.language == language), None)
    if own is None:
        context.findings.add(
            "PC1504",
            draft.span,
            f"`{draft.name}` has no words in {language}, the campaign's language",
            expected=f"a file {draft.name}.{language}.md, or the message in the campaign's own file",
        )
        return None
    missing = [each for each in languages if each not in {words.language for words in draft.words}]
    if missing:
        context.findings.add(
            "PC1505",
            draft.span,
            f"`{draft.name}` has no words in {listed(missing, 'and')}, unlike other messages",
            expected=f"a file {draft.name}.{missing[0]}.md",
        )
    if own.purpose is None:
        if own.body is not None and own.span.source.name.endswith(".md"):
            _no_purpose(f"the message `{draft.name}`", own.span, context)
        return None
    for words in draft.words:
        if words.purpose not in (None, own.purpose):
            context.findings.add(
                "PC1507",
                words.span,
                f"`{draft.name}` is {words.purpose} here and {own.purpose} in {own.span.source.name}",
                expected=f"`purpose: {own.purpose}`, or no purpose here",
            )
    ordered = (own, *(words for words in draft.words if words is not own))
    if any(len(words.scalars) < 2 for words in ordered):
        return None
    manners = _agreed(draft, ordered, context)
    disturbs = (manners.quiet_hours or ("ignore" if own.purpose == "transactional" else "keep")) == "ignore"
    if manners.cap is not None and own.purpose == "transactional":
        _no_cap(own, context)
    return Message(draft.name, own.purpose, tuple(_texts(ordered)), disturbs, manners.cap == "defer")


def _agreed(draft: Draft, ordered: tuple[Words, ...], context: Context) -> Manners:
    """What all languages together say of when it may be sent; the campaign's own comes first."""
    first = ordered[0].manners
    for words in ordered[1:]:
        for name, said, here in (
            ("cap", first.cap, words.manners.cap),
            ("quiet_hours", first.quiet_hours, words.manners.quiet_hours),
        ):
            if here is not None and here != said:
                before = f"`{name}: {said}`" if said else f"no `{name}`"
                message = (
                    f"`{draft.name}` has `{name}: {here}` here and {before} in {ordered[0].span.source.name}"
                )
                context.findings.add("PC1507", words.span, message, expected=f"{before}, or no `{name}` here")
    return first


def _no_cap(own: Words, context: Context) -> None:
    context.findings.add(
        "PC1514",
        own.span,
        "a transactional message has no cap",
        expected="no `cap`, or `purpose: marketing`",
    )


def _texts(words: tuple[Words, ...]) -> Iterator[MessageText]:
    for each in words:
        if each.subject is not None and each.body is not None:
            yield MessageText(each.language, each.subject.value.strip(), each.body.value.rstrip() + "\n")
