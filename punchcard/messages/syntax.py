"""What the template parser says of a text that is no template, in our words."""

import re

from jinja2 import TemplateSyntaxError

from punchcard.messages.filters import FILTERS
from punchcard.messages.mistake import TemplateMistake, mistake_at

_FIELD = "write a field as {{ customer.first_name }}, and a filter behind a `|`"
# The parser's sentence, our reason, and what to write instead: the first that fits.
_RULES = (
    (r"unexpected '}'|got '}'", "a field has two braces at each end", "write {{ customer.first_name }}"),
    (
        r"end of template\. .* needs to be closed is '(\w+)'",
        r"a {% \1 %} above is never closed",
        r"write {% end\1 %} behind what it is about",
    ),
    (r"end of template", "what begins with braces above is never closed", "close it with }} or %}"),
    (r"unknown tag '(else ?if|elsif)'", r"{% \1 %} is written otherwise here", "write {% elif … %}"),
    (
        r"unknown tag '(\w+)'\. .* needs to be closed is '(\w+)'",
        r"{% \1 %} does not belong here: a {% \2 %} is open",
        r"write {% end\2 %} behind what it is about",
    ),
    (
        r"unknown tag '(\w+)'",
        r"there is no {% \1 %} here",
        "write {% if … %} or {% for … in … %}, and {% endif %} or {% endfor %} behind it",
    ),
    (r"got '='", "one `=` does not compare", "write `==`"),
    (r"end of statement block', got 'if'", "'else' has no condition", "write {% elif … %}"),
    (r"token 'name'", "no filter stands behind this `|`", f"write one of: {', '.join(sorted(FILTERS))}"),
    (r"got 'end of", "something is missing before these braces end", _FIELD),
    (r"expected name or number", "a name cannot end with a dot", "write all of it, or no dot"),
    (r"print statement', got '(.+?)'", r"`\1` cannot stand behind a field's name", _FIELD),
    (r"end of comment", "a comment begins here with {# and never ends", "write #} behind it"),
    (r"unexpected char ['\"](['\"])", r"a text in quotes begins here and never ends", "close the quotes"),
    (r"unexpected char '&'", "`&` cannot stand here", "write 'and'"),
    (
        r"unexpected char '!'",
        "`!` cannot stand here",
        "write 'not' before a field, or '!=' between two values",
    ),
    (r"unexpected char '(.)'", r"`\1` cannot stand here", _FIELD),
    (r"", "this is not a template from here on", _FIELD),
)


def syntax_mistake(text: str, cause: TemplateSyntaxError) -> TemplateMistake:
    """The mistake that stopped the parser."""
    said = cause.message or ""
    found, reason, remedy = next(
        (found, reason, remedy) for pattern, reason, remedy in _RULES if (found := re.search(pattern, said))
    )
    return mistake_at(text, cause.lineno, "syntax", found.expand(reason), found.expand(remedy))
