"""The small valid world of the shapes' tests, and the cases written by hand in shape_cases/."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from graph.change import Change
from graph.names import RDF_TYPE
from graph.terms import NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import GraphName, Subject, Term

    from .shape_constraints import Asked

FOLDER = Path(__file__).parent / "shape_cases"
WORLD = (FOLDER / "world.trig").read_text()
PREFIXES = "\n".join(line for line in WORLD.splitlines() if line.startswith("@prefix"))
GRAPH = "https://w3id.org/medalgraph/id/graph/"
BOOK, NEWS = NamedNode(GRAPH + "book"), NamedNode(GRAPH + "news")
ANYTHING = NamedNode("urn:anything")
"""What ``?`` stands for where statements are deleted: each value."""

_SIGN = re.compile(r"(?P<sign>[-+])(?P<graph>\w*) (?P<triple>.+)")


@cache
def world() -> frozenset[Quad]:
    """Return the statements of the valid world."""
    return frozenset(parse(WORLD, format=RdfFormat.TRIG))


def stated(subject: Term, predicate: NamedNode) -> list[Quad]:
    """Return what the world says of a property of a thing."""
    found = [q for q in world() if q.subject == subject and q.predicate == predicate]
    return sorted(found, key=str)


def targets(constraint: Asked, quads: Iterable[Quad] | None = None) -> list[Subject]:
    """Return the things of the world, or of other statements, that a constraint is asked of."""
    found = {q.subject for q in (world() if quads is None else quads) if _is_aim(constraint, q)}
    return sorted(found, key=str)  # type: ignore[arg-type] # no quoted triples


def _is_aim(constraint: Asked, quad: Quad) -> bool:
    if constraint.is_class:
        return quad.predicate == RDF_TYPE and quad.object == constraint.target
    return quad.predicate == constraint.target


@dataclass(frozen=True, slots=True)
class Case:
    """One change of the world, written by hand.

    Attributes:
        file: the file that it stands in.
        title: the sentence that it is told by.
        shape: the local name of the shape that it breaks, or None if it is valid.
        focus: the node that is reported.
        also: the other shapes that cannot but complain as well.
        change: what is done to the world.

    """

    file: str
    title: str
    shape: str | None
    focus: NamedNode | None
    also: frozenset[str]
    change: Change

    def __str__(self) -> str:
        """Return the shape and the sentence."""
        return f"{self.shape or 'valid'}: {self.title}"


def written_cases() -> list[Case]:
    """Return the cases of each file: blank lines part them.

    A case opens with ``Shape focus-node: sentence`` or ``valid: sentence``; a line ``also Shape``
    names what else must fail. ``- s p o`` deletes a statement wherever it stands, ``- s p ?``
    each value, and ``- s`` all that is said of a thing. ``+ s p o`` adds a statement to
    graph:book, ``+news s p o`` to graph:news.
    """
    return [
        _case(path.stem, block)
        for path in sorted(FOLDER.glob("*.cases"))
        for block in re.split(r"\n\s*\n", path.read_text().strip())
        if not block.startswith("#")
    ]


def _case(file: str, block: str) -> Case:
    head, *lines = block.splitlines()
    named = re.fullmatch(r"valid: (.+)|(\S+) (\S+): (.+)", head)
    assert named, f"{file}: a case opens with its shape, focus node and sentence, not {head}"
    valid, shape, focus, title = named.groups()
    also = frozenset(
        word for line in lines if line.startswith("also ") for word in line.split()[1:]
    )
    return Case(
        file,
        valid or title,
        shape,
        _node(focus) if focus else None,
        also,
        _change([line for line in lines if not line.startswith("also ")]),
    )


def _node(name: str) -> NamedNode:
    (quad,) = parse(f"{PREFIXES}\n{name} a {name} .", format=RdfFormat.TRIG)
    assert isinstance(quad.subject, NamedNode)
    return quad.subject


def _change(lines: list[str]) -> Change:
    added: list[Quad] = []
    removed: list[Quad] = []
    for line in lines:
        found = _SIGN.fullmatch(line)
        assert found, f"not a statement to add or to delete: {line}"
        graph = NamedNode(GRAPH + (found["graph"] or "book"))
        if found["sign"] == "+":
            added += _quads(found["triple"], graph)
        else:
            removed += _deleted(found["triple"])
    assert world().isdisjoint(added), f"it is stated already: {lines}"
    return Change.of(added, removed)


def _quads(triple: str, graph: GraphName) -> Iterator[Quad]:
    for quad in parse(f"{PREFIXES}\n{triple} .", format=RdfFormat.TRIG):
        yield Quad(quad.subject, quad.predicate, quad.object, graph)


def _deleted(triple: str) -> list[Quad]:
    if " " not in triple:
        found = [q for q in world() if q.subject == _node(triple)]
        assert found, f"the world does not say anything of {triple}"
        return found
    (one,) = _quads(re.sub(r" \?$", f" <{ANYTHING.value}>", triple), BOOK)
    told = stated(one.subject, one.predicate)  # type: ignore[arg-type] # no quoted triples
    found = [q for q in told if one.object in (q.object, ANYTHING)]
    assert found, f"the world does not say {triple}"
    return found
