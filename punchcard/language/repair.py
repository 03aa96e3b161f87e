"""What to do where a text is not YAML: say why, mend that place alone, and let the rest be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from punchcard.language.diagnostics import Findings
from punchcard.language.inside import quoted
from punchcard.language.nearest import listed
from punchcard.language.nodes import Source, Span

_SWALLOWED = re.compile(r"[ \t]#(?=[^\s#])")
_FIELD = re.compile(r"\{\{.*?(?:\}\}|$)")
_QUOTED = re.compile(r"(?:: +|- +|^\s*)(?P<value>\"[^\"]*\{\{[^\"}]*\".*\")\s*$")
_NO_SPACE = re.compile(r"\s*(?:- )?([A-Za-z][\w-]*):(\S.*)$")
_BLOCK = re.compile(r"(?P<margin> *(?:- +)*)(?P<key>[^\s#].*: +[|>][-+]?)")
_KEY = re.compile(r"\s*(?:- |-$|[\w-]+:(?:\s|$))")
# What joins a text in quotes to the rest of a condition, and a list that a condition asks about.
_GOES_ON = re.compile(r"(?:not\s+in|in|and|or|==|!=|=|<=?|>=?)(?=[\s\"'(\[])")
_IN_LIST = re.compile(
    r":\s+(?P<value>(?P<before>[^\s\"'{\[][^{}\"'\[\],:]*?\bin\s+)\[(?P<list>[^\]]*)\](?P<after>[^{},\[\]]*))"
)
_NEEDS_NO_QUOTES = re.compile(r"\"[^\"]*\"|'[^']*'|[\d.]+")
_BRACKET_OR_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|[\[\]{}]")
_STARTS_NOTHING = "@`%|>&*!"


@dataclass(slots=True)
class Draft:
    """A text that is being mended, character for character, so that every place stays what it was.

    `written` is the text of before.
    """

    source: Source
    findings: Findings
    written: str
    text: str = field(init=False)
    blanked: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.written

    @property
    def damaged(self) -> bool:
        """Whether whole lines had to be taken out, so that what they said is unknown."""
        return bool(self.blanked)

    def overwrite(self, start: int, end: int, filler: str) -> None:
        """Put one filler character over each character of a range, except line feeds."""
        kept = (char if char == "\n" else filler for char in self.text[start:end])
        self.text = self.text[:start] + "".join(kept) + self.text[end:]

    def touches(self, start: int, end: int) -> bool:
        """Whether something within a range was mended."""
        return self.text[start:end] != self.written[start:end]


def mend(draft: Draft, at: int, context: int | None) -> None:
    """Report the mistake that stopped the YAML parser at an offset, and take it out of the draft."""
    opened = context is not None and draft.text[context : context + 1] in tuple("[{\"'")
    inside = (
        opened and context is not None and draft.text[context] in "[{" and draft.text[at : at + 1].strip()
    )
    line_start = draft.text.rfind("\n", 0, at) + 1
    line = _line_at(draft.text, line_start)
    for found in _FIELD.finditer(line):
        if _begins_value(line[: found.start()]) or found.start() <= at - line_start < found.end():
            return _template(draft, line_start + found.start(), line_start + found.end())
    if inside and _unquoted_list(draft, at):
        return None
    if inside and _GOES_ON.match(draft.text, at) and line[: at - line_start].rstrip()[-1:] in ("'", '"'):
        return _behind_quote(draft, at)
    if opened and context is not None and not _already_blanked(draft, context):
        return _unclosed(draft, context, at)
    left_open = _left_open(draft, line_start) if line.lstrip().startswith("- ") else None
    if left_open is not None:
        return _unclosed(draft, left_open, at)
    if context is not None and _without_space(draft, context):
        return
    char = draft.text[at : at + 1]
    if char == "\t" or "\t" in line[: len(line) - len(line.lstrip())]:
        return _tab(draft, line_start, line)
    if line[: at - line_start].rstrip()[-1:] in ("'", '"'):
        return _behind_quote(draft, at)
    if char == ":" and line.strip():
        return _second_colon(draft, at)
    if char and char in _STARTS_NOTHING:
        return _needs_quotes(draft, at, char)
    _indentation(draft, at)


def _without_space(draft: Draft, context: int) -> bool:
    """Report `limit:5 per year`, which YAML takes for the beginning of a longer word."""
    start = draft.text.rfind("\n", 0, context) + 1
    found = _NO_SPACE.match(_line_at(draft.text, start))
    if found is None:
        return False
    report_no_space(draft, start + found.start(1), found.group(1), found.group(2))
    value = start + found.start(2)
    draft.overwrite(value, value + 1, " ")
    draft.overwrite(value + 1, start + found.end(2), "x")
    return True


def report_no_space(draft: Draft, at: int, key: str, value: str) -> None:
    """Say that a colon needs a space behind it."""
    draft.findings.add(
        "PC1017",
        Span(draft.source, at, at + len(key) + 1),
        f"there is no space behind the colon of `{key}`",
        expected="a colon with a space behind it",
        suggestion=f"{key}: {_shorten(value.strip())}",
    )


def _begins_value(before: str) -> bool:
    """Whether a value begins here, or braces are open."""
    return bool(re.search(r"(?:^|[:,\[{-])\s*$", before)) or before.count("{") > before.count("}")


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _template(draft: Draft, start: int, end: int) -> None:
    quoted = _cut_short(draft, start)
    if quoted is not None:
        draft.findings.add(
            "PC1009",
            quoted,
            "the quotes within `{{ … }}` end the text, which stands in the same quotes",
            expected="single quotes around the whole",
            suggestion=None if "'" in quoted.text else f"'{quoted.text[1:-1]}'",
        )
    else:
        draft.findings.add(
            "PC1009",
            Span(draft.source, start, end),
            "YAML reads `{{` here as the beginning of a mapping",
            expected="the whole text in quotes, or below the key as a block: `body: |`",
        )
    draft.overwrite(start, end, "x")
    line_start = draft.text.rfind("\n", 0, start) + 1
    line = _line_at(draft.text, line_start)
    after_key = re.search(r":[ \t]+(?=x)", line)
    if after_key and line.rstrip()[-1:] in "'\"":
        draft.overwrite(line_start + after_key.end(), line_start + len(line), "x")


def _cut_short(draft: Draft, start: int) -> Span | None:
    """Return a value in double quotes that holds such quotes itself: `"{{ price | money("short") }} off"`."""
    line_start = draft.text.rfind("\n", 0, start) + 1
    found = _QUOTED.search(_line_at(draft.text, line_start))
    if found is None or not line_start + found.start("value") < start < line_start + found.end("value"):
        return None
    return Span(draft.source, line_start + found.start("value"), line_start + found.end("value"))


def _left_open(draft: Draft, line_start: int) -> int | None:
    """Return the outermost bracket or brace that the line above leaves open: no item of a list can follow it."""
    end = len(draft.text[:line_start].rstrip())
    start = draft.text.rfind("\n", 0, end) + 1
    opened: list[int] = []
    for found in _BRACKET_OR_QUOTED.finditer(draft.text, start, end):
        if found.group() in ("[", "{"):
            opened.append(found.start())
        elif found.group() in ("]", "}") and opened:
            opened.pop()
    return opened[0] if opened else None


def _already_blanked(draft: Draft, offset: int) -> bool:
    return any(start <= offset < end for start, end in draft.blanked)


def _unclosed(draft: Draft, context: int, at: int) -> None:
    """A quote, bracket or brace that never ends, or that a comment has eaten the end of."""
    line = _line_at(draft.text, context)
    swallowed = _SWALLOWED.search(line)
    if swallowed and draft.text[context] in "[{":
        hash_sign = context + swallowed.end() - 1
        report_swallowed(draft, hash_sign)
        draft.overwrite(hash_sign, hash_sign + 1, "x")
        return
    sign = draft.text[context]
    closing = {"[": "]", "{": "}"}.get(sign, sign)
    end = min(at, context + len(line))
    draft.findings.add(
        "PC1002",
        Span(draft.source, context, max(end, context + 1)),
        f"this `{sign}` is never closed, or something within cannot be read",
        expected=f"a closing `{closing}`; text with `,` `:` `[` `]` `{{` `}}` inside goes in quotes",
    )
    _blank(draft, context)


def report_swallowed(draft: Draft, hash_sign: int) -> None:
    """Say that a `#` turned the rest of its line into a comment."""
    rest = _line_at(draft.source.text, hash_sign)
    draft.findings.add(
        "PC1008",
        Span(draft.source, hash_sign, hash_sign + len(rest.rstrip())),
        f"YAML takes `{_shorten(rest.strip())}` for a comment, so this text is lost",
        expected="the whole value in quotes; for a comment, a space after `#`",
    )


def _tab(draft: Draft, line_start: int, line: str) -> None:
    indent = len(line) - len(line.lstrip())
    draft.findings.add(
        "PC1003",
        Span(draft.source, line_start + line.find("\t"), line_start + max(indent, line.find("\t") + 1)),
        "YAML does not take a tab for indentation",
        expected="two spaces for each level",
    )
    for place in range(line_start, line_start + len(line)):
        if draft.text[place] == "\t":
            draft.overwrite(place, place + 1, " ")


def _second_colon(draft: Draft, at: int) -> None:
    draft.findings.add(
        "PC1004",
        Span(draft.source, at, at + 1),
        "YAML reads a second key here, because of the colon with a space behind it",
        expected="the value in quotes, or the inner key on a line of its own, two spaces deeper",
    )
    draft.overwrite(at, at + 1, "x")


def _behind_quote(draft: Draft, at: int) -> None:
    """Text behind a closing quote: the value ends there for YAML."""
    line_start = draft.text.rfind("\n", 0, at) + 1
    line = _line_at(draft.text, line_start)
    begin, end = _value_around(line, at - line_start)
    value = Span(draft.source, line_start + begin, line_start + end)
    compares = _GOES_ON.match(line, at - line_start) is not None
    draft.findings.add(
        "PC1018",
        value if compares else Span(draft.source, at, max(value.end, at + 1)),
        "the value ends with the second quote, since it begins with one"
        if compares
        else "the value ended with the quote before this",
        expected="the quotes around the whole value; quotes inside it of the other kind",
        suggestion=quoted(value.text) if compares else None,
    )
    draft.overwrite(value.start, value.end, "x")


def _unquoted_list(draft: Draft, at: int) -> bool:
    """Report `{where: item.sku in [a, b]}`: within braces a list cannot follow a text; False if that is not it."""
    line_start = draft.text.rfind("\n", 0, at) + 1
    line = _line_at(draft.text, line_start)
    found = _IN_LIST.search(line)
    if found is None or not found.start("value") < at - line_start <= found.end("value"):
        return False
    words = [each.strip() for each in found["list"].split(",")]
    listed_ = ", ".join(each if _NEEDS_NO_QUOTES.fullmatch(each) else f'"{each}"' for each in words)
    span = Span(draft.source, line_start + found.start("value"), line_start + found.end("value"))
    draft.findings.add(
        "PC1018",
        span,
        "YAML takes this list for a value of its own, since nothing around it is in quotes",
        expected="the whole condition in quotes, and within it each text in quotes of the other kind",
        suggestion=quoted(f"{found['before']}[{listed_}]{found['after']}"),
    )
    draft.overwrite(span.start, span.end, "x")
    return True


def _value_around(line: str, at: int) -> tuple[int, int]:
    """Return where the value begins and ends that a closing quote before `at` cuts short."""
    quote = line[:at].rstrip()[-1]
    closing = line.rfind(quote, 0, at)
    begin = line.rfind(quote, 0, closing)
    depth, inside = 0, ""
    braces = line[:begin].count("{") + line[:begin].count("[") > line[:begin].count("}") + line[:begin].count(
        "]"
    )
    for place in range(at, len(line)):
        char = line[place]
        if inside or char in "\"'":
            inside = "" if char == inside else inside or char
        elif braces and not depth and char in ",}]" or char == "#" and line[place - 1] == " ":
            return begin, at + len(line[at:place].rstrip())
        else:
            depth += (char in "([") - (char in ")]")
    return begin, len(line.rstrip())


def _needs_quotes(draft: Draft, at: int, char: str) -> None:
    line = _line_at(draft.text, at)
    draft.findings.add(
        "PC1005",
        Span(draft.source, at, at + len(line.rstrip())),
        f"a value cannot begin with `{char}`",
        expected="the value in quotes",
        suggestion=f'"{line.strip()}"' if '"' not in line else None,
    )
    draft.overwrite(at, at + max(1, len(line.rstrip())), "x")


def _indentation(draft: Draft, at: int) -> None:
    line_start = draft.text.rfind("\n", 0, at) + 1
    line = _line_at(draft.source.text, line_start)
    reported = _already_blanked(draft, line_start) or draft.touches(line_start, line_start + len(line))
    if not reported:
        begin = line_start + _indent(line)
        message, expected = _misplaced(draft, line_start, line)
        span = Span(draft.source, begin, line_start + max(len(line.rstrip()), 1))
        draft.findings.add("PC1001", span, message, expected=expected)
    _blank(draft, at)


def _misplaced(draft: Draft, line_start: int, line: str) -> tuple[str, str]:
    """Say which columns the lines above allow, if this line begins in none of them."""
    column = _indent(line) + 1
    columns = sorted(set(_open_columns(draft.source.text[:line_start].split("\n")[:-1])))
    key = _BLOCK.fullmatch(_line_above(draft, line_start))
    if key is not None:
        begins = len(key["margin"]) + 3
        return "this text is not below its key", f"the text of `{key['key']}` begins in column {begins}"
    if not columns or column in columns:
        return (
            "this line does not fit to what stands above it",
            "`key: value`, or `- ` before each item of a list, like its neighbours",
        )
    return (
        f"this line begins in column {column}, where nothing above it begins",
        f"column {listed(map(str, columns))}, with its neighbours",
    )


def _line_above(draft: Draft, line_start: int) -> str:
    """Return the last line above that says anything."""
    return draft.source.text[:line_start].rstrip().rpartition("\n")[2]


def _open_columns(lines: list[str]) -> Iterator[int]:
    """Yield the columns of the levels that are open behind these lines."""
    least = None
    for line in reversed(lines):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        indent = _indent(line)
        if least is None or indent < least:
            least = indent
            if text.startswith("- "):
                yield indent + 1 + len(text) - len(text[1:].lstrip())
            yield indent + 1
        if least == 0:
            return


def _blank(draft: Draft, offset: int) -> None:
    """Take a line out, with the deeper lines that hang on it; of a block's text, with all up to the next key."""
    start = draft.text.rfind("\n", 0, offset) + 1
    is_text = _BLOCK.fullmatch(_line_above(draft, start)) is not None
    indent = _indent(_line_at(draft.source.text, start))
    end = start + len(_line_at(draft.text, start))
    while end < len(draft.text):
        following = _line_at(draft.source.text, end + 1)
        if following.strip() and _indent(following) <= indent and not (is_text and not _KEY.match(following)):
            break
        end += 1 + len(following)
    draft.blanked.append((start, end + 1))
    draft.overwrite(start, min(end, len(draft.text)), " ")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _shorten(text: str, most: int = 30) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
