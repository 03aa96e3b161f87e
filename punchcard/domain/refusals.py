"""What is asked for and cannot be: one exception for each reason, so that each edge can say it in its own way."""

from __future__ import annotations

from punchcard.errors import FinalError


class Refusal(FinalError):
    """What was asked is at odds with the facts."""


class InputUnfit(Refusal):
    """Something that was handed over cannot be used."""


class InputsUnfit(InputUnfit):
    """What a campaign needs to be started by hand was not handed over as it wants it."""

    def __init__(self, mistakes: tuple[tuple[str, str], ...]) -> None:
        """Take each mistake as (field, what is wrong with it)."""
        self.mistakes = mistakes
        super().__init__("; ".join(f"{field}: {message}" for field, message in mistakes))


class RequestKeyReused(Refusal):
    """The idempotency key was used before, for another request."""


# --- codes ------------------------------------------------------------------------------------


class CodeRefused(Refusal):
    """The code cannot be redeemed."""


class CodeUnknown(CodeRefused):
    """No reward has this code."""


class CodeRedeemed(CodeRefused):
    """The code has been used."""


class CodeUsedForOrder(CodeRefused):
    """The code has been used for this order."""


class CodeExpired(CodeRefused):
    """The code has expired."""


class CodeRevoked(CodeRefused):
    """The code was revoked, because what earned it was refunded or changed."""


class CodeOfAnother(CodeRefused):
    """The code belongs to another customer."""


class CurrencyUnfit(CodeRefused):
    """The amount is in another currency than the reward."""


# --- what is not there -------------------------------------------------------------------------


class Unknown(Refusal):
    """There is no such thing."""


class CursorUnknown(Unknown):
    """No page of this list begins at this cursor."""


class CampaignUnknown(Unknown):
    """There is no campaign of this name."""


class VersionUnknown(Unknown):
    """The campaign has no such version."""


class InstanceUnknown(Unknown):
    """There is no instance of this id."""


class RewardUnknown(Unknown):
    """There is no reward of this id."""


class NothingOwed(Refusal):
    """Nothing is owed for this reward, or it has been settled."""


class MailUnknown(Unknown):
    """There is no message of this id."""


class CustomerUnknown(Unknown):
    """No customer is known by this id."""


class ProgrammeUnpublished(Unknown):
    """No programme has been published."""


class EventTypeUnknown(Unknown):
    """There is no event type of this name and version."""


class QuestionUnknown(Unknown):
    """There is no such question."""


class TaskUnknown(Unknown):
    """There is no task of this id."""


class KeyUnknown(Unknown):
    """There is no API key of this id."""


# --- what cannot be done now ------------------------------------------------------------------------


class InstanceClosed(Refusal):
    """The instance has come to its end."""


class NothingToRetry(Refusal):
    """No step of the instance has an open incident."""


class NothingToSkip(Refusal):
    """No step of the instance waits or has an open incident."""


class CampaignEnded(Refusal):
    """The campaign has ended."""


class NotStartedByHand(Refusal):
    """The campaign is not started by hand."""


class CampaignNotRunning(Refusal):
    """The campaign has not begun, or is over."""


class AlreadyAnswered(Refusal):
    """The question was answered before; the first answer counts."""


class AlreadyDecided(Refusal):
    """The task has ended otherwise; the first word counts."""


class TaskNotYours(Refusal):
    """The task is for people of another role, or somebody else has taken it up."""


class NameTaken(Refusal):
    """The name is taken."""
