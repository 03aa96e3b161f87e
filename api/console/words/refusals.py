"""Why something could not be done, in words; what has none here says it in the domain's own."""

from __future__ import annotations

from punchcard.domain import refusals
from punchcard.domain.refusals import Refusal
from punchcard.wording.speech import Speech


def refusal_words(speech: Speech, refusal: Refusal) -> str:
    """Return one or two sentences: the reason, and what to do."""
    match refusal:
        case refusals.CampaignUnknown():
            return speech.gettext("There is no campaign of this name. Publish it first.")
        case refusals.VersionUnknown():
            return speech.gettext("The campaign has no such version. Look at the list of its versions.")
        case refusals.InstanceUnknown():
            return speech.gettext("There is no instance of this id. Search the list of instances.")
        case refusals.CustomerUnknown():
            return speech.gettext("No customer is known by this id.")
        case refusals.CursorUnknown():
            return speech.gettext("This page of the list cannot be found. Begin with its first page.")
        case refusals.InstanceClosed():
            return speech.gettext("The instance has come to its end, and what has ended cannot be changed.")
        case refusals.NothingToRetry():
            return speech.gettext("No step has an open incident, so there is nothing to repeat.")
        case refusals.NothingToSkip():
            return speech.gettext("No step waits or has an open incident, so there is nothing to skip.")
        case refusals.CampaignEnded():
            return speech.gettext("The campaign has ended. Publish a version of it to go on.")
        case refusals.CampaignNotRunning():
            return speech.gettext("The campaign does not run now: today lies outside its dates.")
        case refusals.NotStartedByHand():
            return speech.gettext("This campaign is started by what customers do, not by hand.")
        case refusals.RewardUnknown():
            return speech.gettext("There is no reward of this number.")
        case refusals.NothingOwed():
            return speech.gettext("Nothing is owed for this reward, or it has been settled otherwise.")
        case refusals.TaskUnknown():
            return speech.gettext("There is no task of this id. Search the list of tasks.")
        case refusals.AlreadyDecided():
            return speech.gettext("The task has ended otherwise, and the first word counts.")
        case refusals.TaskNotYours():
            return speech.gettext(
                "This task is for people of another role, or somebody else has taken it up."
            )
        case _:
            return str(refusal)
