"""Calling other systems: over verified addresses, signed, within limits, and nothing but what was asked for."""
