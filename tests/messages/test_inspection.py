"""What the check finds in a template, and where."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from punchcard.messages.inspection import Comparison, Variable, inspect_template, variables
from punchcard.messages.mistake import RenderFailure
from tests.messages.samples import words


def test_fields_have_their_place() -> None:
    """Line and column count from 1, wherever the whitespace goes."""
    text = (
        "Hi {{ customer.first_name }},\r\n  {% if coupon.redeemed -%}\n"
        "  by {{coupon.expires | date | upper}}\n{% endif %}{{ x }}"
    )
    assert variables(text) == (
        Variable(("customer", "first_name"), 1, 7),
        Variable(("coupon", "redeemed"), 2, 9, asked=True),
        Variable(("coupon", "expires"), 3, 8, ("date", "upper")),
        Variable(("x",), 4, 15),
    )


def test_what_is_compared_has_its_place() -> None:
    """A field with a plain value, on either side; not what is shown otherwise first."""
    text = "{% if reply.answer == 'yes' and 3 != x %}a{% elif x | upper == 'A' or y == x %}b{% endif %}"
    assert inspect_template(text).comparisons == (
        Comparison(("reply", "answer"), "yes", 1, 7),
        Comparison(("x",), 3, 1, 38),
    )


def test_items_of_a_loop_are_named_by_their_list() -> None:
    """A loop's own name is no field; what it stands for is."""
    text = "{% for line in order.lines %}{{ loop.index }} {{ line.name }}{% endfor %}{{ line }}"
    assert [each.path for each in variables(text)] == [
        ("order", "lines"),
        ("order", "lines", "[]", "name"),
        ("line",),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "line", "column", "says"),
    [
        ("a\n{{ customer.first", "syntax", 2, 13, "is never closed"),
        ("{{ a $ b }}", "syntax", 1, 6, "`$` cannot stand here"),
        ("{% if a %}", "syntax", 1, 9, "write {% endif %} behind"),
        ("{% foo %}", "syntax", 1, 4, "there is no {% foo %} here"),
        ("{% if a %}x{% end %}", "syntax", 1, 15, "{% end %} does not belong here: a {% if %} is open"),
        ("{% if a %}x{% else if b %}y{% endif %}", "syntax", 1, 20, "write {% elif … %}"),
        ("{% if a = 'b' %}x{% endif %}", "syntax", 1, 9, "write `==`"),
        ("{{ a.b }", "syntax", 1, 8, "two braces at each end"),
        ("{{ a b }}", "syntax", 1, 6, "`b` cannot stand behind a field's name"),
        ("{{ a | }}", "syntax", 1, 8, "no filter stands behind this `|`"),
        ("{{ a && b }}", "syntax", 1, 6, "write 'and'"),
        ("{{ a | date('short) }}", "syntax", 1, 13, "close the quotes"),
        ("{{ }}", "syntax", 1, 4, "something is missing"),
        ("x\n{{ a | dat }}", "filter", 2, 8, "write 'date'"),
        ("{{ a | zzz }}", "filter", 1, 8, "use one of: capitalize, date"),
        ("{{ a | date | money }}", "filter", 1, 8, "'money' cannot follow 'date'"),
        ("{{ a | date('huge') }}", "option", 1, 8, 'one of "short", "medium"'),
        ("{{ a | number(decimals=99) }}", "option", 1, 8, "from 0 to 6"),
        ("{{ a | number(digits=2) }}", "option", 1, 8, "no option 'digits'"),
        ("{{ a | upper(1) }}", "option", 1, 8, "takes no options"),
        ("{{ a | date(b) }}", "option", 1, 8, "does not fit"),
        ("{{ a | default }}", "option", 1, 8, "needs its text"),
        ("{{ a() }}", "feature", 1, 5, "calling a function"),
        ("{{ a[0] }}", "feature", 1, 5, "in brackets"),
        ("{{ a + 1 }}", "feature", 1, 4, "calculating"),
        ("{{ a ~ b }}", "feature", 1, 4, "'~'"),
        ("{{ a is defined }}", "feature", 1, 6, "'is'"),
        ("{{ a if b else c }}", "feature", 1, 4, "'if' inside braces"),
        ("{% if a > 1 %}x{% endif %}", "feature", 1, 7, "comparing"),
        ("{% set a = 1 %}", "feature", 1, 4, "'set'"),
        ("{% include 'a' %}", "feature", 1, 4, "'include'"),
        ("{% macro a() %}{% endmacro %}", "feature", 1, 4, "'macro'"),
        ("{% for a in 'abc' %}{% endfor %}", "feature", 1, 13, "anything but a field"),
        ("{% for a in b | upper %}{% endfor %}", "feature", 1, 17, "anything but a field"),
        ("{% for a, b in c %}{% endfor %}", "feature", 1, 9, "more than one name"),
        ("{% for a in b if a %}{% endfor %}", "feature", 1, 4, "inside 'for'"),
        ("{% for a in b %}{{ loop.cycle }}{% endfor %}", "feature", 1, 20, "first, index, last, length"),
        ("{{ a.__class__ }}", "feature", 1, 4, "begins with '_'"),
        ("{{ _localisation }}", "feature", 1, 4, "begins with '_'"),
        ("[x](javascript:alert)", "link", 1, 5, "begin it with https://"),
        ("see [[x]](https://a.example)", "button", 1, 5, "a line of its own"),
        ("a" * 40_001, "size", 1, 1, "40000 are allowed"),
        ("{% for a in b %}" * 3 + "{% endfor %}" * 3, "size", 1, 36, "nested more than 2"),
        ("{% for a in b %}{% endfor %}" * 11, "size", 1, 284, "more than 10 loops"),
        ("{% if a %}" * 50 + "{% endif %}" * 50, "size", 1, 1, "nested more than 40"),
        ("{{" + "(" * 5000, "size", 1, 1, "nested more than 40"),
        ("{{ a" + "|upper" * 5000 + " }}", "size", 1, 1, "nested more than 40"),
    ],
)
def test_mistakes_have_a_kind_a_place_and_a_remedy(
    text: str, kind: str, line: int, column: int, says: str
) -> None:
    """Each mistake says what is wrong, where, and what to write instead."""
    (mistake,) = inspect_template(text).mistakes
    assert (mistake.kind, mistake.line, mistake.column) == (kind, line, column)
    assert says in f"{mistake.reason}; {mistake.remedy}"


def test_all_mistakes_are_found_at_once_in_order() -> None:
    """One look shows everything."""
    mistakes = inspect_template("[a](ftp://x)\n{{ a | dat }}\n{{ b() }} {{ c[0] }}").mistakes
    assert [(each.kind, each.line) for each in mistakes] == [
        ("link", 1),
        ("filter", 2),
        ("feature", 3),
        ("feature", 3),
    ]


_PIECES = st.sampled_from(
    [
        *(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "(",
            ")",
            "[",
            "]",
            "](https://x)",
            "**",
            "'",
            "|",
            "-",
            "\\",
            "\n",
        ),
        *(
            " a ",
            ".b",
            "|date",
            "if ",
            "for ",
            " in ",
            "endif",
            "endfor",
            "else",
            "==",
            "not ",
            "loop",
            "set a=",
        ),
        *("raw", "endraw", "1", "é"),
    ]
)


@given(st.lists(_PIECES, max_size=25).map("".join))
@example("](" + "{{ a.b }}" * 50)
@example("[[" + "{{ a.b }}" * 50)
@example("**" + "{{ a.b }}" * 50)
@example("{% raw %}{{ a }}{% endraw %}")
def test_the_check_never_raises_and_what_passes_it_ends(text: str) -> None:
    """Any text is a template or a list of mistakes; a template renders, or its values don't fit."""
    facts = inspect_template(text)
    if facts.mistakes:
        return
    with contextlib.suppress(RenderFailure):
        words(text, context={"a": {"b": "value"}})
