"""Codes: unguessable, and read back however they were typed."""

from hypothesis import given
from hypothesis import strategies as st

from punchcard.domain.codes import LENGTH, SIGNS, make_code, read_code

LOOK_ALIKE = "0OQ 1IL 2Z 5S 8B UV"
VOWELS = "AEIOU"


def test_no_sign_looks_like_another_and_no_word_comes_up() -> None:
    """Neither look-alikes nor vowels, and none twice."""
    assert not set(SIGNS) & set(VOWELS)
    for group in LOOK_ALIKE.split():
        assert len(set(SIGNS) & set(group)) <= 1
    assert len(set(SIGNS)) == len(SIGNS)


def test_codes_are_too_many_to_be_guessed() -> None:
    """More than fifty bits, and no two alike in a hundred thousand."""
    assert len(SIGNS) ** LENGTH > 2**50
    codes = {make_code() for _ in range(100_000)}
    assert len(codes) == 100_000
    assert all(code == read_code(code) for code in codes)


@given(st.text(alphabet=SIGNS, min_size=LENGTH, max_size=LENGTH), st.sampled_from(["-", " ", "", " - ", "."]))
def test_a_code_is_read_however_it_was_typed(signs: str, between: str) -> None:
    """Lower case, with other marks between its groups or with none."""
    typed = between.join([signs[:4], signs[4:8], signs[8:]]).lower()
    assert read_code(f" {typed} ") == f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
