"""Journeys per second: the compiled running example beside the same journey written by hand."""
