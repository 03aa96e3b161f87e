"""The words that stand in and beside each shape of the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from punchcard.picture.graph import END, SPEAKING, START, Graph, Node
from punchcard.picture.ways import way_word
from punchcard.plan.model import Plan, Step, walk
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
    told = {path: step_label(speech, plan, step) for path, step in steps.items()}
    labels |= told
    exits: dict[str, list[str]] = {}
    for link in drawn.links:
        exits.setdefault(link.source, []).append(link.exit)
    for node in drawn.nodes:
        if node.path is not None and node.id not in labels:
            labels[node.id] = _beside(speech, node, steps[node.path], told)
        if node.kind in SILENT:
            labels[node.id] = Label("", "", labels[node.id].sentence if node.id in labels else "")
        elif node.kind in SPEAKING and node.path is not None:
            ways = tuple(way_word(speech, steps[node.path], way) for way in exits.get(node.id, ()))
            labels[node.id] = replace(labels[node.id], ways=ways)
    return labels


def _beside(speech: Speech, node: Node, step: Step, told: Mapping[str, Label]) -> Label:
    """Return the label of a shape that stands beside its step's own."""
    whole = told[step.path]
    if node.kind == "undo":
        back = "; ".join(told[each.path].whole for each in getattr(step, "undo", ()))
        return Label(speech.gettext("Taken back"), back, f"{undo_words(speech)}: {back}")
    if node.kind in SILENT:
        return whole
    if node.kind == "fork":
        words = speech.gettext("Approved?")
    else:
        words = speech.either([event_name(speech, name) for name in node.events]) or whole.timer or ""
    return Label("", words, words)
