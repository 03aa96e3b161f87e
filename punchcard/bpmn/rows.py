"""Which element of BPMN each kind of shape is, and how each kind of trigger begins a process."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from punchcard.picture.graph import Kind
from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    EventTrigger,
    InactiveTrigger,
    ItemsTrigger,
    ManualTrigger,
    OrderTrigger,
    RewardTrigger,
    ScheduleTrigger,
    SegmentTrigger,
    SpendTrigger,
    VisitsTrigger,
)

Definition = Literal["none", "message", "timer", "condition"]

ELEMENTS: Mapping[Kind, str] = MappingProxyType(
    {
        "start": "bpmn:startEvent",
        "end": "bpmn:endEvent",
        "stop": "bpmn:endEvent",
        "reward": "bpmn:serviceTask",
        "send": "bpmn:sendTask",
        "ask": "bpmn:receiveTask",
        "receive": "bpmn:receiveTask",
        "timer": "bpmn:intermediateCatchEvent",
        "catch": "bpmn:intermediateCatchEvent",
        "race": "bpmn:eventBasedGateway",
        "fork": "bpmn:exclusiveGateway",
        "join": "bpmn:exclusiveGateway",
        "update": "bpmn:serviceTask",
        "onward": "bpmn:callActivity",
        "call": "bpmn:serviceTask",
        "task": "bpmn:userTask",
        "approve": "bpmn:userTask",
        "divide": "bpmn:parallelGateway",
        "gather": "bpmn:parallelGateway",
        "first": "bpmn:exclusiveGateway",
        "loop": "bpmn:exclusiveGateway",
        "again": "bpmn:exclusiveGateway",
        "undo": "bpmn:task",
    }
)
# Gateways whose ways out are labelled and have conditions; BPMN has neither where all ways are gone.
CONDITIONAL: frozenset[Kind] = frozenset({"fork", "again"})
# Of the events; a task that sends or receives names its message itself.
DEFINITIONS: Mapping[Kind, Definition] = MappingProxyType({"timer": "timer", "catch": "message"})
STARTS: Mapping[type, Definition] = MappingProxyType(
    {
        SpendTrigger: "condition",
        OrderTrigger: "message",
        ItemsTrigger: "condition",
        EventTrigger: "message",
        ManualTrigger: "none",
        BirthdayTrigger: "timer",
        InactiveTrigger: "condition",
        ScheduleTrigger: "timer",
        VisitsTrigger: "condition",
        AnniversaryTrigger: "timer",
        RewardTrigger: "condition",
        SegmentTrigger: "condition",
    }
)
