"""The sections of an explanation: one file for each, whose `lines` are what stands in it."""
