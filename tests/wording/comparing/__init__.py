"""Tests of versions compared."""
