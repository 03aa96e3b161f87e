"""Tests of the console's words."""
