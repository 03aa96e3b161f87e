"""The diagram: where each shape stands, where its words stand, and through which points each flow runs."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from punchcard.bpmn.namespaces import within
from punchcard.bpmn.process import Named, edge_id, element_id, undo_id
from punchcard.picture import text
from punchcard.picture.layout import Flow, Layout, Shape
from punchcard.picture.sizes import BOUNDARY, GAP, LETTER, LINE, ROOM


def draw(root: Element, layout: Layout, flows: tuple[Named, ...], taken_back: str) -> None:
    """Append the diagram of a process whose flows are named; `taken_back` names the events of what is undone."""
    diagram = within(root, "bpmndi:BPMNDiagram", id="diagram")
    plane = within(diagram, "bpmndi:BPMNPlane", id="plane", bpmnElement="process")
    for shape in layout.shapes:
        _shape(plane, shape)
        if shape.node.has_edge:
            _boundary(plane, shape)
        if shape.node.has_undo:
            id_ = undo_id(shape.node.id)
            drawn = within(plane, "bpmndi:BPMNShape", id=f"{id_}-shape", bpmnElement=id_)
            radius = BOUNDARY["export"]
            _bounds(drawn, shape.undo_x - radius, shape.undo_y - radius, 2 * radius, 2 * radius)
            width = text.width(taken_back, LETTER)
            _label(drawn, shape.undo_x - radius - 4 - width, shape.undo_y + 4, width, LINE)
    named = {id(flow.link): flow for flow in flows}
    for flow in layout.flows:
        _edge(plane, flow, named[id(flow.link)])
    for undo in layout.undoes:
        id_ = f"undoing-{element_id(undo.undoing.node.id)}"
        drawn = within(plane, "bpmndi:BPMNEdge", id=f"{id_}-edge", bpmnElement=id_)
        for x, y in undo.points:
            within(drawn, "di:waypoint", x=_number(x), y=_number(y))


def _shape(plane: Element, shape: Shape) -> None:
    id_ = element_id(shape.node.id)
    drawn = within(plane, "bpmndi:BPMNShape", id=f"{id_}-shape", bpmnElement=id_)
    if shape.node.kind in ("fork", "again"):
        drawn.set("isMarkerVisible", "true")
    left, top = shape.x - shape.half_width, shape.y - shape.half_height
    _bounds(drawn, left, top, 2 * shape.half_width, 2 * shape.half_height)
    if shape.form != "task" and shape.lines:
        width, height = ROOM["export"][shape.form], LINE * len(shape.lines)
        above = shape.form == "gateway"
        place = top - GAP - height if above else shape.y + shape.half_height + GAP
        _label(drawn, shape.x - width / 2, place, width, height)


def _boundary(plane: Element, shape: Shape) -> None:
    id_ = edge_id(shape.node.id)
    drawn = within(plane, "bpmndi:BPMNShape", id=f"{id_}-shape", bpmnElement=id_)
    radius = BOUNDARY["export"]
    _bounds(drawn, shape.edge_x - radius, shape.edge_y - radius, 2 * radius, 2 * radius)
    # An error has one short word, which stands clear of the flow below it, too.
    width = max((text.width(line, LETTER) for line in shape.timer), default=4 * LETTER)
    _label(drawn, shape.edge_x + radius + 4, shape.edge_y + 4, width, LINE * max(1, len(shape.timer)))


def _edge(plane: Element, flow: Flow, named: Named) -> None:
    drawn = within(plane, "bpmndi:BPMNEdge", id=f"{named.id}-edge", bpmnElement=named.id)
    for x, y in flow.points:
        within(drawn, "di:waypoint", x=_number(x), y=_number(y))
    if named.words is not None:
        # Several ways leave by the same side: each is named in its own lane.
        x, y = flow.points[0] if flow.link.port == "out" else flow.points[1]
        _label(drawn, x + 5, y - LINE - 3, text.width(named.words, LETTER), LINE)


def _label(drawn: Element, left: float, top: float, width: float, height: float) -> None:
    _bounds(within(drawn, "bpmndi:BPMNLabel"), left, top, width, height)


def _bounds(drawn: Element, left: float, top: float, width: float, height: float) -> None:
    within(
        drawn,
        "dc:Bounds",
        x=_number(left),
        y=_number(top),
        width=_number(width),
        height=_number(height),
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
