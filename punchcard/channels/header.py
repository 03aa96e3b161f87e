"""Lines of a mail's header: folded, letters beyond ASCII encoded, line breaks refused."""

import re
from email.header import Header
from email.headerregistry import Address
from email.utils import quote

_FOLDED_AT = 76  # with encoded words: RFC 2047, section 2; it is 78 without: RFC 5322, section 2.1.1
_LONGEST = 998  # no server has to take more: RFC 5322, section 2.1.1
_CHARSET = "utf-8"
_FOLD = "\r\n"
_BARE_PHRASE = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]+", re.ASCII)


def exact_line(name: str, value: str) -> str:
    """What machines read, neither folded nor encoded; ValueError if it cannot stand so."""
    line = f"{name}: {value}"
    if not (line.isascii() and line.isprintable()):
        raise ValueError(f"{name} holds a line break or a letter beyond ASCII")
    if len(line) > _LONGEST:
        raise ValueError(f"{name} is longer than {_LONGEST} characters")
    return line


def text_line(name: str, text: str) -> str:
    """Words for a reader, as they are or encoded, folded; ValueError if they hold a line break."""
    if text and text.splitlines() != [text]:
        raise ValueError(f"{name} holds a line break")
    return _line(name, text, text)


def mailbox_line(name: str, mailbox: Address) -> str:
    """A mailbox with its name, if it has one; an address beyond ASCII stays as it is (RFC 6532)."""
    shown, address = mailbox.display_name, mailbox.addr_spec
    if not shown:
        return f"{name}: {address}"
    line = _line(name, shown, shown if _BARE_PHRASE.fullmatch(shown) else f'"{quote(shown)}"')
    last = line[line.rfind("\n") + 1 :]
    fold = "" if len(f"{last} <{address}>") <= _FOLDED_AT else _FOLD
    return f"{line}{fold} <{address}>"


def _line(name: str, text: str, plainly: str) -> str:
    """The text `plainly` if it is ASCII and fits on the line, otherwise in the encoded words of RFC 2047."""
    line = f"{name}: {plainly}"
    is_plain = text.isascii() and text.isprintable() and text == text.strip() and "=?" not in text
    if is_plain and len(line) <= _FOLDED_AT:
        return line
    words = Header(text, _CHARSET, maxlinelen=_FOLDED_AT, header_name=name)
    return f"{name}: {words.encode(linesep=_FOLD)}"
