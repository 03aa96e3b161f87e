"""A campaign's experiments: each variant with its figures, and what every look has found."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from api.instants import Instant, to_text
from api.shapes.values import Given
from punchcard.domain.experiment_list import ExperimentLine, LookLine
from punchcard.plan.model import Share
from punchcard.plan.sequential import Count


class CountShown(Given):
    """How many customers of a variant are counted, and how many of them have succeeded."""

    variant: str = Field(examples=["warm"])
    counted: int = Field(examples=[1000])
    succeeded: int = Field(examples=[131])


class VariantShown(CountShown):
    """One variant as it does now; customers are counted when their time for a success is over."""

    percent: str = Field(description="Its share by lot.", examples=["50"])
    entered: int = Field(description="How many customers have drawn it.", examples=[1340])


class LookShown(Given):
    """What one look saw and found, in the transaction of the instance that came when it was time."""

    number: int
    at: Instant
    instance: str = Field(examples=["which-gift.e1.c17.1.g1"])
    counts: list[CountShown]
    best: str = Field(description="The variant that did best.")
    chance: float = Field(
        description="How likely chance alone would put it so far ahead of the next.", examples=[0.0021]
    )
    error: float = Field(description="How likely that may be for the variant to be kept.", examples=[0.0125])
    winner: str | None = Field(description="The variant that is kept; null where the lot goes on.")


class ExperimentShown(Given):
    """A split that keeps the best of its variants.

    `current` is whether the campaign's current version has it. `started_at` is null until the first customer comes.
    """

    name: str = Field(description="The id of its step, else the step's path.", examples=["gift"])
    version: str = Field(description="The version that it began with.")
    current: bool
    measures: str = Field(description="What is a success.", examples=["customer.ordered"])
    within_minutes: int = Field(description="How long after the split a success counts.", examples=[43200])
    after: int = Field(
        description="How many are counted in each variant before the first look.", examples=[500]
    )
    sure_percent: str = Field(description="How sure it is to be.", examples=["95"])
    started_at: Instant | None
    needed: int | None = Field(
        description="How many have to be counted in each variant for the next look; null once it is decided.",
        examples=[500],
    )
    winner: str | None = Field(description="The variant that everybody takes who comes now.")
    decided_at: Instant | None
    variants: list[VariantShown]
    looks: list[LookShown]


class ExperimentList(Given):
    """A campaign's experiments: those of its current version, then the latest that were."""

    experiments: list[ExperimentShown]


def experiment_shown(line: ExperimentLine) -> ExperimentShown:
    """Put an experiment into its shape."""
    return ExperimentShown(
        name=line.name,
        version=line.version,
        current=line.current,
        measures=line.keep_best.by,
        within_minutes=line.keep_best.within // 60_000,
        after=line.keep_best.after,
        sure_percent=_percent(line.keep_best.sure),
        started_at=to_text(line.started_at),
        needed=line.needed if line.winner is None else None,
        winner=line.winner,
        decided_at=to_text(line.decided_at),
        variants=[
            VariantShown(
                variant=each.name,
                counted=each.count.counted,
                succeeded=each.count.succeeded,
                percent=_percent(each.share),
                entered=each.entered,
            )
            for each in line.variants
        ],
        looks=[_look_shown(each) for each in line.looks],
    )


def _look_shown(line: LookLine) -> LookShown:
    return LookShown(
        number=line.number,
        at=to_text(line.at),
        instance=line.instance_id,
        counts=[_count_shown(name, each) for name, each in line.counts.items()],
        best=line.best,
        chance=line.chance,
        error=line.error,
        winner=line.winner,
    )


def _percent(share: Share) -> str:
    return f"{(Decimal(share) / 100).normalize():f}"


def _count_shown(variant: str, count: Count) -> CountShown:
    return CountShown(variant=variant, counted=count.counted, succeeded=count.succeeded)
