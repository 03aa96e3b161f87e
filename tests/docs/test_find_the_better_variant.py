"""The page on experiments: its figures are those of the looks."""

import random
import re

import pytest

from punchcard.plan.sequential import Count, look
from tests.docs.page import DOCS

PAGE = DOCS / "how-to" / "find-the-better-variant.md"
FIGURES = re.findall(r"^\| (\d+) \| (\d+) \| ([\d,]+) \|$", PAGE.read_text("utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize(("lower", "higher", "customers"), FIGURES)
def test_so_many_customers_find_the_difference(lower: str, higher: str, customers: str) -> None:
    """In four of five cases, give or take: 300 first looks by a fixed seed."""
    chance, many = random.Random(7), int(customers.replace(",", ""))

    def count(rate: float) -> Count:
        # The binomial's own spread, by the normal law, is near enough for so many customers.
        drawn = chance.gauss(many * rate, (many * rate * (1 - rate)) ** 0.5)
        return Count(many, round(min(max(drawn, 0), many)))

    found = [
        look({"one": count(int(lower) / 100), "other": count(int(higher) / 100)}, 1, 9_500).winner
        for _ in range(300)
    ]
    assert 0.75 < found.count("other") / 300 < 0.87
    assert "one" not in found
