"""An e-mail as its customer reads it: the code in it, the links to answer by, the way to unsubscribe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from punchcard.domain.codes import SIGNS
from punchcard.embedded.mailbox import KeptMail

_CODE = re.compile(rf"\b[{SIGNS}]{{4}}(?:-[{SIGNS}]{{4}}){{2}}\b")
_ADDRESS = re.compile(r"https?://[^\s<>()]+")
_NUMBER = re.compile(r"\.(\d+)@")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a customer can act on. Links are the paths and queries of addresses at this installation."""

    id: str
    customer: str
    code: str | None
    answers: tuple[str, ...]
    unsubscribe: str | None


def read_letter(mail: KeptMail) -> Letter | None:
    """Read an e-mail; None if it went to nobody of the demo."""
    recipient = next((found for to in mail.recipients if (found := _NUMBER.search(to))), None)
    if recipient is None:
        return None
    code = _CODE.search(mail.text)
    paths = [_path(address) for address in _ADDRESS.findall(mail.text)]
    one_click = _ADDRESS.search(str(mail.message["List-Unsubscribe"] or ""))
    return Letter(
        id=mail.id,
        customer=f"C-{recipient[1]}",
        code=code[0] if code else None,
        answers=tuple(path for path in paths if path.startswith("/a/")),
        unsubscribe=_path(one_click[0]) if one_click else None,
    )


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
