"""The command line: one file for each group of commands, and this the root that joins them."""

from punchcard.cli.main import main

__all__ = ["main"]
