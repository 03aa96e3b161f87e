"""The page on experiments, followed to the letter; and its figures, which are those of the looks."""

import os
import random
import re
from pathlib import Path

import pytest

from punchcard.plan.sequential import Count, look
from tests.docs.page import DOCS, File, read_page
from tests.docs.shell import Shell
from tests.docs.swift import search_path

PAGE = DOCS / "how-to" / "find-the-better-variant.md"
FIGURES = re.findall(r"^\| (\d+) \| (\d+) \| ([\d,]+) \|$", PAGE.read_text("utf-8"), flags=re.MULTILINE)


def test_the_page_does_what_it_says(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every file as it stands there, every command with the output that it promises."""
    path = search_path(tmp_path_factory.mktemp("programs") / "bin")
    with Shell(tmp_path, {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}) as shell:
        for part in read_page(PAGE.read_text("utf-8")):
            if isinstance(part, File):
                (tmp_path / part.path).write_text(part.text, "utf-8")
                continue
            said = shell.run(part.words)
            assert part.is_kept(said), f"$ {part.words}\n{said}"


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
