"""A plan as shapes and flows on a plane: what the console draws and BPMN carries."""
