"""What mends a diagnostic beyond its suggestion: a key that is missing, one that does not belong, quotes, a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from punchcard.authoring.editing.change import Change, Fix, entries_at, with_argument, with_key, without
from punchcard.authoring.editing.study import Study, spot_at
from punchcard.authoring.knowledge import known, row_of
from punchcard.authoring.rows import verbs
from punchcard.authoring.schema.wording import is_required
from punchcard.language import nodes
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.grammar import Shape
from punchcard.language.nodes import Entry, Source

Remedy = Callable[[Study, Source, Diagnostic], Iterator[Fix]]
_VALUE = re.compile(r"(?:[\w.-]+: +|- +)(?P<value>\S.*?)[ \t]*$")
_FIELD = re.compile(r"\{\{.*?\}\}")


def remedies(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Yield what may mend a diagnostic, by its code."""
    if source.name == study.name:
        for remedy in _REMEDIES.get(found.code, ()):
            yield from remedy(study, source, found)


def _offset(source: Source, found: Diagnostic) -> int:
    return source.offset(found.line, found.column)


def _fix(title: str, change: Change | None) -> Iterator[Fix]:
    if change is not None:
        yield Fix(title, (change,))


# --- keys that are missing ------------------------------------------------------------------------------


def _missing_keys(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Add what is needed where the diagnostic stands: at the top, in a verb's value, in a message."""
    root = study.seen.root
    if not isinstance(root, nodes.Mapping):
        return
    offset = _offset(source, found)
    around = entries_at(root, offset)
    if offset == 0 and (found.length == 1 or not around):
        for name, written in _examples(study, study.shape, root):
            yield from _fix(f"Add `{name}`", with_key(source, root, written))
        return
    if not around:
        return
    _, entry = around[0]
    spot = spot_at(root, entry.key.span.start, study.shape)
    if spot is None or spot.argument is None:
        return
    row = row_of(spot.argument)
    value = (
        entry.value
        if isinstance(entry.value, nodes.Mapping)
        else nodes.Mapping((), entry.value.span, flow=True)
    )
    for name, written in _examples(study, spot.argument.kind.shape, value):
        if row is None or name != row.main:
            main = row.main if row else None
            yield from _fix(f"Add `{name}`", with_argument(source, entry, main, written))


def _examples(study: Study, shape: Shape | None, mapping: nodes.Mapping) -> Iterator[tuple[str, str]]:
    """Yield each key that is needed and missing, as it can be written."""
    for argument in known(shape, mapping).keys.values():
        example = next(iter(argument.kind.written), "")
        if not is_required(argument) or mapping.get(argument.name) is not None:
            continue
        if argument.name == "campaign" and mapping is study.seen.root:
            example = study.written.path.stem
        if example.startswith("`"):
            inner = example.strip("`")
            yield (
                argument.name,
                f"{argument.name}:\n  {inner}" if not inner.endswith("|") else f"{inner}\n  …",
            )
        elif example:
            yield argument.name, f"{argument.name}: {example}"


def _argument(name: str, value: str) -> Remedy:
    """Return the remedy that adds an argument to the verb or trigger at the place."""

    def remedy(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
        for _, entry in entries_at(study.seen.root, _offset(source, found)):
            argument = verbs().get(entry.key.value)
            row = row_of(argument) if argument else None
            if row is not None:
                change = with_argument(source, entry, row.main, f"{name}: {value}")
                yield from _fix(f"Write `{name}: {value}`", change)
                return

    return remedy


def _beside(written: str, title: str = "") -> Remedy:
    """Return the remedy that adds a key beside the verb at the place."""

    def remedy(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
        step = step_at(study, _offset(source, found))
        if step is not None:
            yield from _fix(title or f"Write `{written}`", with_key(source, step, written))

    return remedy


def step_at(study: Study, offset: int) -> nodes.Mapping | None:
    """Return the innermost step around an offset."""
    return next(
        (
            mapping
            for mapping, _ in entries_at(study.seen.root, offset)
            if any(each.key.value in verbs() for each in mapping)
            and not any(each.key.value == "campaign" for each in mapping)
        ),
        None,
    )


def _at_the_top(*lines: str) -> Remedy:
    """Return the remedy that adds one of some keys to the file, above its first block."""

    def remedy(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
        root = study.seen.root
        entries = root.entries if isinstance(root, nodes.Mapping) else ()
        when = next((each for each in entries if each.key.value == "when"), None)
        if when is None:
            return
        at = _above_blanks(source, when)
        for line in lines:
            yield Fix(f"Write `{line}`", (Change(source.name, at, at, f"{line}\n"),))

    return remedy


def _above_blanks(source: Source, entry: Entry) -> int:
    """Return where the lines end that stand above an entry, before blank lines and comments of its own."""
    line, _ = source.place(entry.key.span.start)
    while line > 1 and (not source.lines[line - 2].strip() or source.lines[line - 2].startswith("#")):
        line -= 1
    return source.offset(line, 1)


def _until(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Say up to when something is expected."""
    for mapping, _ in entries_at(study.seen.root, _offset(source, found)):
        if mapping.get("expect") is not None:
            yield from _fix("Write `until: +30 days`", with_key(source, mapping, "until: +30 days"))
            return


# --- keys that do not belong ----------------------------------------------------------------------------


def _away(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Take out the key at the place."""
    offset = _offset(source, found)
    for mapping, entry in entries_at(study.seen.root, offset):
        if entry.key.span.start == offset or entry.value.span.start == offset:
            yield from _fix(f"Remove `{entry.key.value}`", without(source, mapping, entry))
            return


def _second_away(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Take out the line of a key that stands there twice."""
    start, end = source.offset(found.line, 1), source.offset(found.line + 1, 1)
    if (
        source.lines[found.line - 1]
        .lstrip()
        .startswith(source.text[_offset(source, found) :][: found.length])
    ):
        yield Fix("Remove this line", (Change(source.name, start, end, ""),))


def _one_limit(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    for _, entry in entries_at(study.seen.root, _offset(source, found)):
        if entry.key.value == "wait" and isinstance(entry.value, nodes.Mapping):
            for each in entry.value:
                if each.key.value in ("up_to", "until"):
                    yield from _fix(f"Remove `{each.key.value}`", without(source, entry.value, each))
            return


# --- texts ----------------------------------------------------------------------------------------------


def _quoted(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Put the value of the line into quotes."""
    line = source.lines[found.line - 1]
    value = _VALUE.search(line)
    if value is None:
        return
    quote = "'" if '"' in value["value"] else '"'
    if quote in value["value"]:
        return
    start = source.offset(found.line, value.start("value") + 1)
    end = source.offset(found.line, value.end("value") + 1)
    yield Fix(
        "Put the value into quotes", (Change(source.name, start, end, f"{quote}{value['value']}{quote}"),)
    )


def _instead(*texts: str, title: str = "") -> Remedy:
    """Return the remedy that puts a text in the place of what is marked; `{}` is that itself."""

    def remedy(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
        start, end = _offset(source, found), source.offset(found.line, found.column + found.length)
        for text in texts:
            currency = study.checked.plan.currency if study.checked.plan else study.programme.currency
            written = text.format(source.text[start:end], currency=currency)
            yield Fix(title or f"Write `{written}`", (Change(source.name, start, end, written),))

    return remedy


def _number(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    start, end = _offset(source, found), source.offset(found.line, found.column + found.length)
    text = source.text[start:end]
    whole = re.fullmatch(r"\d{1,3}(?:,\d{3})+", text) is not None
    written = text.replace(",", "") if whole else text.replace(",", ".")
    yield Fix(f"Write `{written}`", (Change(source.name, start, end, written),))


def _with_default(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Say what stands there where a field has no value."""
    start, line = source.offset(found.line, 1), source.lines[found.line - 1]
    for field in _FIELD.finditer(line):
        if field.start() <= found.column - 1 <= field.end() and "default" not in field.group():
            written = f'{field.group()[:-2].rstrip()} | default("…") }}}}'
            change = Change(source.name, start + field.start(), start + field.end(), written)
            yield Fix(f"Write `{written}`", (change,))


def _another_name(study: Study, source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Call the second of two things otherwise."""
    step = step_at(study, _offset(source, found))
    if step is None:
        return
    called = next((each for each in step if each.key.value == "as"), None)
    verb = next(each.key.value for each in step if each.key.value in verbs())
    name = f"second_{called.value.span.text if called else {'ask': 'reply', 'approve': 'approval'}.get(verb, verb)}"
    if called is None:
        yield from _fix(f"Write `as: {name}`", with_key(source, step, f"as: {name}"))
    else:
        span = called.value.span
        yield Fix(f"Write `as: {name}`", (Change(source.name, span.start, span.end, name),))


_STEPS = "\n  - stop: …"
_REMEDIES: Mapping[str, tuple[Remedy, ...]] = MappingProxyType(
    {
        "PC1003": (_instead("  ", title="Write two spaces"),),
        "PC1004": (_quoted,),
        "PC1006": (_second_away,),
        "PC1008": (_quoted,),
        "PC1009": (_quoted,),
        "PC1011": (_instead("", title="Remove the character"),),
        "PC1015": (_number,),
        "PC1101": (_away,),
        "PC1102": (_missing_keys,),
        "PC1219": (_instead("{}%", "{} {currency}"),),
        "PC1302": (_beside(f"then:{_STEPS}", "Add `then`"),),
        "PC1306": (_one_limit,),
        "PC1307": (_argument("up_to", "7 days"),),
        "PC1308": (_away,),
        "PC1313": (_away,),
        "PC1326": (_beside(f"otherwise:{_STEPS}", "Add `otherwise`"),),
        "PC1330": (_beside("id: tone"),),
        "PC1335": (_beside(f"otherwise:{_STEPS}", "Add `otherwise`"),),
        "PC1343": (_away,),
        "PC1355": (_away,),
        "PC1407": (_another_name,),
        "PC1517": (_with_default,),
        "PC1518": (_instead("{{{}}}"),),
        "PC1703": (_at_the_top("limit: 1 per year", "budget: {rewards: 1000}"),),
        "PC2010": (_until,),
    }
)
