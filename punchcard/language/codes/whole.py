"""PC17xx: the campaign as a whole."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1701",
        "Another name than the file's",
        "The name in `campaign:` and the file's name are the same, so that either leads to the other.",
    ),
    Code(
        "PC1702",
        "It ends before it starts",
        "`ends` is the last day and `starts` the first.",
    ),
    Code(
        "PC1710",
        "A rhythm without a beginning",
        "A rhythm of so many days or weeks is counted from the campaign's first day, which `starts` names.",
    ),
    Code(
        "PC1711",
        "A time that a zone skips",
        "When clocks are put forward, this time of day does not exist; the next one that does is taken.",
        "warning",
    ),
    Code(
        "PC1703",
        "An unbounded liability",
        ("Customers can earn these rewards again and again, and neither a `limit` nor a `budget` ends it."),
        "warning",
        consequence=True,
    ),
)
