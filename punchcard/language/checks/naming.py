"""A campaign is called like its file."""

from __future__ import annotations

from punchcard.language import keys
from punchcard.language.checks.subject import Subject


def campaign_is_called_like_its_file(subject: Subject) -> None:
    """The name in the file and the file's own name lead to the same campaign."""
    name = subject.fields.get(keys.CAMPAIGN)
    if name and subject.file_stem and name != subject.file_stem:
        subject.warn(
            "PC1701",
            subject.fields.span_of(keys.CAMPAIGN),
            f"the campaign is called `{name}`, and its file `{subject.file_stem}`",
            "one name for both",
            subject.file_stem,
        )
