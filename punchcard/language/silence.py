"""Warnings that the author has silenced at their line: `# allow PC1703: the shop sets the bound`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from punchcard.language.codes import CODES
from punchcard.language.codes import silence as own
from punchcard.language.comments import comments, scalars
from punchcard.language.diagnostics import Diagnostic, Findings
from punchcard.language.nearest import nearest
from punchcard.language.nodes import Node, Source, Span

_ALLOW = re.compile(
    r"#[ \t]*allow:?[ \t]+(?P<codes>[A-Z]+[0-9]+(?:[ \t]*,[ \t]*[A-Z]+[0-9]+)*)(?P<rest>.*)", re.MULTILINE
)
_REASON = re.compile(r"[ \t]*:[ \t]+(?P<reason>\S.*)")
_CODE = re.compile(r"[A-Z]+[0-9]+")
_NO_TEXT = re.compile(r"\s*(?:#|$)")
_HEAD_END = re.compile(r"^---[ \t]*$", re.MULTILINE)
_OWN = frozenset(code.code for code in own.CODES)
# What only shows beside other campaigns, so that nobody can tell whether it is superfluous to allow it.
ACROSS = frozenset({"PC1707", "PC1713", "PC1714", "PC1719"})


@dataclass(frozen=True, slots=True)
class Silenced:
    """A warning that does not count, and why."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True)
class Allowance:
    """One code that a comment allows: where that stands, the reason if there is one, and the lines it speaks of."""

    code: str
    span: Span
    reason: str | None
    lines: range

    def covers(self, found: Diagnostic, above: Mapping[int, int]) -> bool:
        """Whether it speaks of this warning; `above` leads from a line within a text to the line of its key."""
        if found.code != self.code or found.file != self.span.source.name:
            return False
        return found.line in self.lines or above.get(found.line) in self.lines


def silence(
    findings: Findings, root: Node, sources: Iterable[Source], *, judged: bool
) -> tuple[Silenced, ...]:
    """Take what is allowed out of the findings and return it; the comments' own mistakes are added.

    The first source is the campaign's, of which `root` is the tree; the others are those of its messages.
    Whether a comment is superfluous shows only if everything could be `judged`.
    """
    campaign, *messages = sources
    allowances = [*_in_campaign(campaign, root), *(each for text in messages for each in _in_head(text))]
    if not allowances:
        return ()
    above = _keys_above(root, campaign)
    left = findings.sorted()
    silenced: list[Silenced] = []
    for allowance in allowances:
        if not _is_right(allowance, findings):
            continue
        lines = above if allowance.span.source is campaign else {}
        found = [each for each in left if allowance.covers(each, lines)]
        left = tuple(each for each in left if each not in found) if found else left
        silenced += (Silenced(each, allowance.reason or "") for each in found)
        if not found and judged and allowance.code not in ACROSS:
            message = f"there is no {allowance.code} here to be silenced"
            findings.add("PC1953", allowance.span, message, expected="no such comment, or at another line")
    findings.drop(each.diagnostic for each in silenced)
    return tuple(silenced)


def silenced_across(found: Diagnostic, root: Node, source: Source) -> Silenced | None:
    """Return a warning that shows only beside other campaigns as silenced, if a comment of the campaign allows it."""
    above = _keys_above(root, source)
    for allowance in _in_campaign(source, root):
        if allowance.reason is not None and allowance.covers(found, above):
            return Silenced(found, allowance.reason)
    return None


def _is_right(allowance: Allowance, findings: Findings) -> bool:
    """Whether the comment can silence its code; says why not."""
    code = CODES.get(allowance.code)
    if code is None or code.severity == "error" or allowance.code in _OWN:
        warnings = [name for name, each in CODES.items() if each.severity == "warning" and name not in _OWN]
        what = "is no code" if code is None else "is an error" if code.severity == "error" else "stays"
        findings.add(
            "PC1952",
            allowance.span,
            f"{allowance.code} {what}, and cannot be silenced",
            expected="the code of a warning, or the mistake mended",
            suggestion=nearest(allowance.code, warnings) if code is None else None,
        )
        return False
    if allowance.reason is None:
        findings.add(
            "PC1951",
            allowance.span,
            f"this does not say why {allowance.code} is no matter here",
            expected=f"`# allow {allowance.code}: the reason`",
        )
        return False
    return True


def _in_campaign(source: Source, root: Node) -> Iterator[Allowance]:
    """Yield what the comments of a campaign's file allow, at their line or the next that is no comment."""
    if not _ALLOW.search(source.text):
        return
    texts = [number for number, line in enumerate(source.lines, start=1) if not _NO_TEXT.match(line)]
    for comment in comments(source, root):
        found = _ALLOW.match(source.text, comment.span.start)
        if found:
            line = comment.line
            after = bisect_right(texts, line)
            last = texts[after] if comment.alone and after < len(texts) else line
            yield from _allowances(source, found, range(line, last + 1))


def _in_head(source: Source) -> Iterator[Allowance]:
    """Yield what the head of a message's file allows: its text has no comments, so it speaks of the whole file."""
    ends = list(_HEAD_END.finditer(source.text))
    if len(ends) < 2 or ends[0].start():
        return
    for found in _ALLOW.finditer(source.text, 0, ends[1].start()):
        yield from _allowances(source, found, range(1, len(source.lines) + 1))


def _allowances(source: Source, found: re.Match[str], lines: range) -> Iterator[Allowance]:
    reason = _REASON.fullmatch(found["rest"].rstrip())
    for code in _CODE.finditer(source.text, found.start("codes"), found.end("codes")):
        span = Span(source, code.start(), code.end())
        yield Allowance(code.group(), span, reason["reason"] if reason else None, lines)


def _keys_above(root: Node, source: Source) -> dict[int, int]:
    """Return for each line of a text of several lines the line on which it begins, where a comment can stand."""
    above: dict[int, int] = {}
    for scalar in scalars(root):
        first, last = source.place(scalar.span.start)[0], source.place(max(0, scalar.span.end - 1))[0]
        above.update(dict.fromkeys(range(first + 1, last + 1), first))
    return above
