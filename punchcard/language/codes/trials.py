"""PC20xx: a file of campaign tests says what it cannot mean. PC21xx: what happened is not what was expected."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC2001",
        "Tests without their campaign",
        "`spend-and-save.test.yaml` says `tests: spend-and-save`, and lies beside `spend-and-save.yaml`.",
    ),
    Code(
        "PC2002",
        "The campaign itself has mistakes",
        "What cannot be published cannot be tried. `punchcard check` shows the mistakes.",
    ),
    Code(
        "PC2003",
        "Not a line of a story",
        "A line of a story is one deed (`order`, `redeem`, …) or `expect`, with `at` beside it where time has passed.",
    ),
    Code(
        "PC2004",
        "Not something to expect",
        "What can be expected is a reward, a message, a question, an end and the like, or `nothing`.",
    ),
    Code(
        "PC2005",
        "Not in this campaign",
        "The campaign gives no such reward, sends no such message, asks no such question, or no order is called so.",
    ),
    Code(
        "PC2006",
        "Time runs backwards",
        "Each line of a story happens at the time of the one above it, or later.",
    ),
    Code(
        "PC2007",
        "A story without expectations",
        "A case that expects nothing in particular says `expect: nothing`; one that says nothing proves nothing.",
    ),
    Code(
        "PC2008",
        "The same name twice",
        "Reports call cases by their names.",
    ),
    Code(
        "PC2009",
        "It cannot happen",
        "There is no code to redeem, no question to answer, or the data does not fit: the same checks refuse it "
        "that would refuse it in production.",
    ),
    Code(
        "PC2010",
        "No end in sight",
        "A campaign that looks for customers by itself goes on looking, so the last `expect` says until when. One with "
        "a single date is over after it.",
    ),
    Code(
        "PC2101",
        "Expected, and it did not happen",
        "Nothing of this kind happened in the time that the expectation covers. The timeline below shows what did.",
    ),
    Code(
        "PC2102",
        "Happened, and nobody expected it",
        "An `expect` names all that reaches the customer or the operators in its time; this was left out.",
    ),
    Code(
        "PC2103",
        "Otherwise than expected",
        "It happened, and one of its details is another one.",
    ),
)
