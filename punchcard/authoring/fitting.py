"""A template's texts as a shop has them: its currency and language, and no key that its programme gives already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency

from punchcard.language import nodes
from punchcard.language.diagnostics import Findings
from punchcard.language.nodes import Node, Scalar
from punchcard.language.source import read, source_of

# What a campaign may leave to its programme.
SHARED = ("owner", "currency", "timezone", "language")
# How all templates are written.
CURRENCY, LANGUAGE = "USD", "en"
# What a test expects of a message's words.
_WORDS = ("subject", "contains")
_HEAD = re.compile(r"---[ \t]*\n(?P<keys>.*?)\n---[ \t]*\n+(?P<body>.*)", re.DOTALL)
_FILE = re.compile(r"(?P<message>[^/]+)\.(?P<language>[A-Za-z-]+)\.md")
_REMARK = re.compile(r"[ \t]*# in German: \S+")
_CODE = re.compile(r"(?<=\d) ([A-Z]{3})\b")
_ENGLISH = re.compile(r"\$(?P<amount>\d[\d,]*)")
_PLAIN = re.compile(r"[A-Za-zÄÖÜ0-9$€](?:[^:#\n]|:(?![ \n]|$)|(?<! )#)*")
_GERMAN = re.compile(r"(?P<amount>\d[\d.]*)[ \u00a0]\$")


@dataclass(frozen=True, slots=True)
class Shop:
    """What a new campaign has to fit: the keys that its programme gives, its currency, and the languages that it
    speaks, the campaign's own first.
    """

    given: frozenset[str] = frozenset()
    currency: str = CURRENCY
    languages: tuple[str, ...] = (LANGUAGE,)
    # What campaigns of this shop speak that say nothing.
    language: str = LANGUAGE


@dataclass(frozen=True, slots=True)
class Letter:
    """A message's words in one language."""

    subject: str
    body: str

    @property
    def file(self) -> str:
        """The words as a file of their own."""
        return f"---\nsubject: {as_value(self.subject)}\n---\n{self.body.rstrip()}\n"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A campaign's texts as a shop has them; `missing` are languages of the shop that the template does not speak."""

    campaign: str
    letters: Mapping[str, str]
    tests: str | None
    missing: tuple[str, ...] = ()


def fit(campaign: str, files: Mapping[str, str], tests: str | None, shop: Shop) -> Fitted:
    """Return a template's texts for a shop; `files` are its translations as `<message>.<language>.md`."""
    spoken = _translations(files)
    names = set(_letters(_root(campaign)))
    known = {LANGUAGE, *(each for each, letters in spoken.items() if names <= letters.keys())}
    languages = tuple(each for each in shop.languages if each in known or not names) or (LANGUAGE,)
    own = languages[0]
    spoken[LANGUAGE] = _letters(_root(campaign))
    if own != LANGUAGE:
        campaign = _spoken(campaign, spoken.get(own, {}))
        tests = None if tests is None else _without_words(tests)
    if own != LANGUAGE or len(languages) == 1:
        campaign = _REMARK.sub("", campaign)
    campaign = _without(campaign, shop.given - ({"language"} if own != shop.language else set()))
    if own != shop.language:
        campaign = _saying(campaign, own)
    written = {
        f"{name}.{language}.md": _paid(letter.file, shop)
        for language in languages[1:]
        for name, letter in spoken.get(language, {}).items()
    }
    return Fitted(
        _paid(campaign, shop),
        written,
        None if tests is None else _paid(tests, shop),
        tuple(each for each in shop.languages if each not in languages),
    )


def without_cases(tests: str, names: Iterable[str]) -> str:
    """Return tests without the cases of these names."""
    gone = [case.span for case in _cases(tests) if _text(case, "case") in names]
    # From the dash before a case up to the dash before the next one, or to the end.
    return _edited(tests, [(tests.rindex("- ", 0, each.start), _past(tests, each.end), "") for each in gone])


def cases_at(tests: str, lines: Iterable[int]) -> tuple[str, ...]:
    """Return the names of the cases in which one of these lines is."""
    wanted, place = tuple(lines), source_of("", tests).place
    return tuple(
        _text(case, "case")
        for case in _cases(tests)
        if any(place(case.span.start)[0] <= line <= place(case.span.end - 1)[0] for line in wanted)
    )


def _cases(tests: str) -> tuple[nodes.Mapping, ...]:
    cases = _root(tests).get("cases")
    return tuple(
        case
        for case in (cases if isinstance(cases, nodes.Sequence) else ())
        if isinstance(case, nodes.Mapping)
    )


def _past(text: str, end: int) -> int:
    rest = re.compile(r"\s*(?=\S)|\s*\Z").match(text, end)
    return end if rest is None else rest.end()


def keys_of(text: str) -> frozenset[str]:
    """Return the keys at the left margin of a file."""
    return frozenset(entry.key.value for entry in _root(text) if not _empty(entry.value))


def _empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.empty


def as_value(text: str) -> str:
    """Return a text as a value on one line."""
    return text if _PLAIN.fullmatch(text) and text == text.strip() else "'" + text.replace("'", "''") + "'"


def _root(text: str) -> nodes.Mapping:
    root, _ = read(source_of("", text), Findings())
    return root if isinstance(root, nodes.Mapping) else nodes.Mapping((), root.span)


def _letters(root: nodes.Mapping) -> dict[str, Letter]:
    """Return the words of a campaign's own file."""
    messages = root.get("messages")
    return {
        entry.key.value: Letter(_text(entry.value, "subject"), _text(entry.value, "body"))
        for entry in (messages if isinstance(messages, nodes.Mapping) else ())
    }


def _text(node: Node, key: str) -> str:
    found = node.get(key) if isinstance(node, nodes.Mapping) else None
    return found.value if isinstance(found, Scalar) else ""


def _translations(files: Mapping[str, str]) -> dict[str, dict[str, Letter]]:
    """Return the words of message files by language and message."""
    found: dict[str, dict[str, Letter]] = {}
    for path, text in files.items():
        name, parts = _FILE.fullmatch(path), _HEAD.fullmatch(text)
        if name is not None and parts is not None:
            letter = Letter(_text(_root(parts["keys"] + "\n"), "subject"), parts["body"])
            found.setdefault(name["language"], {})[name["message"]] = letter
    return found


def _spoken(text: str, letters: Mapping[str, Letter]) -> str:
    """Return a campaign whose messages have these words."""
    messages = _root(text).get("messages")
    edits = []
    for entry in messages if isinstance(messages, nodes.Mapping) else ():
        letter = letters[entry.key.value]
        for key, new in (("subject", as_value(letter.subject)), ("body", _block(letter.body))):
            value = entry.value.get(key) if isinstance(entry.value, nodes.Mapping) else None
            if value is not None:
                edits.append((value.span.start, value.span.end, new))
    return _edited(text, edits)


def _block(text: str) -> str:
    lines = (f"      {line}" if line else "" for line in text.rstrip().split("\n"))
    return "|\n" + "\n".join(lines) + "\n"


def _without(text: str, keys: Iterable[str]) -> str:
    """Return a campaign without these keys of its own, each with its line."""
    gone = [entry for entry in _root(text).entries if entry.key.value in keys]
    return _edited(
        text, [(entry.key.span.start, text.index("\n", entry.value.span.end) + 1, "") for entry in gone]
    )


def _saying(text: str, language: str) -> str:
    """Return a campaign that says its language, where its programme has another one."""
    trigger = next(
        entry for entry in _root(_without(text, ["language"])).entries if entry.key.value == "title"
    )
    at = text.index("\n", trigger.value.span.end) + 1
    return f"{text[:at]}language: {language}\n{text[at:]}"


def _without_words(tests: str) -> str:
    """Return tests that expect messages by their names alone, but for those in a language that they name."""
    edits = []
    for message in _expected(_root(tests)):
        if message.get("language") is None:
            for before, entry in zip(message.entries, message.entries[1:], strict=False):
                if entry.key.value in _WORDS:
                    edits.append((before.value.span.end, entry.value.span.end, ""))
    return _edited(tests, edits)


def _expected(node: Node) -> Iterator[nodes.Mapping]:
    """Yield every message that is expected somewhere below."""
    if isinstance(node, nodes.Sequence):
        for item in node:
            yield from _expected(item)
    elif isinstance(node, nodes.Mapping):
        for entry in node:
            if entry.key.value == "message" and isinstance(entry.value, nodes.Mapping):
                yield entry.value
            else:
                yield from _expected(entry.value)


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    return text


def _paid(text: str, shop: Shop) -> str:
    """Return a text with its amounts in the shop's currency."""
    if shop.currency == CURRENCY:
        return text
    codes = {CURRENCY: shop.currency, shop.currency: CURRENCY}
    text = _CODE.sub(lambda found: f" {codes.get(found[1], found[1])}", text)
    text = _ENGLISH.sub(lambda found: _amount(found["amount"], shop, "en", "¤#,##0"), text)
    return _GERMAN.sub(lambda found: _amount(found["amount"], shop, "de", "#,##0 ¤"), text)


def _amount(amount: str, shop: Shop, language: str, form: str) -> str:
    whole = Decimal(re.sub(r"[.,]", "", amount))
    trail = amount[-1] if amount[-1] in ".," else ""
    shown = format_currency(whole, shop.currency, form, language, currency_digits=False)
    return shown.replace("\u00a0", " ") + trail
