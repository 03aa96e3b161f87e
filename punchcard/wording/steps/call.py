"""`call` in words."""

from __future__ import annotations

from urllib.parse import urlsplit

from punchcard.plan.conditions import Const, Field, names
from punchcard.plan.model import Call, Plan, pieces
from punchcard.wording.conditions import value_words
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import UNDO, Label, StepWords, undo_words


def _label(speech: Speech, plan: Plan, step: Call) -> Label:
    sentence = speech.gettext("We call %(host)s (%(request)s)")
    told = [sentence % {"host": host_of(step), "request": f"{step.method} {path_of(step)}"}]
    handed = _handed(speech, plan, step)
    if handed:
        told.append(speech.gettext("hand over %(values)s") % {"values": speech.both(handed)})
    if step.secret is not None:
        told.append(speech.gettext("sign with %(secret)s") % {"secret": speech.quote(title_of(step.secret))})
    if step.returns:
        kept = speech.both([speech.quote(title_of(each.name)) for each in step.returns])
        told.append(speech.gettext("keep %(fields)s of the reply") % {"fields": kept})
    return Label(speech.gettext("Call"), f"{host_of(step)}{path_of(step)}", speech.both(told))


def host_of(step: Call) -> str:
    """Return the host that is called."""
    return urlsplit(_text(step)).netloc


def path_of(step: Call) -> str:
    """Return the path that is called, with the names that are filled in in brackets."""
    return _text(step).partition("://")[2].removeprefix(host_of(step)).partition("?")[0] or "/"


def _text(step: Call) -> str:
    return "".join(
        str(piece.value.value) if isinstance(piece.value, Const) else f"[{_called(piece.value)}]"
        for piece in step.url
    )


def _called(value: object) -> str:
    return " ".join(value.path[1:]).replace("_", " ") if isinstance(value, Field) else ""


def _handed(speech: Speech, plan: Plan, step: Call) -> list[str]:
    """The values that leave the house, each once."""
    fields = [name for piece in (*step.url, *pieces(step.body)) for name in names(piece.value)]
    return list(dict.fromkeys(value_words(speech, plan, field) for field in fields))


def _clause(speech: Speech, plan: Plan, step: Call) -> str:
    return speech.gettext("then calls %(host)s") % {"host": host_of(step)}


def _way(speech: Speech, plan: Plan, step: Call, name: str) -> str:
    if name == UNDO:
        return undo_words(speech)
    return speech.gettext("If the call fails")


WORDS = StepWords(_label, _clause, _way)
