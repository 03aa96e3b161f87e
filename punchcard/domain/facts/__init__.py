"""The facts of a commit: one file for each kind, and `table` that names them all."""
