"""The graph in the words of others: what each record says in another vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, RDFS_LABEL, mg
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode, Quad

from .facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from graph.progress import Progress
    from graph.terms import Object, Subject

    from .facts import About
    from .scopes import Selection

    Said: TypeAlias = Iterable[tuple[NamedNode, Object]]
    Teller: TypeAlias = Callable[[Facts, Subject, About], Iterable[Quad]]


@dataclass(frozen=True, slots=True)
class Profile:
    """One vocabulary of others.

    Attributes:
        name: as the command line spells it.
        means: what it is, for people.
        prefixes: that its documents declare.
        tellers: what says a record in these words, by the class of the record.

    """

    name: str
    means: str
    prefixes: Mapping[str, str]
    tellers: Mapping[NamedNode, Teller]

    def quads(self, selection: Selection, *, progress: Progress) -> Iterator[Quad]:
        """Yield a selection in the words of this profile; a statement may come twice."""
        facts = Facts(selection)
        for kind, tell in self.tellers.items():
            for node in facts.things(kind, progress=progress):
                yield from tell(facts, node, facts.about(node))


def told(node: Subject, kind: NamedNode, said: Said) -> Iterator[Quad]:
    """Yield that a thing is of a class, and what is said of it."""
    yield Quad(node, RDF_TYPE, kind, DEFAULT_GRAPH)
    for prop, value in said:
        yield Quad(node, prop, value, DEFAULT_GRAPH)


def label(facts: Facts, node: Subject) -> Said:
    """Yield what a thing is called."""
    yield RDFS_LABEL, Literal(facts.label(node))


def team_name(facts: Facts, node: Subject, about: About) -> str:
    """Return what a team is called: as somebody called it, else by its nations, or its members."""
    if facts.known(node, RDFS_LABEL):
        return facts.label(node)
    named = nodes(about, mg("nation")) or nodes(about, mg("athlete")) or [node]
    return ", ".join(map(facts.label, named))


def nodes(about: About, prop: NamedNode) -> list[Subject]:
    """Return the things that are values of a property."""
    return [value for value in about.values.get(prop, ()) if not isinstance(value, Literal)]


def texts(about: About, prop: NamedNode) -> list[str]:
    """Return the texts that are values of a property, the most trusted first."""
    return [value.value for value in about.values.get(prop, ()) if isinstance(value, Literal)]
