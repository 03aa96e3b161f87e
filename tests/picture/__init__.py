"""Tests of the picture of a plan."""
