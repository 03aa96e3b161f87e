"""What a journal says of variants and experiments, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from api.console.words.account import Account, Told
from punchcard.domain.instance_story import Entry
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech


def counts_words(speech: Speech, counts: Mapping[str, Sequence[int]]) -> str:
    """Return what a look saw: of each variant how many customers had succeeded."""
    sentence = speech.gettext("%(variant)s: %(succeeded)s of %(counted)s (%(rate)s)")
    return "; ".join(
        sentence
        % {
            "variant": title_of(name),
            "succeeded": speech.number(succeeded),
            "counted": speech.number(counted),
            "rate": speech.fine_rate(succeeded, counted),
        }
        for name, (counted, succeeded) in counts.items()
    )


def _assigned(account: Account, entry: Entry) -> Told:
    speech, name = account.speech, title_of(str(entry.data.get("way")))
    if "look" not in entry.data:
        return Told(speech.say(speech.gettext("Got the variant “%(name)s”"), name=name), "fork")
    words = speech.say(speech.gettext("Got the variant “%(name)s”, which has proved the best"), name=name)
    seen = counts_words(speech, entry.data["counts"])
    detail = speech.say(
        speech.gettext("Look %(number)s at the experiment saw: %(values)s"),
        number=speech.number(entry.data["look"]),
        values=seen,
    )
    return Told(words, "fork", "quiet", detail)


def _looked(account: Account, entry: Entry) -> Told:
    speech, winner = account.speech, entry.data.get("winner")
    if winner is None:
        sentence = speech.gettext("Was the first to come when it was time for look %(number)s at the experiment: "
                                  "chance may explain the difference, so it goes on")  # fmt: skip
    else:
        sentence = speech.gettext("Was the first to come when it was time for look %(number)s at the experiment: "
                                  "the variant “%(name)s” is kept")  # fmt: skip
    number = speech.number(entry.data["look"])
    words = speech.say(sentence, number=number, name=title_of(str(winner)))
    seen = counts_words(speech, entry.data["counts"])
    return Told(words, "fork", "quiet", speech.say(speech.gettext("It saw: %(values)s"), values=seen))


EXPERIMENTS: Mapping[str, Callable[[Account, Entry], Told]] = MappingProxyType(
    {"assigned": _assigned, "looked": _looked}
)
