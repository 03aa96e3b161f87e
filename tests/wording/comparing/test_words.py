"""Texts compared word by word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from punchcard.wording.comparing.words import pieces


def _marked(old: str, new: str) -> str:
    marks = {"same": "{}", "removed": "[{}]", "added": "<{}>"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces(old, new))


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("at most 21 days.", "at most 14 days.", "at most [21]<14> days."),
        ("All get $10,000.", "All get $12,500.", "All get [$10,000]<$12,500>."),
        ("thank you for it", "many thanks for it", "[thank you]<many thanks> for it"),
        ("good until May.", "good.", "good[ until May]."),
        ("until 7:00\u202fAM, then", "until 6:30\u202fAM, then", "until [7:00\u202fAM]<6:30\u202fAM>, then"),
        ("same", "same", "same"),
    ],
)
def test_what_changed_is_marked_in_whole_words(old: str, new: str, marked: str) -> None:
    """Numbers keep their separators and units; changes that touch are one."""
    assert _marked(old, new) == marked


@settings(deadline=None)
@given(old=st.text(alphabet="ab ,.\n5", max_size=40), new=st.text(alphabet="ab ,.\n5", max_size=40))
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    """Without what was added it is the old text, without what was removed the new one."""
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "added") == old
    assert "".join(piece.text for piece in found if piece.kind != "removed") == new
