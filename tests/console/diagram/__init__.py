"""Tests of the console's diagram."""
