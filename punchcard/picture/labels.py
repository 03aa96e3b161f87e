"""The words that stand in and beside each shape of the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from punchcard.picture.graph import END, SPEAKING, START, Graph
from punchcard.picture.ways import way_word
from punchcard.plan.model import Plan, walk
from punchcard.wording.names import event_name
from punchcard.wording.speech import Speech
from punchcard.wording.steps import step_label
from punchcard.wording.steps.words import Label, undo_words
from punchcard.wording.triggers import trigger_words

# They only lead on, or their partner says what they are: nothing stands beside them.
SILENT = frozenset({"race", "join", "gather", "first", "loop"})


def labels_of(speech: Speech, plan: Plan, drawn: Graph) -> Mapping[str, Label]:
    """Return the label of each node of a plan's graph by its id."""
    trigger = trigger_words(speech, plan)
    done = speech.gettext("Done")
    labels = {
        START: Label("", trigger, speech.gettext("Starts: %(trigger)s") % {"trigger": trigger}),
        END: Label("", done, speech.gettext("The instance is completed")),
    }
    steps = {step.path: step for step in walk(plan.steps)}
    for step in steps.values():
        labels[step.path] = step_label(speech, plan, step)
    for node in drawn.nodes:
        if node.id in labels or node.path is None:
            continue
        whole = labels[node.path]
        if node.kind == "undo":
            back = [labels[each.path].whole for each in getattr(steps[node.path], "undo", ())]
            sentence = f"{undo_words(speech)}: {'; '.join(back)}"
            labels[node.id] = Label(speech.gettext("Taken back"), "; ".join(back), sentence)
            continue
        if node.kind in SILENT:
            labels[node.id] = whole
            continue
        words = speech.either([event_name(speech, name) for name in node.events]) or whole.timer or ""
        if node.kind == "fork":
            words = speech.gettext("Approved?")
        labels[node.id] = Label("", words, words)
    for node in drawn.nodes:
        if node.kind in SPEAKING and node.path is not None:
            exits = [link.exit for link in drawn.links if link.source == node.id]
            ways = tuple(way_word(speech, steps[node.path], exit_) for exit_ in exits)
            labels[node.id] = replace(labels[node.id], ways=ways)
        elif node.kind in SILENT:
            labels[node.id] = Label("", "", labels[node.id].sentence if node.id in labels else "")
    return labels
