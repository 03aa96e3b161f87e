"""Text → tree: YAML without its surprises. Every scalar stays text; what misleads is refused by name."""

from __future__ import annotations

import re

import yaml

from punchcard.language.diagnostics import Findings
from punchcard.language.nodes import Broken, Entry, Mapping, Node, Scalar, Sequence, Source, Span
from punchcard.language.repair import Draft, mend, report_no_space, report_swallowed

MOST_CHARACTERS = 100_000
DEEPEST = 40
MOST_REPAIRS = 25
MOST_OPEN = 500

_UNREADABLE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# YAML's own exotic line ends, which become spaces.
_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")
# What stands for bytes that are no UTF-8.
LOST = "\ufffd"
_COMMENT = re.compile(r"[ \t]+#(?=[^\s#])")
_BRACKETS = re.compile(r"[\[\]{}]")
_SIMPLE_KEY = "while scanning a simple key"
_DIGITS = re.compile(r"\d+")
_LOADER = getattr(yaml, "CLoader", yaml.Loader)


def source_of(name: str, text: str) -> Source:
    """Return a source with uniform line ends, and without the mark that some editors put before UTF-8."""
    return Source(name, text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def read(source: Source, findings: Findings) -> tuple[Node, bool]:
    """Return the tree, and whether lines had to be taken out, so that what depends on them cannot be judged."""
    whole = Span(source, 0, len(source.text))
    if len(source.text) > MOST_CHARACTERS:
        findings.add(
            "PC1010",
            Span(source, 0, 1),
            f"the file has {len(source.text)} characters",
            expected=f"at most {MOST_CHARACTERS}; long messages can stand in files of their own",
        )
        return Broken(whole), True
    too_deep = _too_deep(source.text)
    if too_deep is not None:
        span = Span(source, too_deep, too_deep + 1)
        findings.add(
            "PC1013",
            span,
            "brackets and braces are nested too deeply here",
            expected=f"at most {DEEPEST} levels",
        )
        return Broken(whole), True
    refuse_unreadable(source, findings)
    if LOST in source.text and "\0" in source.text:  # every letter has two bytes
        return Broken(whole), True
    draft = Draft(source, findings, _BREAKS.sub(" ", source.text))
    draft.text = _UNREADABLE.sub("x", draft.text)
    events = _events(draft)
    if events is None:
        return Broken(whole), True
    builder = _Builder(draft, events)
    root = builder.document()
    return root, draft.damaged or builder.left_out


def _too_deep(text: str) -> int | None:
    """Return where more brackets are open than any text has; the YAML parser would take very long over them."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth = depth + 1 if found.group() in "[{" else max(0, depth - 1)
        if depth > MOST_OPEN:
            return found.start()
    return None


def refuse_unreadable(source: Source, findings: Findings) -> None:
    """Report letters that were lost because the file is not UTF-8, else characters that no text editor shows."""
    lost = source.text.find(LOST)
    if lost >= 0:
        findings.add(
            "PC1019",
            Span(source, lost, lost + 1),
            "a letter is lost here: the file is not saved as UTF-8",
            expected="the file saved as UTF-8",
        )
        return
    for found in _UNREADABLE.finditer(source.text):
        findings.add(
            "PC1011",
            Span(source, found.start(), found.end()),
            f"the invisible character U+{ord(found.group()):04X} cannot stand here",
            expected="the same text without it",
        )


def _events(draft: Draft) -> list[yaml.Event] | None:
    for _ in range(MOST_REPAIRS):
        try:
            return list(yaml.parse(draft.text, Loader=_LOADER))
        except yaml.MarkedYAMLError as error:
            context = error.context_mark.index if error.context_mark else None
            at = error.problem_mark.index if error.problem_mark else context or 0
            # Of a line without a colon, the parser complains where the next one begins.
            mend(draft, context or 0 if error.context == _SIMPLE_KEY else at, context)
    return None


class _Builder:
    """Makes the tree from the parser's events."""

    def __init__(self, draft: Draft, events: list[yaml.Event]) -> None:
        self._draft = draft
        self._source = draft.source
        self._findings = draft.findings
        self._events = events
        self._next = 0
        self.left_out = False

    def document(self) -> Node:
        """Return the first document's tree; a second one is reported."""
        root: Node | None = None
        while self._next < len(self._events):
            event = self._take()
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.left_out = True
                    span = self._span(event)
                    self._findings.add(
                        "PC1012", span, "a second document begins here", expected="one campaign a file"
                    )
                    break
                root = self._node(0)
        return root if root is not None else Scalar("", Span(self._source, 0, 0))

    def _take(self) -> yaml.Event:
        event = self._events[self._next]
        self._next += 1
        return event

    def _span(self, event: yaml.Event) -> Span:
        return Span(self._source, _start(event), _end(event))

    def _node(self, depth: int) -> Node:
        event = self._take()
        refused = self._refuse_extras(event)
        match event:
            case yaml.AliasEvent():
                return Broken(self._span(event))
            case yaml.ScalarEvent():
                scalar = self._scalar(event)
                return Broken(scalar.span) if refused and isinstance(scalar, Scalar) else scalar
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                return self._collection(event, depth)
            case _:
                return Broken(self._span(event))

    def _collection(self, event: yaml.CollectionStartEvent, depth: int) -> Node:
        start = _start(event)
        braces = isinstance(event, yaml.MappingStartEvent) and event.flow_style
        if braces and self._draft.text[start : start + 2] == "{{":
            return self._skip(
                event,
                "PC1009",
                "YAML reads `{{` here as the beginning of a mapping",
                "the whole text in quotes, or below the key as a block: `body: |`",
            )
        if depth >= DEEPEST:
            return self._skip(
                event,
                "PC1013",
                f"this is nested more than {DEEPEST} levels deep",
                f"at most {DEEPEST} levels",
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        items = []
        while not isinstance(self._events[self._next], yaml.SequenceEndEvent):
            items.append(self._node(depth + 1))
        return Sequence(tuple(items), self._ended(start))

    def _ended(self, start: int) -> Span:
        """Take the end event, and return the span without the white space before it."""
        end = _end(self._take())
        text = self._draft.text[start:end].rstrip()
        return Span(self._source, start, start + max(len(text), 1))

    def _skip(self, event: yaml.Event, code: str, message: str, expected: str) -> Broken:
        """Pass over a collection with all that is within."""
        level = 1
        last = event
        while level:
            last = self._take()
            level += isinstance(last, yaml.CollectionStartEvent)
            level -= isinstance(last, yaml.CollectionEndEvent)
        span = Span(self._source, _start(event), _end(last))
        self._findings.add(code, span, message, expected=expected)
        return Broken(span)

    def _mapping(self, event: yaml.MappingStartEvent, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(self._events[self._next], yaml.MappingEndEvent):
            key, value = self._node(depth + 1), self._node(depth + 1)
            if not isinstance(key, Scalar):
                if not isinstance(key, Broken):
                    self._findings.add("PC1014", key.span, "a key must be one word", expected="`key: value`")
            elif event.flow_style and self._lacks_space(key, value):
                name = key.value.partition(":")[0]
                entries.setdefault(name, Entry(Scalar(name, key.span), Broken(key.span)))
            elif event.flow_style and self._is_decimals(entries, key, value):
                last = next(reversed(entries.values()))
                entries[last.key.value] = Entry(last.key, Broken(last.value.span.until(key.span)))
            elif key.value in entries:
                self._duplicate(key, entries[key.value].key)
            else:
                entries[key.value] = Entry(key, value)
        return Mapping(tuple(entries.values()), self._ended(_start(event)), bool(event.flow_style))

    def _is_decimals(self, entries: dict[str, Entry], key: Scalar, value: Node) -> bool:
        """Report `{every: 1,000}`, which YAML reads as `every: 1` and a key `000`."""
        if not (entries and _DIGITS.fullmatch(key.value) and isinstance(value, Scalar) and value.empty):
            return False
        last = next(reversed(entries.values())).value
        if isinstance(last, Broken):
            return True
        if not isinstance(last, Scalar) or self._draft.text[last.span.end : key.span.start] != ",":
            return False
        span = last.span.until(key.span)
        self._findings.add(
            "PC1015",
            span,
            f"YAML splits `{span.text}` at the comma",
            expected="a number without thousands separators, with a point before its decimals",
        )
        return True

    def _lacks_space(self, key: Scalar, value: Node) -> bool:
        """Report `{every:500}`, which YAML reads as a key without a value."""
        name, colon, rest = key.value.partition(":")
        if not (colon and rest and isinstance(value, Scalar) and value.empty and not key.style):
            return False
        report_no_space(self._draft, key.span.start, name, rest)
        return True

    def _duplicate(self, key: Scalar, first: Scalar) -> None:
        line, _ = self._source.place(first.span.start)
        self._findings.add(
            "PC1006",
            key.span,
            f"`{key.value}` stands here a second time",
            expected=f"one `{key.value}`; the first is in line {line}",
        )

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        span = self._span(event)
        style = event.style or ""
        if self._draft.touches(span.start, span.end):
            return Broken(span)
        if not style:
            span = Span(self._source, span.start, span.start + len(span.text.rstrip()))
            comment = _COMMENT.match(self._draft.text, span.end)
            if comment:
                report_swallowed(self._draft, comment.end() - 1)
                return Broken(span)
        return Scalar(event.value, span, style)

    def _refuse_extras(self, event: yaml.Event) -> bool:
        """Report an alias, anchor or tag; the campaign language has none of them."""
        if isinstance(event, yaml.AliasEvent):
            self._findings.add(
                "PC1007", self._span(event), f"`*{event.anchor}` is an alias", expected="the text itself"
            )
            return True
        for sign, name, what in (
            ("&", getattr(event, "anchor", None), "an anchor"),
            ("!", getattr(event, "tag", None), "a tag"),
        ):
            if name:
                start = _start(event)
                word = re.compile(r"\S*").match(self._draft.text, start)
                end = word.end() if word else start + 1
                self._findings.add(
                    "PC1007",
                    Span(self._source, start, max(end, start + 1)),
                    f"`{self._draft.text[start:end] or sign}` is {what}",
                    expected="the value alone, in quotes if it begins with this sign",
                )
                return True
        return False


def _start(event: yaml.Event) -> int:
    assert event.start_mark is not None, "the parser marks every event"
    return event.start_mark.index


def _end(event: yaml.Event) -> int:
    assert event.end_mark is not None, "the parser marks every event"
    return event.end_mark.index
