"""How statements are spelled in a file for an engine's own loader, so that it keeps them.

What an engine keeps exactly when SPARQL says it, its loader may alter: Virtuoso's makes
decimals of integers beyond 31 bits, and an infinity that no question finds. Both have
another spelling that it reads rightly and others do not read. Which is needed is tried through
the Graph Store Protocol, behind which an engine has the same reader of files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph.errors import MissingCapability
from graph.terms import Literal

from .literals import BEYOND_31_BITS, INFINITE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.terms import NamedNode, Quad

    from .literals import Kind
    from .session import Session


@dataclass(frozen=True, slots=True)
class _Odd:
    """Literals that some loader reads rightly in another spelling only."""

    kind: Kind
    spell: Callable[[Literal], str]


def _bare(literal: Literal) -> str:
    """Return an integer as Turtle writes it for short."""
    return literal.value


def _overflowing(literal: Literal) -> str:
    """Return an infinity as a number that is too large."""
    sign = "-" if literal.value.startswith("-") else ""
    return str(Literal(f"{sign}1e400", datatype=literal.datatype))


_ODD = (_Odd(BEYOND_31_BITS, _bare), _Odd(INFINITE, _overflowing))
_BY_DATATYPE = {datatype: odd for odd in _ODD for datatype in odd.kind.datatypes}


class Loader:
    """Spells statements for the loader of one engine.

    Args:
        session: speaks with the engine, and says how it keeps terms.

    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def line(self, quad: Quad, graph: NamedNode) -> str:
        """Return a statement as a line of the file, to be loaded into a graph.

        Raises:
            MissingCapability: if the loader would alter it.

        """
        outward = self._session.skolem.outward
        value = outward(quad.object)  # type: ignore[arg-type] # no quoted triples
        text = self._spelled(value) if isinstance(value, Literal) else str(value)
        return f"{outward(quad.subject)} {quad.predicate} {text} {graph} .\n"  # type: ignore[arg-type] # no quoted triples

    def _spelled(self, literal: Literal) -> str:
        odd = _BY_DATATYPE.get(literal.datatype.value)
        if odd is None or not odd.kind.has(literal):
            return str(literal)
        spell = self._spellings[odd.kind.name]
        if spell is None:
            raise MissingCapability(
                f"The loader of the engine at {self._session.client.address.text} does not keep"
                f" {odd.kind.name} as they are, such as {literal.value[:40]}, or it cannot be"
                " tried whether it does.",
                hint="Let the engine speak the Graph Store Protocol beside this address, or load"
                " the statements over HTTP.",
            )
        return spell(literal)

    @cached_property
    def _spellings(self) -> Mapping[str, Callable[[Literal], str] | None]:
        """By the name of each kind how it is spelled; None where neither spelling is kept."""
        can = self._session.can
        found: dict[str, Callable[[Literal], str] | None] = {}
        for odd in _ODD:
            tried = (str, odd.spell) if can.graph_store else ()
            kept = (spell for spell in tried if can.reads_from_files(odd.kind.samples, spell))
            found[odd.kind.name] = next(kept, None)
        return found
