"""Crash proof: nothing acknowledged is lost and nothing happens twice, whatever is killed."""
