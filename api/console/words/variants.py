"""A campaign's experiments as its page shows them: each variant in figures, what was found, or what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from api.console.words.experiments import counts_words
from api.console.words.states import Badge
from punchcard.domain.experiment_list import ExperimentLine, LookLine, VariantLine
from punchcard.plan.model import Plan
from punchcard.wording.happenings import event_clause
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One variant in the viewer's way; `share_of_best` is 0 to 100, for a bar."""

    title: str
    share: str
    entered: str
    counted: str
    succeeded: str
    rate: str
    share_of_best: float
    is_kept: bool


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look: when, in whose commit, what it saw, and what it found."""

    at: int
    instance_id: str
    saw: str
    found: Markup


@dataclass(frozen=True, slots=True)
class ExperimentCard:
    """One experiment; `missing` says what it has found, or what it takes to find something."""

    title: str
    current: bool
    state: Badge
    measure: str
    missing: Markup
    variants: tuple[VariantRow, ...]
    looks: tuple[LookRow, ...]


def experiment_card(speech: Speech, plan: Plan, line: ExperimentLine) -> ExperimentCard:
    """Put an experiment into the viewer's words; `plan` is the campaign's current one."""
    measure = speech.gettext(
        "It measures whether %(event)s (time for it: %(span)s), and is to be %(sure)s sure."
    ) % {
        "event": event_clause(speech, plan, line.keep_best.by),
        "span": speech.span(line.keep_best.within),
        "sure": speech.share(line.keep_best.sure),
    }
    best = max(each.count.rate for each in line.variants)
    return ExperimentCard(
        title=title_of(line.name),
        current=line.current,
        state=_state(speech, line),
        measure=measure,
        missing=_missing(speech, line),
        variants=tuple(_row(speech, line, each, best) for each in line.variants),
        looks=tuple(_look(speech, each) for each in line.looks),
    )


def _state(speech: Speech, line: ExperimentLine) -> Badge:
    if line.winner is not None:
        return Badge("decided", speech.gettext("decided"), "good")
    if not line.current:
        return Badge("former", speech.gettext("given way to another"), "quiet")
    if line.started_at is None:
        return Badge("awaited", speech.gettext("nobody has come yet"), "quiet")
    return Badge("undecided", speech.gettext("by lot, until it is decided"), "busy")


def _missing(speech: Speech, line: ExperimentLine) -> Markup:
    if line.winner is not None and line.decided_at is not None:
        return speech.say(
            speech.gettext(
                "Decided on %(moment)s: the variant “%(name)s” is better than each other one. "
                "Whoever comes takes it; whoever was past the split before stays in their own."
            ),
            moment=speech.when(line.decided_at),
            name=title_of(line.winner),
        )
    if not line.current:
        sentence = speech.gettext("Only those come to it who began with an earlier version of the campaign.")
        return escape(sentence)
    least = min(each.count.counted for each in line.variants)
    if least >= line.needed:
        return escape(speech.gettext("Enough customers are counted: whoever comes next to the split looks."))
    sentence = speech.gettext(
        "The next look comes when %(needed)s customers are counted in each variant; "
        "so far %(least)s are in the smallest."
    )
    return speech.say(sentence, needed=speech.number(line.needed), least=speech.number(least))


def _row(speech: Speech, line: ExperimentLine, each: VariantLine, best: float) -> VariantRow:
    return VariantRow(
        title=title_of(each.name),
        share=speech.share(each.share),
        entered=speech.number(each.entered),
        counted=speech.number(each.count.counted),
        succeeded=speech.number(each.count.succeeded),
        rate=speech.fine_rate(each.count.succeeded, each.count.counted),
        share_of_best=round(100 * each.count.rate / best, 1) if best else 0.0,
        is_kept=each.name == line.winner,
    )


def _look(speech: Speech, look: LookLine) -> LookRow:
    if look.chance == 1:
        sentence = speech.gettext("Look %(number)s: no variant was ahead of all others.")
    elif look.winner is None:
        sentence = speech.gettext(
            "Look %(number)s: chance may explain that “%(name)s” is ahead "
            "(it would in %(chance)s of all cases; up to %(error)s would be enough)."
        )
    else:
        sentence = speech.gettext(
            "Look %(number)s: “%(name)s” is kept "
            "(chance would put it so far ahead in %(chance)s of all cases; up to %(error)s is enough)."
        )
    found = speech.say(
        sentence,
        number=speech.number(look.number),
        name=title_of(look.best),
        chance=speech.small_share(look.chance),
        error=speech.small_share(look.error),
    )
    counts = {name: (each.counted, each.succeeded) for name, each in look.counts.items()}
    return LookRow(look.at, look.instance_id, counts_words(speech, counts), found)
