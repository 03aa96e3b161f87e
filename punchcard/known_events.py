"""A programme with the events that its campaigns may speak of: by their schemas, wherever these were found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from punchcard.domain.json_schemas import choices_of, fields_of, required_of
from punchcard.language import Programme


def with_schemas(programme: Programme, schemas: Mapping[str, Mapping[str, Any]]) -> Programme:
    """Return the programme with events by their names and schemas, besides those that it knows."""
    return replace(
        programme,
        events={**programme.events, **{name: fields_of(each) for name, each in schemas.items()}},
        choices={**programme.choices, **{name: choices_of(each) for name, each in schemas.items()}},
        required={**programme.required, **{name: required_of(each) for name, each in schemas.items()}},
    )
