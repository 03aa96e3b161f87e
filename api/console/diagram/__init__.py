"""A campaign's picture in BPMN's notation, drawn from its plan: no script, no third-party layout."""
