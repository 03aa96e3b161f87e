"""All tables together: what the migrations are compared with."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from sqlmodel import SQLModel

from punchcard import domain

# A table is known once its noun is imported; none can be forgotten this way.
for noun in iter_modules(domain.__path__):
    import_module(f"{domain.__name__}.{noun.name}")

metadata = SQLModel.metadata
