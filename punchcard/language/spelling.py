"""How a condition is spelt: with words where CEL has signs, and what to say where it cannot be read at all."""

from __future__ import annotations

import re

from punchcard.language import cel
from punchcard.language.saying import Say

_WORD = re.compile(
    r"""\"(?:\\.|[^"\\])*\"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|&&|\|\||!=|!|==|<=|>=|=|<>|.""", re.DOTALL
)
_CEL_WORDS = {"and": "&&", "or": "||", "not": "!"}
_OUR_WORDS = {"&&": "and", "||": "or", "!": "not", "=": "==", "<>": "!="}
_BARE_VALUE = re.compile(
    r"(?<![\w.\"'])[0-9][0-9.]*\s?(?:%|[A-Z]{3}\b|(?:minute|hour|day|week|month|quarter|year)s?\b)"
)
_SIGNED_VALUE = re.compile(r"[$€£¥]\s?([0-9][0-9.]*)")


def prepared(text: str, say: Say) -> str:
    """Return the text with CEL's signs for `and`, `or`, `not`, at the same places."""
    parts = []
    for found in _WORD.finditer(text):
        word = found.group()
        if word in _OUR_WORDS:
            ours = _OUR_WORDS[word]
            say(
                "PC1412",
                found.start(),
                found.end(),
                f"`{word}` is written otherwise here",
                f"`{ours}`",
                ours,
            )
        parts.append(_CEL_WORDS.get(word, "!=" if word == "<>" else word).ljust(len(word)))
    return "".join(parts)


def say_unreadable(text: str, complaint: cel.Complaint, say: Say) -> None:
    """Say why a text is no condition."""
    signed = _SIGNED_VALUE.search(text)
    if signed:
        message = f"`{signed.group()}` cannot stand in a condition"
        expected = "a bare number, for money in the campaign's currency"
        say("PC1410", signed.start(), signed.end(), message, expected, signed.group(1))
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
