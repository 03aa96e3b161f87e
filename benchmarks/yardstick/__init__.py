"""The running example written by hand in plain Temporal Python: what Punchcard is measured against."""
