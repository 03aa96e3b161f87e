"""The customers' names and addresses: made up, at domains that belong to nobody, and marked as demo data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from punchcard.demo.chance import between, happens, pick, pick_weighted

# Reserved for examples by RFC 2606: no e-mail to them reaches anybody.
DOMAINS = ("example.com", "example.net", "example.org")
GERMAN = 0.25
AGREE_TO_MARKETING = 0.95

_FIRST_NAMES = {
    "en": (
        *(
            "Ada",
            "Alice",
            "Amir",
            "Ben",
            "Carla",
            "Chen",
            "Chloe",
            "Daniel",
            "Dora",
            "Elena",
            "Ethan",
            "Fatima",
        ),
        *("Frank", "Grace", "Hana", "Hugo", "Imani", "Isaac", "Jane", "Jorge", "Kate", "Kofi", "Leo", "Lucy"),
        *("Maria", "Mei", "Nadia", "Noah", "Olivia", "Omar", "Paul", "Priya", "Ravi", "Rosa", "Sam", "Tara"),
    ),
    "de": (
        *("Anke", "Anton", "Birgit", "Bruno", "Clara", "Deniz", "Dieter", "Elif", "Emil", "Frieda", "Greta"),
        *("Hannes", "Heike", "Ines", "Jannik", "Jörg", "Käthe", "Lena", "Lukas", "Marie", "Matteo", "Nils"),
        *("Oskar", "Paula", "Rike", "Sabine", "Sönke", "Theo", "Ulla", "Volker", "Wiebke", "Yusuf"),
    ),
}
_LAST_NAMES = {
    "en": (
        *("Adams", "Bailey", "Brooks", "Carter", "Chang", "Cole", "Diaz", "Evans", "Flores", "Grant", "Hall"),
        *("Hughes", "Ito", "Jones", "Khan", "Lee", "Lopez", "Morgan", "Nguyen", "Okafor", "Parker", "Quinn"),
        *("Reed", "Silva", "Stone", "Turner", "Underwood", "Vance", "Walker", "Young"),
    ),
    "de": (
        *("Albers", "Becker", "Brandt", "Demir", "Eberle", "Fuchs", "Groß", "Hartmann", "Huber", "Jansen"),
        *("Keller", "Krüger", "Lange", "Maier", "Neumann", "Otto", "Peters", "Richter", "Schäfer", "Seidel"),
        *("Tietz", "Ullrich", "Vogt", "Wagner", "Yıldız", "Ziegler"),
    ),
}
_ZONES = {
    "en": {
        "America/New_York": 45.0,
        "America/Chicago": 25.0,
        "America/Denver": 8.0,
        "America/Los_Angeles": 22.0,
    },
    "de": {"Europe/Berlin": 75.0, "Europe/Vienna": 15.0, "Europe/Zurich": 10.0},
}
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Person:
    """One customer of the demo; `id` is what the shop knows them by."""

    id: str
    first_name: str
    last_name: str
    email: str
    language: str
    zone: str
    agrees: bool

    def profile(self, occurred_at: str) -> dict[str, Any]:
        """Return the `profile` event that introduces this customer."""
        return {
            "id": f"profile-{self.id}",
            "type": "profile",
            "customer": self.id,
            "occurred_at": occurred_at,
            "data": {
                "first_name": self.first_name,
                "last_name": self.last_name,
                "email": self.email,
                "language": self.language,
                "timezone": self.zone,
                "attributes": {"demo": True},
                "consents": [{"channel": "email", "purpose": "marketing", "granted": self.agrees}],
            },
        }


def person(number: str) -> Person:
    """Return the customer with this number in the sample; always the same."""
    language = "de" if happens(GERMAN, number, "language") else "en"
    first = pick(_FIRST_NAMES[language], number, "first name")
    last = pick(_LAST_NAMES[language], number, "last name")
    domain = pick(DOMAINS, number, "domain")
    return Person(
        id=f"C-{number}",
        first_name=first,
        last_name=last,
        email=f"{_plain(first)}.{_plain(last)}.{number}@{domain}",
        language=language,
        zone=pick_weighted(_ZONES[language], number, "zone"),
        agrees=happens(AGREE_TO_MARKETING, number, "consent"),
    )


def hour_of_purchase(*about: object) -> float:
    """Return the local time of day of a purchase in hours: seldom in the morning, mostly in the evening."""
    part = pick_weighted({7.0: 10, 10.0: 20, 13.0: 20, 16.0: 20, 19.0: 30}, "part of day", *about)
    return between(part, part + 3, "hour", *about)


def _plain(name: str) -> str:
    return name.lower().translate(_PLAIN)
