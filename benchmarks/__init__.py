"""What Punchcard costs and how fast it is, measured here and beside what one would write by hand."""
