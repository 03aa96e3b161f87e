"""Every problem that the API can answer with: its stable type, status and title, and what it means.

A type is the address of the page that explains it, on the installation itself: `/problems/code-redeemed`.
Clients tell problems apart by it, never by the words of `detail`.

422 says that a request is not of the documented shape, 409 that it is, and is at odds with what stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from punchcard.domain import refusals
from punchcard.domain.event_types import SchemaRefused
from punchcard.errors import PunchcardError

LARGEST_BODY = 8 * 1024**2
MEDIA_TYPE = "application/problem+json"


class FieldMistake(BaseModel):
    """What is wrong with one field, and what to write instead."""

    field: str = Field(examples=["data.amount.currency"])
    message: str = Field(examples=["'usd' is not a currency: write its ISO 4217 code, such as USD"])


class Problem(BaseModel):
    """A problem as RFC 9457 describes it. `remedy` says what to do; `errors` names each field that is wrong."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["/problems/code-redeemed"])
    title: str = Field(examples=["The code has been used"])
    status: int = Field(examples=[409])
    detail: str = Field(examples=["The code has been used."])
    remedy: str | None = Field(default=None, examples=["A code can be used once."])
    errors: list[FieldMistake] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem; `meaning` is what its page says."""

    slug: str
    status: int
    title: str
    meaning: str

    @property
    def type(self) -> str:
        """The stable address."""
        return f"/problems/{self.slug}"


class Unauthenticated(PunchcardError):
    """The request has no API key, or one that is not in use."""


class NotAllowed(PunchcardError):
    """The API key does not allow this."""


class RequestUnfit(PunchcardError):
    """The request is not of the shape that this operation takes."""

    def __init__(self, mistakes: tuple[tuple[str, str], ...]) -> None:
        """Take each mistake as (field, what is wrong with it)."""
        self.mistakes = mistakes
        super().__init__(
            "; ".join(f"{field}: {message}" if field else message for field, message in mistakes)
        )


class BodyTooLarge(PunchcardError):
    """The request's body is larger than the API takes."""


class NotJson(PunchcardError):
    """The request's body is not JSON by its `Content-Type`."""


class TooManyGuesses(PunchcardError):
    """Too many codes were asked for that do not exist."""

    def __init__(self, seconds: int) -> None:
        """Take the number of seconds after which the next try is worth while."""
        self.seconds = seconds
        super().__init__(remedy=f"Try again in {seconds} seconds, and check how codes are typed.")


class EventConflict(RequestUnfit):
    """The event contradicts one that was accepted before."""


class EventRefused(RequestUnfit):
    """The event is well-formed and cannot be taken as it is."""


class CampaignRefused(PunchcardError):
    """The campaign has mistakes and was not published."""

    def __init__(self, diagnostics: list[dict[str, Any]]) -> None:
        """Take what the check found."""
        self.members = {"diagnostics": diagnostics}
        super().__init__(remedy="`diagnostics` names each mistake at its line, with what to write instead.")


class ProgrammeRefused(CampaignRefused):
    """The programme has mistakes and was not published."""


class OutOfReach(PunchcardError):
    """The database cannot be reached, or is too busy."""


NOT_FOUND = Kind("not-found", 404, "There is nothing at this address", "The address is not one of the API's.")
METHOD_NOT_ALLOWED = Kind(
    "method-not-allowed", 405, "The address does not take this method", "See the header `Allow`."
)
OTHER = Kind(
    "request-refused", 400, "The request was refused", "The server could not make sense of the request."
)
INTERNAL = Kind(
    "internal-error",
    500,
    "Something went wrong in Punchcard",
    "A fault of ours. Nothing was changed; the same request may be sent again, with the same idempotency key.",
)

KINDS: Mapping[type[PunchcardError], Kind] = MappingProxyType(
    {
        Unauthenticated: Kind(
            "unauthenticated",
            401,
            "The API key is missing or not in use",
            "Send `Authorization: Bearer <key>` with a key made by `punchcard keys create`.",
        ),
        NotAllowed: Kind(
            "not-allowed",
            403,
            "The API key does not allow this",
            "Each key has scopes, and keys for browsers may not post what is worth money. "
            "Make a key with the scope that `remedy` names.",
        ),
        RequestUnfit: Kind(
            "request-unfit",
            422,
            "The request is not of the shape that is needed",
            "`errors` names each field that is wrong, and what to write instead. Nothing was changed.",
        ),
        BodyTooLarge: Kind(
            "body-too-large", 413, "The body is too large", "Send fewer events at once: up to 1000, in 8 MiB."
        ),
        NotJson: Kind(
            "not-json",
            415,
            "The body is not JSON by its Content-Type",
            "Send the header `Content-Type: application/json`. Some programs, curl among them, call a body a form "
            "unless they are told otherwise.",
        ),
        TooManyGuesses: Kind(
            "too-many-guesses",
            429,
            "Too many unknown codes were asked for",
            "Codes are protected against guessing, for each key and each address. "
            "The header `Retry-After` says when to try again.",
        ),
        EventConflict: Kind(
            "event-conflict",
            409,
            "The event contradicts one that was accepted before",
            "An event's id stands for one content within its source. An order may come again with a higher "
            "`revision`, which replaces it.",
        ),
        EventRefused: Kind(
            "event-refused",
            409,
            "The event is well-formed and cannot be taken",
            "`errors` says why: its type is not registered or its data do not fit the registered schema, its "
            "currency does not exist, it lies ahead, or it names a code that cannot be redeemed.",
        ),
        CampaignRefused: Kind(
            "campaign-refused",
            409,
            "The campaign has mistakes",
            "`diagnostics` names each one by line and column, with what was expected. Nothing was published.",
        ),
        ProgrammeRefused: Kind(
            "programme-refused",
            409,
            "The programme has mistakes",
            "`diagnostics` names each one by line and column, with what was expected. Nothing was published.",
        ),
        OutOfReach: Kind(
            "out-of-reach",
            503,
            "The database cannot be reached or is too busy",
            "Nothing was changed. Send the same request again, with the same idempotency key.",
        ),
        SchemaRefused: Kind(
            "schema-refused",
            409,
            "The schema is no JSON Schema",
            "Event types are described by JSON Schema 2020-12.",
        ),
        refusals.Refusal: Kind("refused", 409, "It is at odds with the facts", "`detail` says with which."),
        refusals.Unknown: Kind("unknown", 404, "There is no such thing", "`detail` says what is meant."),
        refusals.InputUnfit: Kind(
            "input-unfit",
            409,
            "Something that was handed over cannot be used",
            "`detail` says what, and why.",
        ),
        refusals.InputsUnfit: Kind(
            "inputs-unfit",
            409,
            "The campaign's inputs are not as it wants them",
            "`errors` names each input. The campaign's `when: manual` lists them with their types.",
        ),
        refusals.CursorUnknown: Kind(
            "cursor-unknown",
            404,
            "No page of this list begins there",
            "Use the `next` of the page before, unchanged, or none for the first page.",
        ),
        refusals.NameTaken: Kind("name-taken", 409, "The name is taken", "Choose another name."),
        refusals.RequestKeyReused: Kind(
            "idempotency-key-reused",
            409,
            "The idempotency key stands for another request",
            "Use a key of its own for each request, and the same one only to repeat it unchanged.",
        ),
        refusals.CodeUnknown: Kind("code-unknown", 404, "No reward has this code", "Check how it was typed."),
        refusals.CodeRedeemed: Kind(
            "code-redeemed",
            409,
            "The code has been used",
            "A code can be used once, or for as many orders as its reward says; of two tills at once, one wins.",
        ),
        refusals.CodeUsedForOrder: Kind(
            "code-used-for-order",
            409,
            "The code has been used for this order",
            "A code for several orders is used once for each of them. Repeating a redemption under its own key is no "
            "second use.",
        ),
        refusals.CodeExpired: Kind(
            "code-expired", 410, "The code has expired", "A reward ends as its terms said when it was given."
        ),
        refusals.CodeRevoked: Kind(
            "code-revoked",
            410,
            "The code was revoked",
            "What earned it was refunded or changed. It comes back if the customer earns it again.",
        ),
        refusals.CodeOfAnother: Kind(
            "code-of-another-customer",
            409,
            "The code belongs to another customer",
            "The `customer` of the request is not the one who earned the reward.",
        ),
        refusals.CurrencyUnfit: Kind(
            "currency-unfit",
            409,
            "The amount is in another currency than the reward",
            "A reward counts in its campaign's currency; amounts are never converted.",
        ),
        refusals.CampaignUnknown: Kind(
            "campaign-unknown", 404, "There is no campaign of this name", "List the campaigns."
        ),
        refusals.VersionUnknown: Kind(
            "version-unknown", 404, "The campaign has no such version", "List its versions."
        ),
        refusals.InstanceUnknown: Kind(
            "instance-unknown", 404, "There is no instance of this id", "Search the instances."
        ),
        refusals.RewardUnknown: Kind(
            "reward-unknown", 404, "There is no reward of this id", "Search the rewards."
        ),
        refusals.CustomerUnknown: Kind(
            "customer-unknown",
            404,
            "No customer is known by this id",
            "A customer becomes known by the first event that names them, such as a profile or an order.",
        ),
        refusals.ProgrammeUnpublished: Kind(
            "programme-unpublished",
            404,
            "No programme has been published",
            "Campaigns are checked with the defaults until one is.",
        ),
        refusals.EventTypeUnknown: Kind(
            "event-type-unknown", 404, "There is no such event type", "List the event types, or register it."
        ),
        refusals.InstanceClosed: Kind(
            "instance-closed", 409, "The instance has come to its end", "What has ended cannot be changed."
        ),
        refusals.NothingToRetry: Kind(
            "nothing-to-retry",
            409,
            "No step has an open incident",
            "Only a step that is parked can be retried.",
        ),
        refusals.NothingToSkip: Kind(
            "nothing-to-skip",
            409,
            "No step waits or is parked",
            "Only a step that waits, or is parked by an incident, can be skipped.",
        ),
        refusals.NothingOwed: Kind(
            "nothing-owed",
            409,
            "Nothing is owed for the reward",
            "Only a debt that is `owed` can be settled, once.",
        ),
        refusals.TaskUnknown: Kind("task-unknown", 404, "There is no task of this id", "Search the tasks."),
        refusals.AlreadyDecided: Kind(
            "already-decided",
            409,
            "The task has ended otherwise",
            "The first word counts: nothing can be done.",
        ),
        refusals.TaskNotYours: Kind(
            "task-not-yours",
            403,
            "The task is for somebody else",
            "Somebody of the role that it names has to act.",
        ),
        refusals.CampaignEnded: Kind(
            "campaign-ended", 409, "The campaign has ended", "Publish a version of it to go on."
        ),
        refusals.NotStartedByHand: Kind(
            "not-started-by-hand",
            409,
            "The campaign is not started by hand",
            "Only a campaign with `when: manual` can be; the others are started by what customers do.",
        ),
        refusals.CampaignNotRunning: Kind(
            "campaign-not-running",
            409,
            "The campaign has not begun, or is over",
            "Its `starts` and `ends` say when it runs.",
        ),
    }
)


def kind_of(error: type[PunchcardError]) -> Kind | None:
    """Return the kind of problem that an exception is; None if it is a fault rather than an answer."""
    return next((KINDS[base] for base in error.__mro__ if base in KINDS), None)


def every_kind() -> tuple[Kind, ...]:
    """Return all kinds of problems by their slug."""
    kinds = (*KINDS.values(), NOT_FOUND, METHOD_NOT_ALLOWED, OTHER, INTERNAL)
    return tuple(sorted(kinds, key=lambda kind: kind.slug))
