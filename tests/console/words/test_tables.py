"""No table of words misses a kind."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import punchcard.domain
import punchcard.plan
from api.console.words.deeds import action_words, question_words
from api.console.words.incidents import incident_words, resolution_words
from api.console.words.journal import KINDS
from api.console.words.reasons import disposition_words, suppression_name, suppression_words
from api.console.words.states import (
    TONES,
    campaign_state,
    instance_state,
    message_state,
    occasion_state,
    reward_state,
)
from punchcard.domain.instance_search import STATES
from punchcard.domain.mail_list import STATUSES
from punchcard.domain.redeeming import CodeState
from punchcard.plan.dispositions import Disposition
from punchcard.plan.events import Outcome
from punchcard.plan.triggers import TriggerClass
from punchcard.wording.exactness import class_words
from tests.wording.speech import ENGLISH

ROOT = Path(punchcard.plan.__path__[0]).parent


def _source(*packages: str) -> str:
    files = [file for package in packages for file in sorted((ROOT / package).rglob("*.py"))]
    return "\n".join(file.read_text() for file in files)


def test_every_line_that_a_journal_can_hold_has_a_sentence() -> None:
    """Each kind of note that the machine, a tick or a reversal writes is told in words."""
    written = set(re.findall(r'(?:\.note\(|Note\()\s*"(\w+)"', _source("plan", "domain")))
    written |= set(re.findall(r'_journal\(connection, occasion_id, "(\w+)"', _source("domain")))
    assert {"started", "taken_over", "revoked", "given_back"} <= written
    assert written <= set(KINDS)


def test_every_reason_for_not_sending_has_words() -> None:
    """Each reason that the domain gives for a suppressed message is more than its code."""
    reasons = set(re.findall(r'"reason": "(\w+)"', _source("domain")))
    reasons |= set(re.findall(r'return "(\w+)"', _source("domain/facts"))) - {
        "share",
        "amount",
    }
    reasons |= set(get_args(Outcome)) | {"crashed"}
    reasons.discard("budget_exhausted")
    assert {"no_consent", "no_address", "too_late", "erased"} <= reasons
    for reason in reasons:
        assert suppression_words(ENGLISH, reason) != reason
        assert "_" not in suppression_name(ENGLISH, reason)


def test_every_deed_in_the_audit_log_has_words() -> None:
    """Each action that is logged anywhere is said as what somebody did."""
    call = r'(?:audit\.log|_change)\(\s*[^)]*?"([a-z_]+\.[a-z_]+)"'
    logged = set(re.findall(call, _source("domain", "router")))
    logged |= {f"instance.{name}" for name in ("cancel", "retry", "skip", "resume")}
    assert {"campaign.pause", "account.create"} <= logged
    assert [action for action in logged if action_words(ENGLISH, action) == action] == []


@pytest.mark.parametrize("deed", ["cancel", "pause", "resume", "retry", "skip"])
def test_every_deed_is_explained_before_it_is_done(deed: str) -> None:
    """A confirmation has a title, a meaning, a button and what is said afterwards."""
    question = question_words(ENGLISH, deed)
    assert question.title.endswith("?")
    assert all((question.meaning, question.button, question.done))


def test_every_state_has_a_word_and_a_tone() -> None:
    """States of instances, campaigns, rewards, messages and occasions are said, not spelled."""
    badges = [instance_state(ENGLISH, name) for name in STATES]
    badges += [campaign_state(ENGLISH, name) for name in ("active", "paused", "ended")]
    badges += [reward_state(ENGLISH, name) for name in get_args(CodeState)]
    badges += [message_state(ENGLISH, name) for name in STATUSES]
    badges += [occasion_state(ENGLISH, "standing", name) for name in get_args(Disposition)]
    assert all(badge.name in TONES for badge in badges)
    assert all("_" not in badge.words for badge in badges)


def test_every_disposition_says_why_nothing_was_given() -> None:
    """What came of an occasion is a sentence."""
    assert all(disposition_words(ENGLISH, "standing", name).endswith(".") for name in get_args(Disposition))
    assert disposition_words(ENGLISH, "reversed", "started").startswith("What earned it")


def test_every_class_says_what_it_promises() -> None:
    """S, B and D are explained."""
    assert len({class_words(ENGLISH, name) for name in get_args(TriggerClass)}) == 3


def test_an_incident_says_what_can_be_done() -> None:
    """Known causes have words of their own, others are shown as they came, and each has a remedy."""
    assert (
        incident_words(ENGLISH, "1#1", "budget_exhausted").happened == "The campaign's budget is exhausted."
    )
    other = incident_words(ENGLISH, "2#1", "550 the sender is blocked")
    assert other.happened == "550 the sender is blocked"
    assert "retry" in other.remedy
    assert "backup" in incident_words(ENGLISH, "database", "behind").remedy
    assert resolution_words(ENGLISH, "retried") == "tried again"
