"""PC11xx: keys that are unknown, missing, or together where they exclude each other."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1101",
        "An unknown key",
        "The key does not exist here. Mostly a slip of the pen: the nearest one is suggested.",
    ),
    Code(
        "PC1102",
        "A key is missing",
        "Something cannot do without this key.",
        consequence=True,
    ),
    Code(
        "PC1103",
        "Keys that exclude each other",
        "Only one of these can be meant.",
        consequence=True,
    ),
    Code(
        "PC1104",
        "A second trigger",
        "A campaign has one trigger; what starts differently is a campaign of its own.",
    ),
    Code(
        "PC1105",
        "An unknown trigger",
        "There is no trigger of this name.",
    ),
    Code(
        "PC1106",
        "Not a campaign",
        "The file is empty, or it is not made of keys with values.",
        consequence=True,
    ),
    Code(
        "PC1901",
        "Known, but not in this version yet",
        "The language has this, and this version of Punchcard cannot run it yet. It is said here "
        "rather than ignored.",
    ),
)
