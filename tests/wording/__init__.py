"""Tests of plans in words."""
