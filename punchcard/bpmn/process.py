"""The process: each shape of the picture as an element, each flow between them, and the messages that they name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from punchcard.bpmn.moments import timer
from punchcard.bpmn.namespaces import formal, within
from punchcard.bpmn.rows import CONDITIONAL, DEFINITIONS, ELEMENTS, STARTS, Definition
from punchcard.bpmn.ways import condition
from punchcard.picture import text
from punchcard.picture.graph import Graph, Link, Node
from punchcard.picture.sizes import LETTER, ROOM
from punchcard.picture.ways import way_word
from punchcard.plan.model import Moment, Plan, Step, walk
from punchcard.plan.triggers import EventTrigger
from punchcard.wording.letters import message_of
from punchcard.wording.names import event_name, title_of
from punchcard.wording.sections.steps import lines
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, undo_words

MOST_LINES = 3
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]")


@dataclass(frozen=True, slots=True)
class Named:
    """A flow with its id; one out of an exclusive gateway with what stands beside it and its condition."""

    id: str
    link: Link
    words: str | None = None
    condition: str | None = None

    @property
    def is_default(self) -> bool:
        """Whether it is taken when no other way is."""
        return self.words is not None and self.condition is None


@dataclass(slots=True)
class Process:
    """A plan's graph on its way into XML: `body` is the process, `messages` are the ids of those that it names."""

    speech: Speech
    plan: Plan
    graph: Graph
    labels: dict[str, Label]
    body: Element
    flows: tuple[Named, ...] = ()
    messages: dict[str, str] = field(default_factory=dict)

    @property
    def taken_back(self) -> str:
        """The name of the event at a step's edge from which it is taken back."""
        return self.speech.gettext("Undo")

    def write(self) -> None:
        """Write every element, with what flows into it and out of it."""
        self.flows = tuple(self._named())
        arriving, leaving = defaultdict(list), defaultdict(list)
        for flow in self.flows:
            arriving[element_id(flow.link.target)].append(flow.id)
            leaving[begin(flow.link)].append(flow.id)
        sentences = {
            line.path: f"{line.number}  {line.text}" for line in lines(self.speech, self.plan) if line.path
        }
        for path, sentence in sentences.items():
            # What takes a step back is no part of the flow: it is told where the step is.
            owner, within_undo, _ = path.rpartition(".undo.")
            if within_undo:
                head = undo_words(self.speech)
                sentences[owner] = f"{sentences[owner]}\n{head}: {sentence.partition('  ')[2]}"
        steps = {step.path: step for step in walk(self.plan.steps)}
        for node in self.graph.nodes:
            step = steps.get(node.path or "")
            element = within(self.body, ELEMENTS[node.kind], id=element_id(node.id))
            self._name(element, node)
            self._document(element, node, sentences.get(node.id))
            self._connect(element, arriving[element_id(node.id)], leaving[element_id(node.id)])
            self._specify(element, node, step)
            if node.has_edge and step is not None:
                self._edge(node, step, leaving[edge_id(node.id)])
            if node.has_undo:
                self._undoable(node)
        for flow in self.flows:
            self._flow(flow)
        for node in self.graph.nodes:
            if node.undoes is not None:
                self._undo(node, node.undoes)

    def _named(self) -> list[Named]:
        steps = {step.path: step for step in walk(self.plan.steps)}
        forks = {node.id for node in self.graph.nodes if node.kind in CONDITIONAL}
        named = []
        for number, link in enumerate(self.graph.links, start=1):
            flow = Named(f"flow-{number}", link)
            if link.source in forks:
                step = steps[link.source.partition(":")[0]]
                words = way_word(self.speech, step, link.exit)
                flow = replace(flow, words=words, condition=condition(step, link.exit))
            named.append(flow)
        return named

    def _name(self, element: Element, node: Node) -> None:
        label = self.labels.get(node.id)
        if label is None or not (label.kicker or label.text):
            return
        if not label.kicker or node.kind in ("timer", "fork", "divide", "again", "stop"):
            element.set("name", label.text)
            return
        # No longer than the shape has room for beside its icon: all of it stands in the documentation.
        shown = text.wrap(f"{label.kicker}: {label.text}", ROOM["export"]["task"], LETTER, MOST_LINES)
        element.set("name", " ".join(shown))

    def _document(self, element: Element, node: Node, sentence: str | None) -> None:
        label = self.labels.get(node.id)
        words = sentence or (label.sentence if label else "")
        if words:
            within(element, "bpmn:documentation", words)

    def _connect(self, element: Element, arriving: list[str], leaving: list[str]) -> None:
        for id_ in arriving:
            within(element, "bpmn:incoming", id_)
        for id_ in leaving:
            within(element, "bpmn:outgoing", id_)

    def _specify(self, element: Element, node: Node, step: Step | None) -> None:
        if node.undoes is not None:
            element.set("isForCompensation", "true")
        if node.takes_back:
            within(element, "bpmn:compensateEventDefinition")
        match node.kind:
            case "start":
                self._begin(element)
            case "timer" | "catch":
                self._define(element, DEFINITIONS[node.kind], node, step)
            case "send":
                element.set("messageRef", self._message(self._letter(step)))
            case "ask":
                answer = self.speech.gettext("%(question)s (answer)") % {"question": self._letter(step)}
                element.set("messageRef", self._message(answer))
            case "receive":
                element.set("messageRef", self._message(self._events(getattr(step, "events", ()))))
            case kind if kind in CONDITIONAL:
                default = next(
                    (flow.id for flow in self.flows if flow.link.source == node.id and flow.is_default),
                    None,
                )
                if default is not None:
                    element.set("default", default)

    def _begin(self, element: Element) -> None:
        trigger = self.plan.trigger
        kind = STARTS[type(trigger)]
        words = self.labels["start"].text
        if kind == "message":
            called = title_of(trigger.name) if isinstance(trigger, EventTrigger) else words
            within(element, "bpmn:messageEventDefinition", messageRef=self._message(called))
        elif kind == "condition":
            formal(within(element, "bpmn:conditionalEventDefinition"), "bpmn:condition", words)
        elif kind == "timer":
            formal(within(element, "bpmn:timerEventDefinition"), "bpmn:timeCycle", words)

    def _define(self, element: Element, kind: Definition, node: Node, step: Step | None) -> None:
        if kind == "message":
            within(
                element, "bpmn:messageEventDefinition", messageRef=self._message(self._events(node.events))
            )
        elif step is not None:
            _timed(element, step)

    def _edge(self, node: Node, step: Step, leaving: list[str]) -> None:
        boundary = within(
            self.body, "bpmn:boundaryEvent", id=edge_id(node.id), attachedToRef=element_id(node.id)
        )
        words = self.labels[node.id].timer or "" if node.has_timer else self.speech.gettext("Error")
        boundary.set("name", words)
        self._connect(boundary, [], leaving)
        if node.has_timer:
            _timed(boundary, step)
        else:
            within(boundary, "bpmn:errorEventDefinition")

    def _undoable(self, node: Node) -> None:
        """A step that can be taken back has an event at its edge, from which no flow leads."""
        boundary = within(
            self.body, "bpmn:boundaryEvent", id=undo_id(node.id), attachedToRef=element_id(node.id)
        )
        boundary.set("name", self.taken_back)
        within(boundary, "bpmn:compensateEventDefinition")

    def _undo(self, node: Node, undone: str) -> None:
        within(
            self.body,
            "bpmn:association",
            id=f"undoing-{element_id(node.id)}",
            associationDirection="One",
            sourceRef=undo_id(undone),
            targetRef=element_id(node.id),
        )

    def _flow(self, flow: Named) -> None:
        element = within(
            self.body,
            "bpmn:sequenceFlow",
            id=flow.id,
            sourceRef=begin(flow.link),
            targetRef=element_id(flow.link.target),
        )
        if flow.words is not None:
            element.set("name", flow.words)
        if flow.condition is not None:
            formal(element, "bpmn:conditionExpression", flow.condition)

    def _letter(self, step: Step | None) -> str:
        return title_of((message_of(step) if step else None) or "")

    def _events(self, names: tuple[str, ...]) -> str:
        return self.speech.either([event_name(self.speech, name) for name in names])

    def _message(self, called: str) -> str:
        """Return the id of a message, which is declared beside the process."""
        if called not in self.messages:
            self.messages[called] = f"message-{len(self.messages) + 1}"
        return self.messages[called]


def element_id(node_id: str) -> str:
    """Return the id of a node's element; XML allows fewer signs than a path has."""
    return f"node-{_UNFIT.sub('--', node_id)}"


def edge_id(node_id: str) -> str:
    """Return the id of the event at a task's edge, a timer or an error."""
    return f"edge-{_UNFIT.sub('--', node_id)}"


def undo_id(node_id: str) -> str:
    """Return the id of the event at a task's edge from which it is taken back."""
    return f"undo-{_UNFIT.sub('--', node_id)}"


def begin(link: Link) -> str:
    """Return the id of the element that a flow leaves."""
    return edge_id(link.source) if link.port == "edge" else element_id(link.source)


def _timed(element: Element, step: Step) -> None:
    moment: Moment = getattr(step, "until", None) or getattr(step, "up_to")  # noqa: B009 - each kind has one
    formal(within(element, "bpmn:timerEventDefinition"), *timer(moment))
