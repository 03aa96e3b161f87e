"""A page's form is sent as a browser would send it."""

from punchcard.demo.form import fill

CHOICE = """
<form method="post">
  <input type="hidden" name="token" value="t">
  <input type="radio" name="answer" value="1"><input type="radio" name="answer" value="2" checked>
  <button type="submit">Send</button>
</form>
"""


def test_what_is_chosen_is_sent() -> None:
    """With what the page brings along, and without what is not chosen."""
    assert fill(CHOICE, "words") == {"token": "t", "answer": "2"}


def test_words_go_where_they_are_asked_for() -> None:
    """Into the text area."""
    assert fill('<form><textarea name="answer"></textarea></form>', "Fine.") == {"answer": "Fine."}


def test_a_page_without_a_form_has_nothing_to_send() -> None:
    """The question was answered before."""
    assert fill("<p>Thank you!</p>", "words") is None
