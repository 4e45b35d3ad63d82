"""Old addresses of what was found to be one, and what each source then says of it.

``old owl:sameAs new`` stands in the graph of identity. Whatever a source says of the old
address it says of the new one, so that a plain query finds one person or event; a name that is
not the one shown becomes another spelling, and what says less or the same in other words is set
aside as a claim of its source: a birth that is about the one known exactly, the sport of an event
under another name. An import says the same things again in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.change import Change
from graph.dates import agree
from graph.names import (
    OUTSIDE_PREFIXES,
    RDFS_LABEL,
    SAME_AS,
    SKOS_ALT_LABEL,
    Names,
    local_name,
    mg,
)
from graph.sources import Source, set_aside
from graph.terms import Literal, NamedNode, Quad

from .sports import families

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.engines.base import Reader
    from graph.terms import Term

Addresses = tuple[NamedNode, NamedNode]
"""An old address, and the one that stays."""

DIFFERENT_FROM = NamedNode(OUTSIDE_PREFIXES["owl"] + "differentFrom")
BORN, SPORT = mg("born"), mg("sport")
_DAY = len("1989-10-25")


def identity_graph(names: Names) -> NamedNode:
    """Return the graph that says what is the same person or event, and what is not."""
    return names.graph("identity")


def identity_source(names: Names) -> Source:
    """Return the description of that graph as a source."""
    return Source(
        graph=identity_graph(names),
        title="Who is the same person in several sources, as decided here",
        publisher="medalgraph",
        priority=1,
    )


def redirects(reader: Reader, names: Names) -> dict[Term, NamedNode]:
    """Return the address that each old one leads to, to the end."""
    graph = identity_graph(names)
    leads: dict[Term, NamedNode] = {}
    for quad in reader.quads(None, SAME_AS, graph=graph):
        if isinstance(quad.object, NamedNode):
            leads[quad.subject] = quad.object  # type: ignore[index] # no quoted triples
    return {old: _end(leads, new) for old, new in leads.items()}


def leads_to(reader: Reader, names: Names, old: NamedNode) -> NamedNode | None:
    """Return the address of today that an old one leads to; None for one that was never merged."""
    graph, seen, node = identity_graph(names), {old}, old
    while True:
        said = (quad.object for quad in reader.quads(node, SAME_AS, graph=graph))
        new = min((one for one in said if isinstance(one, NamedNode)), key=str, default=None)
        if new is None or new in seen:
            return node if node != old else None
        seen.add(new)
        node = new


def said_apart(reader: Reader, names: Names) -> frozenset[frozenset[Term]]:
    """Return the pairs of addresses of today that somebody said are two."""
    graph, leads = identity_graph(names), redirects(reader, names)
    pairs = reader.quads(None, DIFFERENT_FROM, graph=graph)
    return frozenset(
        frozenset(leads.get(node, node) for node in (quad.subject, quad.object))  # type: ignore[arg-type] # no quoted triples
        for quad in pairs
    )


class Redirector:
    """Says of things at their addresses of today what sources say at old ones.

    Args:
        reader: the state in which other sources are looked up.
        names: the names of the store.
        leads: the address of today by each old one.

    """

    def __init__(self, reader: Reader, names: Names, leads: dict[Term, NamedNode]) -> None:
        self._reader, self._names, self._leads = reader, names, leads

    def all(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield what quads say at the addresses of today."""
        if not self._leads:
            yield from quads
            return
        for quad in quads:
            if quad.subject in self._leads or quad.object in self._leads:
                yield from self.one(quad)
            else:
                yield quad

    def one(self, quad: Quad) -> Iterable[Quad]:
        """Return what one quad says at the addresses of today."""
        subject = self._leads.get(quad.subject, quad.subject)  # type: ignore[arg-type]
        value = self._leads.get(quad.object, quad.object)  # type: ignore[arg-type]
        moved = Quad(subject, quad.predicate, value, quad.graph_name)
        if moved.subject == quad.subject:
            return [moved]
        if moved.predicate == RDFS_LABEL:
            shown = self._elsewhere(moved)
            if shown and moved.object not in shown and isinstance(moved.object, Literal):
                other = Literal(moved.object.value)
                return [Quad(moved.subject, SKOS_ALT_LABEL, other, moved.graph_name)]
        reason = self._reason(moved)
        return set_aside(moved, self._names, reason=reason).added if reason else [moved]

    def _reason(self, moved: Quad) -> str:
        """Return why what another source says need not be said twice; nothing if it is new."""
        if moved.predicate == BORN and isinstance(moved.object, Literal):
            exact = self._exact(moved)
            return f"It is about the birth that is known exactly, {exact}." if exact else ""
        if moved.predicate == SPORT and isinstance(moved.object, NamedNode):
            known = {each for each in self._elsewhere(moved) if isinstance(each, NamedNode)}
            if moved.object not in known and families(known) & families([moved.object]):
                name = local_name(min(known, key=str))
                return f"It is the sport of the event under another name, {name}."
        return ""

    def _elsewhere(self, quad: Quad) -> set[Term]:
        """Return what other sources say of the same property."""
        stated = self._reader.quads(quad.subject, quad.predicate)  # type: ignore[arg-type]
        return {other.object for other in stated if other.graph_name != quad.graph_name}  # type: ignore[misc]

    def _exact(self, quad: Quad) -> str:
        """Return the day of birth in another source that a less exact one is about."""
        about = quad.object.value  # type: ignore[union-attr] # a literal
        for other in sorted(self._elsewhere(quad), key=str):
            day = other.value if isinstance(other, Literal) else ""
            if len(day) == _DAY and len(about) != _DAY and agree(about, day):
                return day
        return ""


def merge(reader: Reader, names: Names, pairs: Iterable[Addresses]) -> Change:
    """Return the change that makes each first address lead to the second one.

    Args:
        reader: the state.
        names: the names of the store.
        pairs: an old address and the one that stays.

    """
    graph = identity_graph(names)
    wanted = dict(pairs)
    links = [Quad(old, SAME_AS, new, graph) for old, new in wanted.items()]
    leads = redirects(reader, names) | wanted
    leads = {old: _end(leads, new) for old, new in leads.items()}
    mover = Redirector(reader, names, leads)
    added: set[Quad] = set(links)
    removed: set[Quad] = set()
    for old in wanted:
        for quad in [*reader.quads(old), *reader.quads(None, None, old)]:
            if quad.graph_name != graph:
                removed.add(quad)
                added.update(mover.one(quad))
    described = set(identity_source(names).quads(names))
    added |= {quad for quad in described if not reader.contains(quad)}
    return Change.of((quad for quad in added if not reader.contains(quad)), removed)


def _end(leads: dict[Term, NamedNode], node: NamedNode) -> NamedNode:
    seen = {node}
    while node in leads and leads[node] not in seen:
        node = leads[node]
        seen.add(node)
    return node
