"""What an engine can do and how it differs, found out by trying, each when it first matters.

What an engine says of itself (its name, its service description) is not relied on. The
probes write into graphs of their own and remove them again. Each difference is worked round
where it is found or answered with a clear error, and ``medalgraph doctor`` shows them all.
"""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from graph.errors import (
    AnswerCut,
    BadTerm,
    EngineProblem,
    EngineRefused,
    EngineUnreachable,
    MissingCapability,
)
from graph.lexical import spelled_literal
from graph.terms import Literal, NamedNode

from .answers import solutions, triples
from .client import TRIPLES
from .dialect import DATA, HABITS
from .layout import HOUSE, NOTHING, RECORD
from .literals import KINDS, NOT_A_NUMBER, SPACE, kinds_of, undisguised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from graph.terms import Quad

    from .client import Client

PROBE = HOUSE + "probe/"
_P = f"<{HOUSE}probe>"
_NEVER = "FILTER(1 = 2)"
_SIZES = (20_000, 5_000, 2_000, 1_000, 500, 200)
"""How many statements a request is tried with, from the most that are ever sent in one."""
_ROWS = (100_000, 10_000, 1_000)
"""After how many rows engines are known to cut an answer."""
_LENGTHS = (65_536, 8_000, 2_000, 1_800, 1_000)
_SHORT_CHARACTERS = 250
"""Every engine keeps an address of so many, each of which takes four bytes at most."""
_SHOWN = 40
"""Bytes of an address, from the most that is tried."""


class Capabilities:
    """What one engine can do.

    Each attribute is found out when it is first asked for, and remembered.

    Args:
        client: speaks with the engine.

    """

    def __init__(self, client: Client) -> None:
        self._client = client

    @cached_property
    def update(self) -> bool:
        """Whether we may change anything there."""
        with self._probe() as (graph,):
            try:
                self._client.update(f"INSERT DATA {{ GRAPH {graph} {{ {_P} {_P} 1 }} }}")
            except EngineRefused:
                return False
            return self._holds(graph)

    @cached_property
    def heeds_dataset(self) -> bool:
        """Whether a query sees the graphs that its request names, and no others.

        SPARQL 1.1 Protocol, 2.1.4. Without it the records of the house would mix in.
        """
        with self._probe() as (graph,):
            self._client.update(f"INSERT DATA {{ GRAPH {graph} {{ {graph} {_P} 1 }} }}")
            plain, inside = f"{graph} {_P} ?o", f"GRAPH ?g {{ {graph} {_P} ?o }}"
            seen = [
                len(self._rows(f"SELECT ?o WHERE {{ {where} }}", default=[one], named=[other]))
                for where in (plain, inside)
                for one, other in ((graph, NOTHING), (NOTHING, graph))
            ]
        return seen == [1, 0, 0, 1]

    def require(self) -> None:
        """Refuse an engine that no store can be kept in.

        Raises:
            MissingCapability: saying what it lacks.

        """
        place = self._client.address.text
        if not self.update:
            raise MissingCapability(
                f"The engine at {place} takes no changes from us.",
                hint="Give a name and a password that may write there, or the address that takes"
                " changes.",
            )
        if not self.heeds_dataset:
            raise MissingCapability(
                f"The engine at {place} does not heed which graphs a request names (SPARQL 1.1"
                " Protocol, 2.1.4), so that answers would mix what should be kept apart.",
                hint="Use an engine that does; docs/engines.md names some.",
            )

    @cached_property
    def union_default_graph(self) -> bool:
        """Whether a query without a dataset sees what named graphs say."""
        with self._probe() as (graph,):
            self._client.update(f"INSERT DATA {{ GRAPH {graph} {{ {graph} {_P} 1 }} }}")
            return bool(self._rows(f"SELECT ?o WHERE {{ {graph} {_P} ?o }}", named=()))

    @cached_property
    def merges_graphs(self) -> bool:
        """Whether a triple of two graphs is one in a query over both (SPARQL 1.1, 13.2)."""
        with self._probe(2) as (one, other):
            for graph in (one, other):
                self._client.update(f"INSERT DATA {{ GRAPH {graph} {{ {_P} {_P} 1 }} }}")
            return len(self._rows("SELECT ?o WHERE { ?s ?p ?o }", default=[one, other])) == 1

    @cached_property
    def transactions(self) -> bool:
        """Whether a request of several operations is carried out as a whole or not at all."""
        with self._probe() as (graph,):
            first = f"INSERT DATA {{ GRAPH {graph} {{ {_P} {_P} 1 }} }}"
            try:
                self._client.update(f"{first} ; CREATE GRAPH {graph} ; CREATE GRAPH {graph}")
            except EngineRefused:
                return not self._holds(graph)
            return False

    @cached_property
    def deletes_typed(self) -> bool:
        """Whether an operation that deletes and inserts finds a literal of any datatype.

        Virtuoso finds those that it does not interpret by DELETE alone, or by a variable.
        """
        with self._probe(2) as (graph, other):
            odd = f"{_P} {_P} 'x'^^{_P}"
            self._client.update(f"INSERT DATA {{ GRAPH {graph} {{ {odd} }} }}")
            self._client.update(
                f"DELETE {{ GRAPH {graph} {{ {odd} }} }} INSERT {{ GRAPH {other} {{ {odd} }} }}"
                f" WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
            )
            return not self._holds(graph)

    @cached_property
    def graph_store(self) -> bool:
        """Whether the Graph Store Protocol is spoken at the address that belongs to this one."""
        with self._probe() as (graph,):
            try:
                self._client.add_to(graph, f"{_P} {_P} {Literal('x')} .\n".encode())
            except EngineProblem:
                return False
            return self._holds(graph)

    @cached_property
    def describes_subjects(self) -> bool:
        """Whether DESCRIBE gives what is said of a thing and nothing else, as here."""
        if not self.update:
            return False
        with self._probe() as (graph,):
            said = f"{_P} {_P} 1 . {graph} {_P} {_P}"
            self._client.update(f"INSERT DATA {{ GRAPH {graph} {{ {said} }} }}")
            asked = self._client.query(
                f"DESCRIBE {_P}", accept=TRIPLES, default=[graph], named=[NOTHING]
            )
            with asked as body:
                return [str(each.subject) for each in triples(body)] == [_P]

    @cached_property
    def habits(self) -> frozenset[str]:
        """In what the engine answers otherwise than SPARQL asks, by name; see ``dialect``.

        Where nothing can be tried, everything that is known of any engine.
        """
        if not self.update:
            return frozenset(habit.name for habit in HABITS)
        with self._probe() as (graph,):
            self._client.update(f"INSERT DATA {{ GRAPH {graph} {{ {DATA} }} }}")
            return frozenset(
                habit.name
                for habit in HABITS
                if self._values(habit.question, graph) != sorted(map(str, habit.answer))
            )

    def _values(self, text: str, graph: NamedNode) -> list[str] | None:
        try:
            rows = self._rows(text, default=[graph])
        except EngineRefused:
            return None
        found = (next(iter(row)) for row in rows)
        return sorted(
            str(spelled_literal(value) if isinstance(value, Literal) else value) for value in found
        )

    @cached_property
    def request_statements(self) -> int:
        """How many statements one request may name; what is tried does nothing."""
        for size in _SIZES:
            triples = " ".join(f'{_P} {_P} "{number}" .' for number in range(size))
            if self._takes(f"INSERT {{ GRAPH {NOTHING} {{ {triples} }} }} WHERE {{ {_NEVER} }}"):
                return size
        return 100

    @cached_property
    def row_limit(self) -> int | None:
        """After how many rows an answer is cut, said or unsaid; None if not before 100,000."""
        ten = " ".join(map(str, range(10)))
        values = " ".join(f"VALUES ?d{place} {{ {ten} }}" for place in range(6))
        limit = None
        for rows in _ROWS:
            text = f"SELECT ?d0 WHERE {{ {values} }} LIMIT {rows + 1}"
            try:
                found = len(self._rows(text))
            except AnswerCut:
                limit = rows
                continue
            return found if found <= rows else limit
        return limit

    @cached_property
    def address_bytes(self) -> int:
        """How many bytes an IRI may have to be kept whole."""
        with self._probe() as (graph,):
            for length in _LENGTHS:
                name = f"<urn:x:{'a' * (length - len('urn:x:'))}>"
                statement = f"GRAPH {graph} {{ {name} {_P} 1 }}"
                if self._takes(f"INSERT DATA {{ {statement} }}"):
                    text = f"SELECT ?s WHERE {{ ?s {_P} 1 }}"
                    if any(str(row[0]) == name for row in self._rows(text, default=[graph])):
                        return length
        return 0

    @cached_property
    def altered(self) -> frozenset[str]:
        """The kinds of literals that do not come back as they were, by name; see ``literals``.

        Where nothing can be tried, those that somebody else found to be so.
        """
        if not self.update:
            return self._disguised()
        samples = [
            (kind.name, spelled_literal(sample)) for kind in KINDS for sample in kind.samples
        ]
        with self._probe() as (graph,):
            kept = {}
            for number, (_, sample) in enumerate(samples):
                node = f"<{PROBE}{number}>"
                if self._takes(f"INSERT DATA {{ GRAPH {graph} {{ {node} {node} {sample} }} }}"):
                    kept[node] = sample
            exact = self._exact(graph, kept)
        names = [f"<{PROBE}{number}>" for number in range(len(samples))]
        pairs = zip(names, samples, strict=True)
        return frozenset(kind for node, (kind, _) in pairs if node not in exact)

    def reads_from_files(self, samples: Iterable[Literal], spell: Callable[[Literal], str]) -> bool:
        """Tell whether literals come back from a file of the engine's as SPARQL would keep them.

        Args:
            samples: some of their kind; never what is no number.
            spell: gives each as it stands in the file.

        """
        kept = {f"<{PROBE}{number}>": spelled_literal(each) for number, each in enumerate(samples)}
        lines = "".join(f"{node} {node} {spell(sample)} .\n" for node, sample in kept.items())
        with self._probe() as (graph,):
            try:
                self._client.add_to(graph, lines.encode())
            except EngineProblem:
                return False
            return self._exact(graph, kept) == kept.keys()

    def _disguised(self) -> frozenset[str]:
        """Return the kinds of the literals that lie there in disguise."""
        text = (
            "SELECT DISTINCT ?o WHERE { ?s ?p ?o"
            f' FILTER(ISLITERAL(?o) && STRSTARTS(STR(DATATYPE(?o)), "{SPACE}")) }} LIMIT 1000'
        )
        found = (row[0] for row in self._rows(text, default=[RECORD]))
        literals = (undisguised(value) for value in found if isinstance(value, Literal))
        return frozenset(kind.name for literal in literals for kind in kinds_of(literal))

    def is_altered(self, literal: Literal) -> bool:
        """Tell whether the engine would alter this literal, or must not have it as it is."""
        kinds = kinds_of(literal)
        return NOT_A_NUMBER in kinds or any(kind.name in self.altered for kind in kinds)

    def refuse_long(self, quad: Quad) -> None:
        """Raise BadTerm for a statement with an address that the engine would cut."""
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if not isinstance(term, NamedNode) or len(term.value) < _SHORT_CHARACTERS:
                continue
            size = len(term.value.encode())
            if size > self.address_bytes:
                raise BadTerm(
                    f"An address has {size:,} bytes; the remote store keeps {self.address_bytes:,}"
                    f" at most. It begins with {term.value[:_SHOWN]!r}.",
                    value=term.value[:_SHOWN],
                    hint="Give the thing a shorter address.",
                )

    def _exact(self, graph: NamedNode, kept: dict[str, Literal]) -> set[str]:
        """Return those that come back, and are found by what they are."""
        came = {
            str(row[0]): row[1]
            for row in self._rows("SELECT ?s ?o WHERE { ?s ?p ?o }", default=[graph])
        }
        exact = set()
        for node, sample in kept.items():
            back = came.get(node)
            is_same = isinstance(back, Literal) and spelled_literal(undisguised(back)) == sample
            text = f"SELECT ?s WHERE {{ VALUES ?s {{ {node} }} ?s {node} {sample} }}"
            if is_same and self._answers(text, graph):
                exact.add(node)
        return exact

    def _answers(self, text: str, graph: NamedNode) -> bool:
        try:
            return bool(self._rows(text, default=[graph]))
        except EngineRefused:
            return False

    def _takes(self, text: str) -> bool:
        try:
            self._client.update(text)
        except EngineRefused:
            return False
        return True

    def _holds(self, graph: NamedNode) -> bool:
        return bool(self._rows("SELECT ?s WHERE { ?s ?p ?o }", default=[graph]))

    def _rows(
        self,
        text: str,
        *,
        default: Sequence[NamedNode] = (),
        named: Sequence[NamedNode] = (NOTHING,),
    ) -> list[tuple[object, ...]]:
        with self._client.query(text, default=default, named=named) as body:
            return list(solutions(body))

    @contextmanager
    def _probe(self, graphs: int = 1) -> Iterator[tuple[NamedNode, ...]]:
        """Yield graphs of one's own, and remove them."""
        names = tuple(NamedNode(f"{PROBE}{uuid.uuid4()}") for _ in range(graphs))
        try:
            yield names
        finally:
            for name in names:
                self._drop(name)

    def _drop(self, graph: NamedNode) -> None:
        try:
            self._client.update(f"DROP SILENT GRAPH {graph}")
        except (EngineRefused, EngineUnreachable):
            return
