"""The template engine, fenced in: fields, `if` and `for` over given values, and nothing else."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, Undefined, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from punchcard.messages.filters import FILTERS, LOCALISATION, for_jinja, is_absent
from punchcard.messages.localisation import Localisation
from punchcard.messages.mistake import RenderFailure
from punchcard.messages.money import Money

MOST_SOURCE = 40_000  # characters of one template
MOST_OUTPUT = 60_000  # characters of one rendered text
MOST_VALUE = 10_000  # characters of one printed value
MOST_ITEMS = 200  # items of a list that a loop goes over
MOST_LOOPS = 10  # loops in one template
DEEPEST_LOOP = 2
DEEPEST_NESTING = 40  # of conditions, brackets and filters within each other

# Unicode's noncharacters are for internal use: text from outside has no business with them.
VALUE_BEGINS, VALUE_ENDS, ABSENT = "\ufdd0", "\ufdd1", "\ufdd2"
# Neither have controls, nor the marks that turn the direction of what follows, nor half a character.
UNWANTED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef]"
)

LOOP_FACTS = ("first", "index", "last", "length")


class MessageEnvironment(ImmutableSandboxedEnvironment):
    """Looks fields up in mappings alone, so no method or attribute of Python is in reach."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The field of that name, else an undefined that says which fields there are."""
        if isinstance(obj, Undefined):
            str(obj)
        if isinstance(obj, Mapping):
            if attribute in obj:
                return obj[attribute]
            return self.undefined(hint=_no_field(attribute, obj))
        if isinstance(obj, Money) and attribute in ("amount", "currency"):
            return getattr(obj, attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_FACTS:
            return getattr(obj, attribute)
        return self.undefined(hint=_no_field(attribute, {}))

    def getitem(self, obj: Any, argument: Any) -> Any:
        """As `getattr`: there is one way to name a field."""
        return self.getattr(obj, str(argument))


def _no_field(name: str, fields: Mapping[Any, object]) -> str:
    known = ", ".join(sorted(str(each) for each in fields)) or "none"
    return f"there is no field {name!r} here (there are: {known})"


@pass_context
def _print(context: Context, value: object) -> str:
    """Marks each printed value, so that it can never be taken for the author's own markup."""
    if isinstance(value, Undefined):
        str(value)
    if is_absent(value):
        return ABSENT
    show: Localisation = context[LOCALISATION]
    text = " ".join(UNWANTED.sub("", show.plain(value)).split())
    if len(text) > MOST_VALUE:
        raise RenderFailure(f"a value is longer than {MOST_VALUE} characters")
    return f"{VALUE_BEGINS}{text}{VALUE_ENDS}"


def _items(value: object) -> list[object]:
    if isinstance(value, Undefined):
        str(value)
    if value is None:
        return []
    if not isinstance(value, list):
        raise RenderFailure(f"'for' goes over a list, and this is a {type(value).__name__}")
    return value


def _environment() -> MessageEnvironment:
    environment = MessageEnvironment(
        undefined=StrictUndefined,
        finalize=_print,
        autoescape=False,  # escaping comes after the markup is read: see markup.py
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,
    )
    environment.globals.clear()
    environment.tests.clear()
    environment.filters = {name: for_jinja(name, rule) for name, rule in FILTERS.items()}
    environment.filters["_items"] = _items
    return environment


ENVIRONMENT = _environment()


@lru_cache(maxsize=1024)
def _compiled(text: str) -> Template:
    tree = ENVIRONMENT.parse(UNWANTED.sub("", text))
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, "_items", [], [], None, None)
    return ENVIRONMENT.from_string(tree)


def fill(text: str, context: Mapping[str, object], show: Localisation) -> str:
    """The template with its fields filled in; values stand between VALUE_BEGINS and VALUE_ENDS.

    The text must have passed `inspect_template`. Raises `RenderFailure`.
    """
    values = {**_bounded(context), LOCALISATION: show}
    parts: list[str] = []
    size = 0
    try:
        for part in _compiled(text).generate(values):
            size += len(part)
            if size > MOST_OUTPUT:
                raise RenderFailure(f"the message is longer than {MOST_OUTPUT} characters")
            parts.append(part)
    except (TemplateError, TypeError, ValueError, ArithmeticError) as cause:
        raise RenderFailure(str(cause)) from cause
    return "".join(parts)


def _bounded(context: Mapping[str, object]) -> dict[str, object]:
    return {name: _bounded_value(value, name) for name, value in context.items()}


def _bounded_value(value: object, name: str) -> object:
    if isinstance(value, Mapping):
        return {key: _bounded_value(each, f"{name}.{key}") for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        if len(value) > MOST_ITEMS:
            raise RenderFailure(f"{name} has more than {MOST_ITEMS} items")
        return [_bounded_value(each, name) for each in value]
    return value
