"""PC10xx: the text is not YAML, or it is YAML that misleads."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1001",
        "A line does not fit",
        "The line's indentation or form does not fit to the lines above it. Neighbours of one "
        "level begin in the same column, and a list item begins with `- `.",
    ),
    Code(
        "PC1002",
        "Never closed",
        "A quote, bracket or brace begins here and never ends, or something inside keeps it from being read.",
    ),
    Code(
        "PC1003",
        "A tab",
        "YAML takes spaces alone for indentation.",
    ),
    Code(
        "PC1004",
        "A second colon",
        "A colon with a space behind it begins a value. A text that contains one goes in quotes.",
    ),
    Code(
        "PC1005",
        "A value begins with a sign of YAML's own",
        "Such signs are `@`, `%`, a backtick, `&`, `*`, `!`, `|` and `>`. The value goes in quotes.",
    ),
    Code(
        "PC1006",
        "A key stands twice",
        "Only one of them could count, and plain YAML would silently drop the other.",
    ),
    Code(
        "PC1007",
        "An alias, anchor or tag",
        "The campaign language has none: what a campaign does can be read where it stands.",
    ),
    Code(
        "PC1008",
        "A comment swallowed text",
        "A `#` behind a space begins a comment in YAML, so the rest of the value would be lost. A"
        " comment has a space after its `#`.",
    ),
    Code(
        "PC1009",
        "A field outside of text",
        "A value that begins with `{{`, or a `{{` within braces, is a mapping to YAML. The text "
        "goes in quotes or below its key as a block.",
    ),
    Code(
        "PC1010",
        "The file is too long",
        "A campaign has at most 100,000 characters.",
    ),
    Code(
        "PC1011",
        "An invisible character",
        "A control character, mostly from copying out of another program.",
    ),
    Code(
        "PC1012",
        "A second document",
        "`---` begins another document; a file holds one campaign.",
    ),
    Code(
        "PC1013",
        "Nested too deeply",
        "Brackets, braces and indentation go 40 levels deep at most.",
    ),
    Code(
        "PC1014",
        "A key that is no word",
        "What stands before a colon is one word.",
    ),
    Code(
        "PC1016",
        "Too many findings",
        "After 500 findings the rest is left out.",
    ),
    Code(
        "PC1015",
        "A number with a comma",
        "Within braces a comma ends the value, so `1,000` would be 1. Numbers have no thousands "
        "separators, and a point before their decimals.",
    ),
    Code(
        "PC1017",
        "No space behind the colon",
        "A key and its value are parted by a colon and a space; without the space YAML reads one word.",
    ),
    Code(
        "PC1018",
        "Text behind a closing quote",
        "A value that begins with a quote ends with the same quote; what follows belongs to nothing.",
    ),
    Code(
        "PC1019",
        "A file that is not UTF-8",
        "Letters beyond the plain ones, such as `ü` and `€`, are lost where a file is saved in another encoding. "
        "Editors let you choose it when you save a file, and call it UTF-8.",
    ),
)
