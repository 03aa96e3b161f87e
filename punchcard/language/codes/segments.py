"""PC182x: segments of customers."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1820",
        "No such segment",
        "Segments are named in the programme's file: `segments: {loyal: customer.orders >= 5}`. A rule there can name "
        "those that stand above it.",
    ),
    Code(
        "PC1821",
        "Segments are asked for by name",
        'Whether a customer is in a segment is asked with its name in quotes: `customer.in_segment("loyal")`.',
    ),
    Code(
        "PC1822",
        "More than a segment's rule can do",
        "The rules of segments are looked up for all customers at once: they take few sums, and numbers of a sensible "
        "size.",
    ),
)
