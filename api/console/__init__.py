"""The console: server-rendered pages for marketers, analysts and admins, under `/console`."""

from api.console.application import mount

__all__ = ["mount"]
