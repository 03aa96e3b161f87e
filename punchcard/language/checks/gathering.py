"""What goes together with a digest."""

from __future__ import annotations

from punchcard.language import keys
from punchcard.language.checks.subject import Subject


def a_digest_gathers_what_comes_meanwhile(subject: Subject) -> None:
    """What would leave an occasion out while one is running leaves nothing to gather."""
    if not subject.fields.has(keys.DIGEST):
        return
    for key in (keys.AGAIN, keys.IF_RUNNING):
        if subject.fields.has(key):
            subject.context.findings.add(
                "PC1103",
                subject.fields.entries[key.name].key.span,
                f"a digest gathers what comes meanwhile, and `{key.name}` leaves it out",
                expected=f"either `digest` or `{key.name}`",
            )
