"""How many examples property tests try: few in the suite, the same each time; many others where PUNCHCARD_TEST_DEPTH
multiplies them.
"""

import os


def examples(number: int) -> int:
    """Return how many examples to try where the suite tries `number`."""
    return number * int(os.environ.get("PUNCHCARD_TEST_DEPTH", "1"))
