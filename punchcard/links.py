"""Signed tokens for links in messages: each works for one purpose and one subject, and nothing else."""

import hashlib
from typing import Literal

from itsdangerous import BadSignature, URLSafeSerializer

from punchcard.errors import FinalError

Purpose = Literal["unsubscribe", "answer"]


class LinkInvalid(FinalError):
    """This link was not made here, or not for this."""


def sign(purpose: Purpose, subject_id: str, secret: str) -> str:
    """A token for a URL's path that proves purpose and subject; it never expires.

    For an answer, the subject is the question's id: when a question closes, its links end with it.
    """
    return str(_serializer(purpose, secret).dumps(subject_id))


def read(purpose: Purpose, token: str, secret: str) -> str:
    """The subject's id that was signed for this purpose; raises `LinkInvalid` for any other token."""
    try:
        subject_id = _serializer(purpose, secret).loads(token)
    except BadSignature as cause:
        raise LinkInvalid(remedy="Open the link as it stands in the message.") from cause
    if not isinstance(subject_id, str):
        raise LinkInvalid(remedy="Open the link as it stands in the message.")
    return subject_id


def _serializer(purpose: Purpose, secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret,
        salt=f"punchcard.links.{purpose}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
