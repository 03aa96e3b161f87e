"""A campaign in plain sentences, as the API shows it."""

from __future__ import annotations

from pydantic import Field

from api.shapes.values import Given
from punchcard.wording.explanation import Explanation, Section
from punchcard.wording.sections.line import Line


class LineShown(Given):
    """A sentence, or a step with its number; `depth` is how far it is indented."""

    text: str
    number: str | None = Field(
        description="The number of a step or of one of its ways; null for a plain sentence."
    )
    depth: int
    step: str | None = Field(description="The path of the step that the line tells, as instances name it.")


class SectionShown(Given):
    """One heading with its lines; `name` is the same in every language."""

    name: str
    heading: str
    lines: list[LineShown]


class ExplanationShown(Given):
    """A campaign in words."""

    campaign: str
    language: str = Field(description="The language that it is told in.", examples=["en-US"])
    title: str
    summary: str
    sections: list[SectionShown]


def explanation_shown(explanation: Explanation) -> ExplanationShown:
    """Put an explanation into its shape."""
    return ExplanationShown(
        campaign=explanation.campaign,
        language=explanation.language,
        title=explanation.title,
        summary=explanation.summary,
        sections=[_section(section) for section in explanation.sections],
    )


def _section(section: Section) -> SectionShown:
    return SectionShown(
        name=section.name, heading=section.heading, lines=[_line(line) for line in section.lines]
    )


def _line(line: Line) -> LineShown:
    return LineShown(text=line.text, number=line.number or None, depth=line.depth, step=line.path)
