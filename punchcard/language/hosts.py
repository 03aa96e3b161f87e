"""Hosts of the programme: the systems that campaigns may call, and the names of what signs the requests."""

from __future__ import annotations

import re

from punchcard.language import nodes
from punchcard.language.grammar import Argument, Context, Kind, Many, Text
from punchcard.language.kinds import TEXT, items, scalar, simple
from punchcard.language.labels import SNAKE, snake
from punchcard.language.nodes import Broken, Node
from punchcard.language.unfit import Unfit

MOST = 50
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?:http://)?{_LABEL}(?:\.{_LABEL})*(?::[0-9]{{1,5}})?")


def _host(text: str) -> str | Unfit:
    """Read `erp.shop.example`, with its port where it is not the usual one; `http://` where nothing encrypts."""
    if HOST.fullmatch(text) and int(text.removeprefix("http://").partition(":")[2] or 1) in range(1, 65536):
        return text
    bare = re.sub(r"^https://", "", text.strip().lower()).partition("/")[0]
    likely = bare if HOST.fullmatch(bare) and bare != text else None
    expected = "a host such as erp.shop.example, stock.shop.example:8443 or http://till.intranet.example"
    return Unfit("PC1235", f"`{text}` is not a host", expected, likely)


def _hosts(node: Node, context: Context) -> tuple[str, ...] | None:
    found = tuple(dict.fromkeys(host for item in items(node) if (host := HOST_KIND.read(item, context))))
    _few(found, node, context)
    return found


def _secrets(node: Node, context: Context) -> tuple[str, ...] | None:
    """Read names; whoever writes a value instead is told where it belongs."""
    if isinstance(node, Broken):
        return None
    if isinstance(node, nodes.Mapping):
        message = "secrets are names here; their values never stand in a file"
        expected = "`secrets: [erp_key]`, and the value in the environment as PUNCHCARD_SECRET_ERP_KEY"
        context.findings.add("PC1201", node.span, message, expected=expected)
        return None
    found: list[str] = []
    for item in items(node):
        written = scalar(item, context, "a name such as erp_key")
        name = None if written is None else snake(written.value)
        if isinstance(name, Unfit):
            context.findings.refuse(item.span, name)
        elif name == "key":
            message = "`key` would be PUNCHCARD_SECRET_KEY, which is the installation's own"
            context.findings.add("PC1406", item.span, message, expected="another name, such as `erp_key`")
        elif name is not None and name not in found:
            found.append(name)
    _few(tuple(found), node, context)
    return tuple(found)


def _few(found: tuple[str, ...], node: Node, context: Context) -> None:
    if len(found) > MOST:
        context.findings.add("PC1209", node.span, f"these are {len(found)}", expected=f"at most {MOST}")


HOST_KIND: Kind[str] = simple("a host", ("erp.shop.example",), _host, shape=Text(HOST.pattern))
HOSTS = Argument(
    "hosts",
    Kind(
        "one or several hosts",
        ("erp.shop.example", "[erp.shop.example, stock.shop.example:8443]"),
        _hosts,
        shape=Many(HOST_KIND, alone=True),
    ),
    "the systems that campaigns may call, by https; one with `http://` before it is called without encryption, which "
    "is for your own network alone. Networks that are not public are opened by the operator, in the settings",
    default="none",
)
SECRETS = Argument(
    "secrets",
    Kind(
        "one or several names",
        ("erp_key", "[erp_key, warehouse_key]"),
        _secrets,
        shape=Many(Kind("a name", ("erp_key",), TEXT.read, shape=Text(SNAKE.pattern)), alone=True),
    ),
    "names of what signs requests; the value of `erp_key` is in the workers' environment as "
    "`PUNCHCARD_SECRET_ERP_KEY`, and nowhere else",
    default="none",
)
