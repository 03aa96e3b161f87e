"""Process instances: in a list, one with its journal, and what operators may tell them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from api.instants import Instant, Moment, to_millis, to_text
from api.shapes.rewards import RewardShown, reward_shown
from api.shapes.values import CustomerId, Data, Given, NextCursor, PageAsked, Prose, StepPath, Taken, Word
from punchcard.domain.instance_search import InstanceLine, Place, State, Wanted
from punchcard.domain.instance_story import Entry, IncidentLine, MessageLine, QuestionLine, Story
from punchcard.plan.dispositions import Disposition

# What the journal's lines keep in epoch milliseconds.
INSTANTS = frozenset({"at", "until", "occurred_at", "birthday", "anniversary", "expires"})
EXAMPLE_ID = "spend-and-save.e1.c17.1.g1"


class InstancesAsked(PageAsked):
    """Which instances."""

    campaign: Word | None = Field(default=None, description="Of one campaign.")
    customer: Word | None = Field(default=None, description="Of one customer, by your own id.")
    state: State | None = Field(default=None, description="In one state.")
    step: StepPath | None = Field(default=None, description="At one step, by its path.")
    since: Moment | None = Field(default=None, description="Created then or later.")
    until: Moment | None = Field(default=None, description="Created before.")
    q: Word | None = Field(
        default=None, description="An instance's id, your own id of a customer, or a reward's code."
    )

    def wanted(self) -> Wanted:
        """The filter that this asks for."""
        return Wanted(
            campaign=self.campaign,
            customer=self.customer,
            state=self.state,
            step=self.step,
            since=None if self.since is None else to_millis(self.since),
            until=None if self.until is None else to_millis(self.until),
            text=self.q,
        )


class InstanceShown(Given):
    """An instance as it stands."""

    id: str = Field(examples=[EXAMPLE_ID])
    campaign: str = Field(examples=["spend-and-save"])
    version: str = Field(description="The hash of the version that it runs, and keeps.")
    generation: int = Field(description="1, and one more each time that its occasion came to stand again.")
    customer: str | None = Field(examples=["C-17"])
    state: State
    step: str | None = Field(description="The path of the step where it is.", examples=["3"])
    waits_for: list[str] = Field(examples=[["coupon.redeemed"]])
    deadline: Instant | None = Field(description="When its wait ends.")
    incidents: int = Field(description="How many of its steps cannot go on until an operator decides.")
    paused_at: Instant | None
    created_at: Instant
    started_at: Instant | None
    closed_at: Instant | None


class InstancePage(Given):
    """Instances, the latest first."""

    instances: list[InstanceShown]
    next: NextCursor = None


class PlaceShown(Given):
    """How many instances of a campaign are in one state at one step."""

    campaign: str
    state: State
    step: str | None
    instances: int


class Counts(Given):
    """How many instances are where."""

    by_state: dict[State, int] = Field(examples=[{"waiting": 12, "completed": 30}])
    by_step: list[PlaceShown]


class EntryShown(Given):
    """One line of the journal; what `data` holds depends on `kind`.

    The `operands` of a decision are what its condition saw: money in minor units of the campaign's currency.
    """

    at: Instant
    instance: str = Field(description="The generation that wrote it.", examples=[EXAMPLE_ID])
    tick: int
    kind: str = Field(examples=["waiting"])
    step: str | None = Field(examples=["3"])
    data: dict[str, Any]


class MessageShown(Given):
    """A message, and why it was not sent if it was not."""

    name: str = Field(examples=["you-earned-it"])
    purpose: Literal["marketing", "transactional"]
    channel: str
    status: str = Field(examples=["sent"])
    reason: str | None
    due_at: Instant
    sent_at: Instant | None
    subject: str | None


class QuestionShown(Given):
    """A question, and its answer once there is one."""

    name: str = Field(examples=["reply"])
    asked_at: Instant
    answer: int | str | None
    answered_at: Instant | None


class IncidentShown(Given):
    """A step that could not go on; open while `closed_at` is null."""

    step: str
    error: str
    opened_at: Instant
    closed_at: Instant | None
    resolution: str | None


class InstanceWhole(InstanceShown):
    """An instance with all that belongs to it; the journal is that of all its generations."""

    occasion: str = Field(description="What earned it, unique in its campaign and for its customer.")
    occurred_at: Instant = Field(description="When it was earned, in business time.")
    rewards: list[RewardShown]
    messages: list[MessageShown]
    questions: list[QuestionShown]
    incidents_log: list[IncidentShown]
    journal: list[EntryShown]
    generations: list[str] = Field(examples=[[EXAMPLE_ID]])


Reason = Annotated[Prose | None, Field(max_length=500, examples=["the customer asked for it"])]


class WholeCommandAsked(Taken):
    """A word about the whole instance."""

    command: Literal["cancel", "pause", "resume"]
    reason: Reason = None


class StepCommandAsked(Taken):
    """A word about one step, or about every step that it can mean if none is named."""

    command: Literal["retry", "skip"]
    step: StepPath | None = None
    reason: Reason = None


CommandAsked = WholeCommandAsked | StepCommandAsked


class StartAsked(Taken):
    """For whom a campaign is started by hand, and with what."""

    customer: CustomerId
    inputs: Data = Field(
        default_factory=dict,
        description="By the names and types that the campaign's `when: manual` lists. "
        'An amount is `{"amount": "12.50", "currency": "USD"}`, a date `2026-05-04`.',
    )


class StartShown(Given):
    """What came of it; `disposition` is `started`, or says why nothing was."""

    occasion: int
    instance: str | None = Field(examples=["make-good.e1.c17.4f2a9c31d0e85b67.g1"])
    disposition: Disposition


def instance_shown(line: InstanceLine) -> InstanceShown:
    """Put a line of the list into its shape."""
    return InstanceShown(**_line(line))


def place_shown(place: Place) -> PlaceShown:
    """Put a count into its shape."""
    return PlaceShown(campaign=place.campaign, state=place.state, step=place.step, instances=place.instances)


def instance_whole(story: Story) -> InstanceWhole:
    """Put an instance with all that belongs to it into its shape."""
    return InstanceWhole(
        **_line(story.line),
        occasion=story.occasion_identity,
        occurred_at=to_text(story.occurred_at),
        rewards=[reward_shown(reward) for reward in story.rewards],
        messages=[_message(message) for message in story.messages],
        questions=[_question(question) for question in story.questions],
        incidents_log=[_incident(incident) for incident in story.incidents],
        journal=[_entry(entry) for entry in story.journal],
        generations=list(story.generations),
    )


def _line(line: InstanceLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "campaign": line.campaign,
        "version": line.version,
        "generation": line.generation,
        "customer": line.customer,
        "state": line.state,
        "step": line.step,
        "waits_for": list(line.waits_for),
        "deadline": to_text(line.deadline),
        "incidents": line.incidents,
        "paused_at": to_text(line.paused_at),
        "created_at": to_text(line.created_at),
        "started_at": to_text(line.started_at),
        "closed_at": to_text(line.closed_at),
    }


def _entry(entry: Entry) -> EntryShown:
    return EntryShown(
        at=to_text(entry.at),
        instance=entry.instance_id,
        tick=entry.tick,
        kind=entry.kind,
        step=entry.path,
        data={name: _datum(name, value) for name, value in entry.data.items()},
    )


def _datum(name: str, value: Any) -> Any:
    return to_text(value) if name in INSTANTS and isinstance(value, int) else value


def _message(message: MessageLine) -> MessageShown:
    return MessageShown(
        name=message.name,
        purpose=message.purpose,
        channel=message.channel,
        status=message.status,
        reason=message.reason,
        due_at=to_text(message.due_at),
        sent_at=to_text(message.sent_at),
        subject=message.subject,
    )


def _question(question: QuestionLine) -> QuestionShown:
    return QuestionShown(
        name=question.name,
        asked_at=to_text(question.asked_at),
        answer=question.answer,
        answered_at=to_text(question.answered_at),
    )


def _incident(incident: IncidentLine) -> IncidentShown:
    return IncidentShown(
        step=incident.path,
        error=incident.error,
        opened_at=to_text(incident.opened_at),
        closed_at=to_text(incident.closed_at),
        resolution=incident.resolution,
    )
