"""Signed tokens: for one purpose, one subject, one secret."""

import pytest

from punchcard.links import LinkInvalid, read, sign


def test_a_token_brings_its_subject_back() -> None:
    """What was signed is read."""
    assert read("answer", sign("answer", "question-7", "secret"), "secret") == "question-7"


def test_a_token_fits_a_path() -> None:
    """Only characters that a URL's path takes as they are."""
    token = sign("unsubscribe", "customer/ü 1?", "secret")
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


def test_a_token_is_of_no_use_elsewhere() -> None:
    """Another purpose, another secret, a changed or a made-up token: none is read."""
    token = sign("answer", "question-7", "secret")
    changed = ("A" if token[0] != "A" else "B") + token[1:]
    for purpose, text, secret in (
        ("unsubscribe", token, "secret"),
        ("answer", token, "another"),
        ("answer", changed, "secret"),
        ("answer", "", "secret"),
        ("answer", "question-7.é", "secret"),
    ):
        with pytest.raises(LinkInvalid, match="Open the link as it stands"):
            read(purpose, text, secret)  # type: ignore[arg-type]
