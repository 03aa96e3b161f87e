"""The files of event types beside campaigns, `events/<name>.json`: read, and every mistake at its place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from punchcard.domain.json_schemas import BUILT_IN, MONEY, SchemaUnfit, accept_schema
from punchcard.known_events import with_schemas
from punchcard.language import nodes
from punchcard.language.diagnostics import Diagnostic, Findings
from punchcard.language.labels import snake
from punchcard.language.nodes import Source, Span
from punchcard.language.programme import Programme
from punchcard.language.source import read, source_of
from punchcard.language.unfit import Unfit

EVENTS = "events"
AS_MONEY = f'{{"$ref": "{MONEY}"}}'
TYPES = f'"string", "number", "integer", "boolean", "array" or "object"; money is {AS_MONEY}'
FORM = '{"type": "object", "properties": {"product": {"type": "string"}}}'


@dataclass(frozen=True, slots=True)
class EventFile:
    """One event type on disk; no `schema` if its file has mistakes."""

    path: Path
    text: str
    schema: dict[str, Any] | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def name(self) -> str:
        """The event's name, which is the file's."""
        return self.path.stem


def event_files(folders: Iterable[Path]) -> tuple[EventFile, ...]:
    """Read the event types beside the campaigns of these folders."""
    paths = [path for folder in folders for path in sorted((folder / EVENTS).glob("*.json"))]
    return tuple(event_file(path, path.read_bytes().decode("utf-8", errors="replace")) for path in paths)


def event_file(path: Path, text: str, *, shown_as: str | None = None) -> EventFile:
    """Return the event type of a file's text, or every mistake in it."""
    findings = Findings()
    source = source_of(shown_as or path.as_posix(), text)
    findings.names(source.name)
    schema = _schema(source, findings)
    if schema is not None:
        _name(path.stem, source, findings)
        _accepted(schema, source, findings)
        _money(schema, source, findings)
        _dates(schema, source, findings)
    return EventFile(path, text, None if findings.refused else schema, findings.sorted())


def with_events(programme: Programme, files: Iterable[EventFile]) -> Programme:
    """Return the programme with the event types of these files, besides those that it knows."""
    return with_schemas(programme, {each.name: each.schema for each in files if each.schema is not None})


def _schema(source: Source, findings: Findings) -> dict[str, Any] | None:
    try:
        found = json.loads(source.text)
    except json.JSONDecodeError as error:
        reason = f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        findings.add("PC1515", Span(source, error.pos, error.pos + 1), reason, expected=f"`{FORM}`")
        return None
    except RecursionError:
        findings.add("PC1515", Span(source, 0, 1), "it is nested too deeply", expected=f"`{FORM}`")
        return None
    if not isinstance(found, dict):
        findings.add("PC1515", Span(source, 0, 1), "this is no JSON Schema", expected=f"`{FORM}`")
        return None
    return found


def _name(name: str, source: Source, findings: Findings) -> None:
    fit = snake(name)
    if isinstance(fit, Unfit):
        reason = f"the file's name is the event's, and `{name}` is not a name"
        meant = f"{fit.suggestion}.json" if fit.suggestion else None
        findings.add("PC1515", Span(source, 0, 1), reason, expected=meant or fit.expected)
    elif name in BUILT_IN:
        reason = f"`{name}` is built in, and has fields of its own"
        findings.add("PC1515", Span(source, 0, 1), reason, expected="another name for the event and its file")


def _accepted(schema: dict[str, Any], source: Source, findings: Findings) -> None:
    try:
        accept_schema(schema)
    except SchemaUnfit as unfit:
        is_type = bool(unfit.path) and unfit.path[-1] == "type"
        expected = TYPES if is_type else "a JSON Schema (2020-12) that is complete in itself"
        meant = AS_MONEY if is_type and str(_part(schema, unfit.path)) in ("amount", "money") else None
        findings.add(
            "PC1515", _place(source, unfit.path), str(unfit), expected=f"`{meant}`" if meant else expected
        )


def _money(schema: dict[str, Any], source: Source, findings: Findings) -> None:
    """Warn of what looks like money and is not declared so: it could be neither compared nor shown."""
    for name, field in (schema.get("properties") or {}).items():
        if not isinstance(field, dict):
            continue
        inner = field.get("properties")
        if field.get("format") == "money" or (
            isinstance(inner, dict) and {"amount", "currency"} <= inner.keys()
        ):
            findings.add(
                "PC1516",
                _place(source, ("properties", name)),
                f"`{name}` looks like money, and campaigns cannot compare or show it so",
                expected=f"`{AS_MONEY}`",
            )


def _dates(schema: dict[str, Any], source: Source, findings: Findings) -> None:
    """Warn of what is declared as a date: it is a text for campaigns, which can neither wait for it nor show it so."""
    for name, field in (schema.get("properties") or {}).items():
        if isinstance(field, dict) and field.get("format") in ("date", "date-time", "time"):
            findings.add(
                "PC1519",
                _place(source, ("properties", name)),
                f"`{name}` is a text for campaigns: they cannot wait for it, compare it, or show it as a date",
                expected="an event that is posted when it is time, and a text that is written as customers read it",
            )


def _part(schema: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        schema = schema[key]
    return schema


def _place(source: Source, path: tuple[str | int, ...]) -> Span:
    """Return where a part of the schema stands: JSON is read as the YAML that it is, too."""
    node, _ = read(source, Findings())
    for key in path:
        if isinstance(node, nodes.Mapping) and (inner := node.get(str(key))) is not None:
            node = inner
        elif isinstance(node, nodes.Sequence) and isinstance(key, int) and key < len(node.items):
            node = node.items[key]
        else:
            break
    return node.span
