"""PC195x: comments that silence warnings."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1951",
        "Silenced without a reason",
        "Whoever reads the campaign next must learn why the warning does not matter here, so the comment needs its "
        "reason behind a colon. Until then the warning stays.",
        "warning",
    ),
    Code(
        "PC1952",
        "Not a code that can be silenced",
        "Warnings can be silenced, errors cannot, nor can what is said of the comments themselves.",
        "warning",
    ),
    Code(
        "PC1953",
        "Silences nothing",
        "The warning that this comment allows does not exist here: it has been mended, or the comment stands "
        "at another line.",
        "warning",
        consequence=True,
    ),
)
