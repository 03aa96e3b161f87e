"""What is shown of a long text."""

from punchcard.trial.excerpt import excerpt

FILLING = "and this goes on for a while, " * 20


def test_a_short_text_is_shown_whole() -> None:
    """Nothing is left out."""
    assert excerpt("Good until 31. Mai.", "30. Mai") == "Good until 31. Mai."


def test_a_long_text_is_shown_where_it_is_most_like_what_was_expected() -> None:
    """Between words; dots stand for what was left out."""
    shown = excerpt(f"{FILLING}Your code is good until 31. Mai. {FILLING}", "is good until 30. Mai")
    assert "Your code is good until 31. Mai." in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 162


def test_the_beginning_and_the_end_can_be_shown() -> None:
    """Dots stand on one side then."""
    assert excerpt(f"Hello Ann, {FILLING}", "Hello Ben").startswith("Hello Ann, and")
    assert excerpt(f"{FILLING}Goodbye", "Goodbye").endswith("Goodbye")
