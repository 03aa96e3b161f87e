"""`call`: a request to another system."""

from __future__ import annotations

import re
from dataclasses import replace

from punchcard.language import nodes
from punchcard.language.addresses import ADDRESS
from punchcard.language.grammar import Argument, Built, Call, Context, Kind, Named, Text, Verb
from punchcard.language.kinds import kind, one_of, simple, unread
from punchcard.language.labels import SNAKE, snake
from punchcard.language.making import claim_name
from punchcard.language.names import CALL as FIELDS
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Broken, Node
from punchcard.language.requests import body
from punchcard.language.scope import Called, joined
from punchcard.language.unfit import Unfit
from punchcard.plan import model
from punchcard.plan.model import Body, Returned, ReturnType

MOST_RETURNED = 20
LONGEST_TIMEOUT = 60
MOST_RETRIES = 20
# In the paths of steps that take something back.
UNDO = ".undo."
DEFAULT_TIMEOUT, DEFAULT_RETRIES = 10, 5
_SECONDS = re.compile(r"([0-9]{1,3})\s*seconds?|1 minute")


def _seconds(text: str) -> int | Unfit:
    taken = _SECONDS.fullmatch(text)
    seconds = 0 if taken is None else int(taken[1] or 60)
    if 1 <= seconds <= LONGEST_TIMEOUT:
        return seconds
    bare = re.fullmatch(r"([0-9]{1,2})\s*(?:s|sec)?", text)
    likely = f"{bare[1]} seconds" if bare and 1 <= int(bare[1]) <= LONGEST_TIMEOUT else None
    return Unfit(
        "PC1236", f"`{text}` is not a time-out", f"1 to {LONGEST_TIMEOUT} seconds: 10 seconds", likely
    )


def _times(text: str) -> int | Unfit:
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= MOST_RETRIES:
        return int(text)
    return Unfit("PC1212", f"`{text}` is not a count of retries", f"a whole number from 0 to {MOST_RETRIES}")


def _secret(text: str, context: Context) -> str | Unfit:
    secrets = context.programme.secrets
    if text in secrets:
        return text
    expected = listed(secrets) or f"`secrets: {text}` in the programme's file"
    return Unfit("PC1353", f"the programme names no secret `{text}`", expected, nearest(text, secrets))


_TYPE = one_of("text", "number", "money", "date", "flag")


def _returned(node: Node, context: Context) -> tuple[Returned, ...] | None:
    """Read the fields of the reply with their types."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, nodes.Mapping):
        expected = "`returns: {reference: text, stock: number}`"
        context.findings.add("PC1201", node.span, "these are names with types", expected=expected)
        return None
    found: list[Returned] = []
    for entry in node:
        name, type_ = snake(entry.key.value), _TYPE.read(entry.value, context)
        if isinstance(name, Unfit):
            context.findings.refuse(entry.key.span, name)
        elif name in FIELDS:
            message = f"each call has `{name}` already"
            context.findings.add("PC1406", entry.key.span, message, expected="another field of the reply")
        elif type_ is not None:
            found.append(Returned(name, _type(type_)))
    if len(found) > MOST_RETURNED:
        message = f"these are {len(found)} fields"
        context.findings.add("PC1209", node.span, message, expected=f"at most {MOST_RETURNED}")
    return tuple(found)


def _unread(call: Call) -> tuple[str, ...]:
    """Return the names in the reply whose types could not be read."""
    written = call.fields.entries[RETURNS.name].value if call.fields.has(RETURNS) else None
    if not isinstance(written, nodes.Mapping):
        return ()
    read = {each.name for each in call.fields.get(RETURNS) or ()}
    return tuple(entry.key.value for entry in written if entry.key.value not in {*read, *FIELDS})


def _type(word: str) -> ReturnType:
    match word:
        case "text" | "number" | "money" | "date" | "flag":
            return word
        case _:
            raise AssertionError(f"{word} is none of the words")


URL = Argument(
    "url",
    ADDRESS,
    "where; the host is one of the programme's `hosts`, and names in braces stand in path and query",
    required=True,
)
METHOD = Argument(
    "method", one_of("POST", "GET", "PUT", "PATCH", "DELETE"), "how it is asked", default="POST"
)
BODY: Argument[Body] = Argument(
    "body",
    Kind(
        "fields with values",
        ("{order: order.id, gift: mug}", "{customer: {name: customer.first_name}, codes: [coupon.code]}"),
        body,
        # Fields are called as the other system calls them, and may hold others.
        shape=Named(".+", unread("a value, or values within")),
    ),
    "what is handed over, as JSON: numbers, amounts with their currency, yes or no, names such as `order.id`, and "
    "texts, in which names stand in braces; in quotes it is a text. What has no value is left out",
    default="nothing",
)
SECRET: Argument[str] = Argument(
    "secret",
    kind("the name of a secret", ("erp_key",), _secret, Text(SNAKE.pattern)),
    "which of the programme's `secrets` signs the request",
    default="it is not signed",
)
TIMEOUT = Argument(
    "timeout",
    simple("a time-out", ("10 seconds",), _seconds, Text(_SECONDS.pattern)),
    "how long one attempt may take, from looking up the host to the end of the reply",
    default="10 seconds",
)
RETRIES = Argument(
    "retries",
    simple("a count of retries", ("5",), _times, Text("[0-9]{1,3}", number="whole")),
    "how often it is tried again where the fault may pass: no connection, no reply in time, 408, 425, 429 and 5xx",
    default="5",
)
RETURNS = Argument(
    "returns",
    Kind(
        "names with types",
        ("{reference: text, stock: number}",),
        _returned,
        shape=Named(SNAKE.pattern, _TYPE),
    ),
    "fields of the reply, which is JSON, that later steps and messages may name; a reply without one of them, or with "
    "another type, is an error",
    default="none; the reply is not read",
)


def build(call: Call) -> Built:
    """Return the step; behind it, its reply is known, unless it came to nothing and `on_error` leads on."""
    url, method, returns = call.fields.get(URL), call.fields.get(METHOD), call.fields.get(RETURNS)
    if method == "GET" and call.fields.has(BODY):
        message = "a `GET` has no body"
        expected = "values in the address, or another method"
        call.context.findings.add("PC1355", call.fields.entries["body"].key.span, message, expected=expected)
    name = claim_name(call, "undo" if UNDO in call.path else "call", Called)
    called = Called(returns or (), call.verb.span, unread=_unread(call))
    after = call.scope.with_made(name, called) if name else call.scope
    failed = call.scope.with_made(name, replace(called, returned=False)) if name else call.scope
    on_error, after_error = call.block("on_error", failed)
    if "on_error" in call.beside:
        after = joined((after, after_error))
    undo, _ = call.block("undo", call.scope.with_made(name, called) if name else call.scope)
    if not (url and name):
        return None, after
    retries = call.fields.get(RETRIES)
    step = model.Call(
        path=call.path,
        name=name,
        url=url,
        method=method or "POST",
        body=call.fields.get(BODY),
        secret=call.fields.get(SECRET),
        timeout=call.fields.get(TIMEOUT) or DEFAULT_TIMEOUT,
        retries=DEFAULT_RETRIES if retries is None else retries,
        returns=returns or (),
        on_error=on_error,
        undo=undo,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, after


CALL = Verb(
    name="call",
    says=(
        "Asks another system for something over the web, and goes on with its answer. What fails for good ends in "
        "`on_error`; without it the step is an incident. `error` and `failed`, behind its name, say what became of it."
    ),
    arguments=(URL, METHOD, BODY, SECRET, TIMEOUT, RETRIES, RETURNS),
    main="url",
    beside=("as", "on_error", "undo"),
    build=build,
    example=(
        "- call: {url: https://erp.shop.example/gifts, body: {order: order.id}, secret: erp_key, "
        "returns: {reference: text}}\n  as: gift\n  on_error:\n    - stop: the warehouse did not answer"
    ),
)
