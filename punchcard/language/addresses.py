"""Addresses that campaigns call: whom the programme lets them, with values in path and query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from punchcard.language import nodes
from punchcard.language.grammar import Context, Kind, Text
from punchcard.language.hosts import HOST
from punchcard.language.kinds import scalar
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Node
from punchcard.language.requests import words
from punchcard.language.unfit import Unfit
from punchcard.plan.conditions import Const
from punchcard.plan.model import Piece

LONGEST_ADDRESS = 1_000
USUAL_PORTS: Mapping[str, str] = MappingProxyType({"https": ":443", "http": ":80"})
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://([^/?#]*)([^#]*)(#.*)?", re.IGNORECASE | re.DOTALL)
_OUTSIDE_BRACES = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def _address(node: Node, context: Context) -> tuple[Piece, ...] | None:
    """Read an address: its scheme and host as they are written, and values behind them."""
    found = scalar(node, context, "an address such as https://erp.shop.example/gifts")
    if found is None:
        return None
    unfit = _unfit(found.value)
    if unfit is not None:
        context.findings.refuse(found.span, unfit)
        return None
    taken = _ADDRESS.fullmatch(found.value)
    assert taken is not None, "what cannot be taken apart is unfit"
    scheme, host, _, _ = taken.groups()
    if not _listed(scheme, host, found.part(0, taken.end(2)), context):
        return None
    begin = taken.end(2)
    return (Piece(Const(found.value[:begin])), *words(found, context, begin=begin))


def _unfit(text: str) -> Unfit | None:
    expected = "an address such as https://erp.shop.example/gifts/{{ order.id }}"
    taken = _ADDRESS.fullmatch(text)
    if len(text) > LONGEST_ADDRESS:
        return Unfit("PC1209", f"this address has {len(text)} characters", f"at most {LONGEST_ADDRESS}")
    if taken is None or taken[1] not in ("https", "http"):
        bare = text.partition("://")[2] or text
        likely = f"https://{bare}" if HOST.fullmatch(bare.partition("/")[0]) and "{{" not in bare else None
        return Unfit("PC1351", f"`{text}` does not begin with https://", expected, likely)
    if "{{" in taken[2]:
        return Unfit("PC1351", "the host of an address is written out, never filled in", expected)
    if "@" in taken[2]:
        return Unfit(
            "PC1351", "an address holds no name and no password", "`secret`, which signs the request"
        )
    if taken[4] is not None:
        return Unfit("PC1351", f"`{taken[4]}` never reaches another system", "the address without it")
    if not HOST.fullmatch(taken[2]):
        return Unfit("PC1351", f"`{taken[2]}` is not a host", expected, taken[2].lower() or None)
    rest = _OUTSIDE_BRACES.sub("", taken[3])
    if re.search(r"\s", rest) or "{{" in rest:
        return Unfit(
            "PC1351", "there is a space or an open brace in this address", "%20 for a space; `}}` behind `{{`"
        )
    return None


def _listed(scheme: str, host: str, span: nodes.Span, context: Context) -> bool:
    """Whether the programme lets campaigns call the host in this way; say so if it does not."""
    hosts = context.programme.hosts
    host = host.removesuffix(USUAL_PORTS[scheme])
    if (host if scheme == "https" else f"http://{host}") in hosts:
        return True
    if scheme == "http" and host in hosts:
        context.findings.add(
            "PC1354",
            span,
            f"the programme lets campaigns call `{host}` by https alone",
            expected=f"https://{host}, or `http://{host}` among the programme's hosts",
            suggestion=f"https://{host}",
        )
        return False
    entry = host if scheme == "https" else f"http://{host}"
    meant = nearest(entry, hosts)
    context.findings.add(
        "PC1352",
        span,
        f"the programme does not name the host `{entry}`",
        expected=listed(hosts) or f"`hosts: {entry}` in the programme's file",
        suggestion=meant if meant is None or "://" in meant else f"https://{meant}",
    )
    return False


ADDRESS = Kind(
    "an address",
    ("https://erp.shop.example/gifts", '"https://erp.shop.example/gifts/{{ order.id }}"'),
    _address,
    shape=Text(),
)
