"""BPMN 2.0: a campaign as XML with its diagram, for other tools to open."""
