"""How a condition is spelt: with words where CEL has signs, and what to say where it cannot be read at all."""

from __future__ import annotations

import re

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
_WITH_COMMAS = re.compile(r"(?<![\w.\"'\[,])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+,[0-9]{1,2})(?![\w,])")


def prepared(text: str, say: Say) -> str:
    """Return the text with CEL's signs for `and`, `or`, `not`, at the same places."""
    parts = []
    for found in _WORD.finditer(text):
        length, word = len(found.group()), found.group().rstrip() or found.group()
        ours = _OUR_WORDS.get(word)
        if ours is not None:
            end = found.start() + len(word)
            say("PC1412", found.start(), end, f"`{word}` is written otherwise here", f"`{ours}`", ours)
        cel_word = _CEL_WORDS.get(ours or word, ours or word)
        parts.append(cel_word.ljust(length) if len(cel_word) <= length else word)
    return "".join(parts)


def say_unreadable(text: str, complaint: cel.Complaint, say: Say) -> None:
    """Say why a text is no condition."""
    signed = _SIGNED_VALUE.search(text)
    if signed:
        message = f"`{signed.group()}` cannot stand in a condition"
        expected = "a bare number, for money in the campaign's currency"
        say("PC1410", signed.start(), signed.end(), message, expected, signed.group(1))
        return
    commas = _WITH_COMMAS.search(text)
    if commas:
        number = money.without_commas(commas.group())
        message = f"`{commas.group()}` is no number here"
        expected = "a number without thousands separators, with a point before its decimals"
        say("PC1410", commas.start(), commas.end(), message, expected, number)
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
    at = min(complaint.at, max(len(text) - 1, 0))
    word = re.compile(r"\w+|.", re.DOTALL).match(text, at)
    say(
        "PC1410",
        at,
        word.end() if word else at + 1,
        "this is not a condition from here on",
        "a comparison such as customer.orders > 3, joined by `and`, `or`, `not`",
    )
