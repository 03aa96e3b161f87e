"""PC18xx: the programme's file, and what campaigns take from it."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1803",
        "A field that every customer has",
        "Names, address, language, zone and what a customer has bought are known anyway; "
        "a customer field of the programme needs a name of its own.",
    ),
)
