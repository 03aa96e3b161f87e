"""Tests of the export as BPMN."""
