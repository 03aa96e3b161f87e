"""What the tests of messages share: one customer's values, and frames around a message."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from punchcard.messages.email import MessageText, RenderedEmail, render
from punchcard.messages.frame import Frame
from punchcard.messages.money import Money

FRAME = Frame("Corner Shop", "transactional")
MARKETING = Frame("Corner Shop", "marketing", unsubscribe_url="https://shop.example/u/1")

CONTEXT: Mapping[str, object] = {
    "customer": {"first_name": "Jane", "last_name": None, "email": "jane@mail.example"},
    "order": {
        "id": "1001",
        "amount": Money(Decimal("1500.00"), "USD"),
        "lines": [{"name": "Tea"}, {"name": "Cups"}],
    },
    "occasion": {"ordinal": 3},
    "coupon": {
        "code": "NX7K-22",
        "value": Decimal("0.2"),
        "expires": datetime(2026, 11, 25, 4, 59, 59, tzinfo=UTC),
        "url": "https://shop.example/redeem?code=NX7K-22&from=mail",
        "redeemed": False,
    },
    "inputs": {"note": "Thank **you** [here](https://evil.example) <b>now</b>", "weight": Decimal("1234.5")},
}


def rendered(
    body: str, *, subject: str = "Hello", context: Mapping[str, object] = CONTEXT, **view: Any
) -> RenderedEmail:
    """The message for Jane, who reads English in New York, unless the view says otherwise."""
    chosen = {"language": "en", "zone": "America/New_York", "frame": FRAME, **view}
    return render(MessageText(subject, body), context=context, **chosen)


def words(body: str, **view: Any) -> str:
    """The body as plain text, without the foot."""
    return rendered(body, **view).text.split("\n\n-- \n")[0]


def subject(text: str, **view: Any) -> str:
    """The subject as it is sent."""
    return rendered("Hello", subject=text, **view).subject
