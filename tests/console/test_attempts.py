"""The brake on guessing passwords."""

from __future__ import annotations

from api.console.attempts import BY_ADDRESS, BY_ADDRESS_AND_NAME, Attempts


def test_one_address_may_fail_with_one_name_so_often() -> None:
    """After that it has to wait, while others may go on."""
    attempts = Attempts()
    for _ in range(BY_ADDRESS_AND_NAME.amount):
        assert attempts.may_try("192.0.2.1", "admin")
        attempts.failed("192.0.2.1", "admin")
    assert not attempts.may_try("192.0.2.1", "admin")
    assert attempts.may_try("192.0.2.2", "admin")
    assert attempts.may_try("192.0.2.1", "marketer")


def test_one_address_may_not_go_through_many_names() -> None:
    """Trying one password with every name is braked as well."""
    attempts = Attempts()
    for number in range(BY_ADDRESS.amount):
        attempts.failed("192.0.2.1", f"name-{number}")
    assert not attempts.may_try("192.0.2.1", "another")
