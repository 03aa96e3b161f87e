"""Customers act on what they read at plausible rates, and always the same way."""

from punchcard.demo.deeds import Answering, Deed, Minds, Redeeming, Unsubscribing
from punchcard.demo.letter import Letter
from punchcard.plan.calendar import DAY

LETTERS = 2000


def letter(number: int, *, code: bool = False, answers: int = 0, marketing: bool = False) -> Letter:
    """One letter of many."""
    return Letter(
        id=f"mail-{number}",
        customer=f"C-{number}",
        code=f"CODE-{number}" if code else None,
        answers=tuple(f"/a/t{number}?answer={place}" for place in range(1, answers + 1)),
        unsubscribe=f"/u/{number}" if marketing else None,
    )


def deeds_about(*letters: Letter) -> list[Deed]:
    """What customers do about letters that they read one after the other."""
    minds = Minds()
    return [deed for one in letters for deed in minds.decide(one, 0)]


def test_some_use_a_code_at_once_and_some_when_reminded() -> None:
    """Others let it go."""
    at_once = deeds_about(*(letter(number, code=True) for number in range(LETTERS)))
    twice = deeds_about(*(letter(number, code=True) for number in range(LETTERS) for _ in range(2)))
    used, used_in_the_end = ({deed.key[-9:] for deed in deeds} for deeds in (at_once, twice))
    assert 0.38 * LETTERS < len(used) < 0.5 * LETTERS
    assert 0.55 * LETTERS < len(used_in_the_end) < 0.75 * LETTERS


def test_a_code_is_shown_by_its_customer() -> None:
    """Some show it again, some lend it, some come too late; each attempt has a name of its own."""
    deeds = deeds_about(*(letter(number, code=True) for number in range(LETTERS)))
    attempts = [deed for deed in deeds if isinstance(deed, Redeeming)]
    assert len({deed.key for deed in attempts}) == len(attempts)
    assert any(deed.key.endswith("-again") for deed in attempts)
    assert all(deed.customer == f"C-{deed.code[5:]}" or deed.key.endswith("-lent") for deed in attempts)
    assert any(deed.key.endswith("-lent") for deed in attempts)
    assert any(deed.due > 31 * DAY for deed in attempts)


def test_about_half_answer_and_most_are_pleased() -> None:
    """One of the links, some days later."""
    deeds = deeds_about(*(letter(number, answers=5) for number in range(LETTERS)))
    answers = [deed for deed in deeds if isinstance(deed, Answering)]
    assert 0.5 * LETTERS < len(answers) < 0.6 * LETTERS
    pleased = [deed for deed in answers if deed.link.endswith(("answer=4", "answer=5"))]
    assert 0.6 * len(answers) < len(pleased) < 0.8 * len(answers)


def test_few_unsubscribe() -> None:
    """From marketing alone."""
    deeds = deeds_about(*(letter(number, marketing=True) for number in range(LETTERS)))
    assert 0 < sum(isinstance(deed, Unsubscribing) for deed in deeds) < 0.02 * LETTERS


def test_minds_do_not_change() -> None:
    """A demo that goes on reads the letters again and decides the same."""
    letters = [letter(number % 70, code=True, answers=number % 3, marketing=True) for number in range(200)]
    assert deeds_about(*letters) == deeds_about(*letters)
