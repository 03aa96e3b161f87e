"""Tests of the console's routes."""
