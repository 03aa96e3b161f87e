"""The words that stand in and beside each shape of the picture."""

from __future__ import annotations

from collections.abc import Mapping

from punchcard.picture.graph import END, START, graph
from punchcard.plan.model import Plan, walk
from punchcard.wording.names import event_name
from punchcard.wording.speech import Speech
from punchcard.wording.steps import step_label
from punchcard.wording.steps.words import Label
from punchcard.wording.triggers import trigger_words


def labels_of(speech: Speech, plan: Plan) -> Mapping[str, Label]:
    """Return the label of each node by its id; a gateway that only races carries none."""
    trigger = trigger_words(speech, plan)
    done = speech.gettext("Done")
    labels = {
        START: Label("", trigger, speech.gettext("Starts: %(trigger)s") % {"trigger": trigger}),
        END: Label("", done, speech.gettext("The instance is completed")),
    }
    for step in walk(plan.steps):
        labels[step.path] = step_label(speech, plan, step)
    for node in graph(plan).nodes:
        if node.id in labels or node.path is None:
            continue
        whole = labels[node.path]
        words = speech.either([event_name(speech, name) for name in node.events]) or whole.timer or ""
        labels[node.id] = Label("", words, words)
    return {
        **labels,
        **{
            node.id: Label("", "", labels[node.id].sentence)
            for node in graph(plan).nodes
            if node.kind == "race"
        },
    }
