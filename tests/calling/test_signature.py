"""Signatures are those of Standard Webhooks: its own library verifies them."""

import base64
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from punchcard.calling.outcome import CallNotPossible
from punchcard.calling.signature import key_of, signed

SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes that are secret").decode()
BODY = '{"order":"o-17","gift":"a mug für Ann"}'


def headers(body: str = BODY) -> dict[str, str]:
    """Return what goes out with a body now."""
    now = int(datetime.now(UTC).timestamp())
    signature = signed(key_of(SECRET, "X"), "call_1", now, body)
    return {"webhook-id": "call_1", "webhook-timestamp": str(now), "webhook-signature": signature}


def test_receivers_verify_it_with_the_standards_library() -> None:
    """And get the body back."""
    assert Webhook(SECRET).verify(BODY, headers()) == {"order": "o-17", "gift": "a mug für Ann"}


def test_another_body_does_not_fit() -> None:
    """Nor does another key."""
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY.replace("mug", "car"), headers())
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + base64.b64encode(b"x" * 32).decode()).verify(BODY, headers())


def test_the_prefix_may_be_missing() -> None:
    """As `openssl rand -base64 32` prints it."""
    assert key_of(SECRET.removeprefix("whsec_"), "X") == key_of(f" {SECRET}\n", "X")


@pytest.mark.parametrize("value", ["whsec_", "hunter2", "whsec_c2hvcnQ=", "whsec_no/base64!"])
def test_what_cannot_sign_says_what_to_set(value: str) -> None:
    """The variable is named, its value is not."""
    with pytest.raises(CallNotPossible) as refused:
        key_of(value, "PUNCHCARD_SECRET_ERP_KEY")
    assert "PUNCHCARD_SECRET_ERP_KEY" in str(refused.value)
    assert "openssl rand -base64 32" in str(refused.value)
    assert value not in str(refused.value) or value == "whsec_"
