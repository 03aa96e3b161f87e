"""How a condition is spelt: with words where CEL has signs, and what to say where it cannot be read at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from punchcard.language import cel, money
from punchcard.language.saying import Say

# A lone `=` takes the space behind it along, which makes room for the second one.
_WORD = re.compile(
    r"""\"(?:\\.|[^"\\])*\"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|&&|\|\||!=|!|==|<=|>=|= ?|<>|.""", re.DOTALL
)
_CEL_WORDS = {"and": "&&", "or": "||", "not": "!"}
_OUR_WORDS = {
    **{"&&": "and", "||": "or", "!": "not", "=": "==", "<>": "!="},
    **{"AND": "and", "OR": "or", "NOT": "not"},
}
_BARE_VALUE = re.compile(
    r"(?<![\w.\"'])[0-9][0-9.]*\s?(?:%|[A-Z]{3}\b|(?:minute|hour|day|week|month|quarter|year)s?\b)"
)
_SIGNED_VALUE = re.compile(r"[$€£¥]\s?([0-9][0-9.]*)")
_OPERAND = r"""(?:"[^"]*"|'[^']*'|[\w.]+)"""
_NOT_IN = re.compile(rf"(?P<what>{_OPERAND})\s+not\s+in\s+(?P<where>\[[^\]]*\]|{_OPERAND})")
_WITHIN = re.compile(
    r"(?P<fact>[a-z_]+(?:\.[a-z_]+)+)\s+(?:with)?in\s+[\"']?"
    r"(?P<span>[0-9]+ (?:minute|hour|day|week|month|quarter|year)s?\b)[\"']?"
)
_COUNTED = {
    "customer.orders": "customer.orders_within",
    "customer.ordered": "customer.orders_within",
    "customer.spent": "customer.spent_within",
}
_JOINS = ("and", "or", "AND", "OR", "&&", "||")
_COMPARES = ("==", "!=", "<", "<=", ">", ">=", "=", "<>", "in")
_WITH_COMMAS = re.compile(r"(?<![\w.\"'\[,])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+,[0-9]{1,2})(?![\w,])")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A condition as CEL reads it; `added` are the offsets of brackets that the marketer has not written."""

    text: str
    added: tuple[int, ...] = ()

    def written(self, node: cel.Node) -> cel.Node:
        """Return a tree whose parts stand where they were written."""
        if not self.added:
            return node
        return replace(node, at=self.at(node.at), children=tuple(map(self.written, node.children)))

    def at(self, offset: int) -> int:
        """Return where a character was written."""
        return offset - sum(added < offset for added in self.added)


def prepared(text: str, say: Say) -> Prepared:
    """Return the text with CEL's signs for `and`, `or`, `not`; a `not` is about all up to the next `and` or `or`."""
    words = [(found.start(), found.group()) for found in _WORD.finditer(text)]
    parts: list[str] = []
    closing: list[int] = []
    for number, (start, written) in enumerate(words):
        word = written.rstrip() or written
        ours = _OUR_WORDS.get(word)
        if ours is not None:
            say("PC1412", start, start + len(word), f"`{word}` is written otherwise here", f"`{ours}`", ours)
        cel_word = _CEL_WORDS.get(ours or word, ours or word)
        end = _end_of_not(words, number, len(text)) if cel_word == "!" and word != "!" else None
        if end is not None:
            cel_word = "!("
            closing.append(end)
        parts.append(cel_word.ljust(len(written)) if len(cel_word) <= len(written) else word)
    said = "".join(parts)
    added: list[int] = []
    for end in sorted(closing):
        place = end + len(added)
        said = f"{said[:place]}){said[place:]}"
        added.append(place)
    return Prepared(said, tuple(added))


def _end_of_not(words: list[tuple[int, str]], number: int, length: int) -> int | None:
    """Return where that ends which the `not` at `number` is about; None if it is about one name or one bracket."""
    depth, compares, end = 0, False, length
    for start, word in words[number + 1 :]:
        depth += (word in "([") - (word in ")]")
        if depth < 0 or (not depth and (word in _JOINS or word == ",")):
            end = start
            break
        compares = compares or (not depth and word.rstrip() in _COMPARES)
    return end if compares else None


def say_not_in(text: str, say: Say) -> bool:
    """Say how `x not in y` is written; False if there is no such thing."""
    found = _NOT_IN.search(text)
    if found is None:
        return False
    meant = f"not {found['what']} in {found['where']}"
    reason = "`not in` is written otherwise here"
    say("PC1412", found.start(), found.end(), reason, "`not` before the whole: `not x in y`", meant)
    return True


def say_unreadable(text: str, at: int, say: Say) -> None:
    """Say why a text is no condition; `at` is where reading it came to an end."""
    signed = _SIGNED_VALUE.search(text)
    if signed:
        message = f"`{signed.group()}` cannot stand in a condition"
        expected = "a bare number, for money in the campaign's currency"
        say("PC1410", signed.start(), signed.end(), message, expected, signed.group(1))
        return
    if say_not_in(text, say) or _say_within(text, say):
        return
    commas = _WITH_COMMAS.search(text)
    if commas:
        number = money.without_commas(commas.group())
        message = f"`{commas.group()}` is no number here"
        expected = "a number without thousands separators, with a point before its decimals"
        say("PC1015", commas.start(), commas.end(), message, expected, number)
        return
    bare = _BARE_VALUE.search(text)
    if bare:
        say(
            "PC1410",
            bare.start(),
            bare.end(),
            f"`{bare.group()}` cannot stand bare in a condition",
            "a bare number for money in the campaign's currency, any other value in quotes",
            f'"{bare.group()}"',
        )
        return
    at = min(at, max(len(text) - 1, 0))
    word = re.compile(r"\w+|.", re.DOTALL).match(text, at)
    say(
        "PC1410",
        at,
        word.end() if word else at + 1,
        "this is not a condition from here on",
        "a comparison such as customer.orders > 3, joined by `and`, `or`, `not`",
    )


def _say_within(text: str, say: Say) -> bool:
    """Say what can be counted within a time: orders and what they came to, and nothing else."""
    found = _WITHIN.search(text)
    if found is None:
        return False
    fact, span = found["fact"], found["span"]
    question = _COUNTED.get(fact)
    meant = None if question is None else f'{question}("{span}")'
    orders = f'`customer.orders_within("{span}")` and `customer.spent_within("{span}")`'
    reason = f"a condition cannot ask whether `{fact}` happened within a time"
    expected = f"{orders}; of an event, a tag that a campaign of that event sets and removes again"
    if question is not None:
        reason, expected = f"`{fact} within` is written otherwise here", f"the span in quotes: {orders}"
    say("PC1410", found.start(), found.end(), reason, expected, meant)
    return True
