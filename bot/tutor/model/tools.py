"""The calculator and the course search as LangChain tools; what they find becomes evidence."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Annotated

from langchain_core.tools import BaseTool, StructuredTool
from pydantic import BaseModel, Field

from bot.calculator.door import answer as calculate
from bot.calculator.errors import CalculatorError
from bot.tutor.model.grounds import Grounds
from bot.tutor.model.quoting import passage, quoted
from bot.tutor.model.wording import say
from bot.tutor.offline import Finds
from knowledge.models import Passage

HITS = 4
LONGEST_QUERY = 400


class SearchInput(BaseModel):
    """What the course search is told."""

    query: Annotated[str, Field(description=say("tool.search_query"))]


class CalculateInput(BaseModel):
    """What the calculator is told."""

    question: Annotated[str, Field(description=say("tool.calculate_question"))]


def tools(
    grounds: Grounds, library: Finds, withheld: tuple[str, str] | None = None
) -> list[BaseTool]:
    """Return the tools of one answer. `withheld`: a lesson and section that no tool may show."""

    async def search_course(query: str) -> str:
        found = await asyncio.to_thread(library.find, query[:LONGEST_QUERY], "", HITS)
        given = grounds.add(allowed((hit.passage for hit in found.hits), withheld))
        if not given or not found.covered:
            return say("tool.nothing_found")
        return "\n".join(
            passage(one.number, one.passage.heading, one.passage.text) for one in given
        )

    async def calculator(question: str) -> str:
        try:
            made = await asyncio.to_thread(calculate, question[:LONGEST_QUERY])
        except CalculatorError as fault:
            return str(fault)
        if made is None:
            return say("tool.nothing_calculated")
        grounds.calculations.append(made)
        return quoted("\n".join((made.text, *made.steps, *made.notes)))

    return [
        StructuredTool.from_function(
            coroutine=search_course,
            name="search_course",
            description=say("tool.search_course"),
            args_schema=SearchInput,
        ),
        StructuredTool.from_function(
            coroutine=calculator,
            name="calculate",
            description=say("tool.calculate"),
            args_schema=CalculateInput,
        ),
    ]


def allowed(passages: Iterable[Passage], withheld: tuple[str, str] | None) -> list[Passage]:
    """Return the passages that may be shown: all but those of the section withheld."""
    return [one for one in passages if (one.lesson, one.section) != withheld]
