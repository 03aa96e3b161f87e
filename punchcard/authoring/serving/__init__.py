"""The Language Server Protocol: what editors ask and are told, in its own types."""
