"""The filters that a message may put behind a field, with what each takes and which options it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from punchcard.messages.localisation import Localisation
from punchcard.messages.mistake import RenderFailure

Kind = Literal["moment", "money", "number", "text", "list", "anything"]

LOCALISATION = "_localisation"  # hidden in the context; templates cannot name what begins with _

STYLES = ("short", "medium", "long", "full")
MOST_DECIMALS = 6


@dataclass(frozen=True)
class Option:
    """An option in a filter's brackets: `accepts` says whether a constant fits, `expected` what does."""

    name: str
    accepts: Callable[[object], bool]
    expected: str
    required: bool = False


@dataclass(frozen=True)
class Filter:
    """A filter: what it takes before the bar, its options in order, and what it makes of them.

    What takes a `text` takes whatever can be printed.
    """

    takes: Kind
    apply: Callable[..., object]
    options: tuple[Option, ...] = ()
    gives: Kind = "text"


def _one_of(*allowed: str) -> tuple[Callable[[object], bool], str]:
    return (lambda value: value in allowed), "one of " + ", ".join(f'"{each}"' for each in allowed)


def _is_decimals(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_DECIMALS


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _default(show: Localisation, value: object, text: str) -> object:
    return text if is_absent(value) else value


def _join(show: Localisation, value: object, separator: str = ", ") -> str:
    if not isinstance(value, list):
        raise RenderFailure("join needs a list before it")
    return separator.join(show.plain(each) for each in value)


def _length(show: Localisation, value: object) -> int:
    if not isinstance(value, list | str):
        raise RenderFailure("length needs a list or a text before it")
    return len(value)


def _capitalize(show: Localisation, value: object) -> str:
    text = show.plain(value)
    return text[:1].upper() + text[1:]


_STYLE = Option("style", *_one_of(*STYLES))

FILTERS: Mapping[str, Filter] = MappingProxyType(
    {
        "date": Filter("moment", Localisation.day, (_STYLE,)),
        "datetime": Filter("moment", Localisation.moment, (_STYLE,)),
        "money": Filter("money", Localisation.money, (Option("style", *_one_of("exact", "short")),)),
        "number": Filter(
            "number",
            Localisation.number,
            (Option("decimals", _is_decimals, f"a whole number from 0 to {MOST_DECIMALS}"),),
        ),
        "percent": Filter("number", Localisation.percent),
        "default": Filter(
            "anything", _default, (Option("text", _is_text, "a text in quotes", required=True),), "anything"
        ),
        "upper": Filter("text", lambda show, value: show.plain(value).upper()),
        "lower": Filter("text", lambda show, value: show.plain(value).lower()),
        "capitalize": Filter("text", _capitalize),
        "join": Filter("list", _join, (Option("separator", _is_text, "a text in quotes"),)),
        "length": Filter("list", _length, gives="number"),
    }
)

TAKES_ABSENT = frozenset({"default"})


def is_absent(value: object) -> bool:
    """Whether a known field has nothing to show: None, or a text without a visible character."""
    return value is None or (isinstance(value, str) and not value.strip())


def for_jinja(name: str, rule: Filter) -> Callable[..., object]:
    """The filter as Jinja calls it; an unknown field raises, an absent one stays absent."""

    @pass_context
    def apply(context: Context, value: object, *options: Any, **named: Any) -> object:
        if isinstance(value, Undefined):
            str(value)  # StrictUndefined raises, naming the field
        if value is None and name not in TAKES_ABSENT:
            return None
        return rule.apply(context[LOCALISATION], value, *options, **named)

    return apply
