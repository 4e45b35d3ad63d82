"""The two sides of a comparison: each a count by a rule on a day, or a published table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.errors import BadInput
from graph.medals.near import Option, option_named
from graph.names import local_name

from .choices import rule_asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader
    from graph.medals.published import Published
    from graph.medals.rules import Rule

    from .asked import Asked


@dataclass(frozen=True, slots=True)
class Side:
    """One side.

    Attributes:
        rule: by which is counted; for a table that a source publishes its own, None if nobody
            says.
        on: the day of a count, nothing where nobody says.
        table: the published table; None for a count.

    """

    rule: Rule | None
    on: str = ""
    table: Published | None = None

    @property
    def words(self) -> str:
        """What it is, in words."""
        if self.table is not None:
            return f"“{self.table.title}”"
        told = f"by the rule “{self.rule.title}”" if self.rule else ""
        return f"{told}, as of {self.on}" if self.on else told


def sides_of(reader: Reader, asked: Asked, tables: Sequence[Published]) -> tuple[Side, Side]:
    """Return the two sides that are asked for; a second rule that is not named is the first.

    Args:
        reader: the state.
        asked: what is asked for.
        tables: the tables that sources publish of these Games.

    Raises:
        NotFound: for a rule or a source that there is not.
        BadInput: for a day of a source.

    """
    first = _side(reader, asked, tables)
    other = replace(
        asked,
        source=asked.with_source,
        rule=asked.with_rule or asked.rule,
        on=asked.with_on,
    )
    return first, _side(reader, other, tables)


def _side(reader: Reader, asked: Asked, tables: Sequence[Published]) -> Side:
    if not asked.source:
        return Side(rule_asked(reader, asked.rule, neutral=asked.neutral), asked.on)
    if asked.on:
        raise BadInput(
            "A published table has no day but its own.",
            hint="Leave the day out, or compare counts by a rule.",
        )
    options = [Option(t.graph, local_name(t.graph), t.title) for t in tables if t.graph]
    found = option_named(asked.source, options, what="source with a table of these Games")
    [table] = [t for t in tables if t.graph == found.node]
    return Side(table.rule, table=table)
