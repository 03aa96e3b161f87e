"""The codes of rewards: unguessable, easy to read out, and read back however they were typed."""

from __future__ import annotations

import secrets

# No letter or digit that looks like another (0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowels, so that no
# word comes up. 21 signs, 12 of them in a code: 52 bits.
SIGNS = "34679CDFGHJKMNPRTVWXY"
LENGTH = 12
GROUP = 4


def make_code() -> str:
    """Return a new code such as `NX7K-4GTP-W9CR`."""
    return _grouped("".join(secrets.choice(SIGNS) for _ in range(LENGTH)))


def read_code(text: str) -> str:
    """Return a code as it is stored, whatever its case, and the spaces and dashes it was typed with."""
    return _grouped("".join(sign for sign in text.upper() if sign.isalnum()))


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))
