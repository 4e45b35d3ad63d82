"""SPARQL Update text -> operations -> the exact change that each one makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from .change import Change
from .errors import BadInput, NotFound
from .lexical import as_stored
from .operations import Graphs, Modify, Transfer, read_operations
from .prologue import Prologue
from .terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import QuerySolution

    from .engines.base import Draft
    from .operations import Operation, Using
    from .terms import GraphName, Term


def apply_update(
    text: str,
    draft: Draft,
    *,
    target: GraphName,
    using: Using | None = None,
    prologue: Prologue | None = None,
) -> Change:
    """Apply a SPARQL 1.1 Update request to a draft, or nothing of it.

    All syntax is checked before the first operation. An operation sees what those before
    it did. A graph exists when it holds a quad or was created earlier in the request.

    Args:
        text: the request.
        draft: what it reads and writes.
        target: the graph that DEFAULT and template triples outside GRAPH stand for.
            WHERE outside GRAPH reads the draft's default graph, whatever the target is.
        using: what WHERE reads instead.
        prologue: what holds before the request declares anything.

    Returns:
        What changed, exact for the draft as it was.

    Raises:
        BadSyntax: with line and column.
        Forbidden: for LOAD and SERVICE, and for text that is too long or too deep.
        NotFound: for a graph that CLEAR, DROP, COPY, MOVE or ADD does not find, unless SILENT.
        BadInput: for a graph that CREATE finds, unless SILENT.

    """
    operations = read_operations(text, prologue=prologue or Prologue(), target=target, using=using)
    run = _Run(draft, target)
    finished = False
    try:
        for operation in operations:
            run.do(operation)
        finished = True
    finally:
        if not finished:
            draft.apply(run.change.inverse())
    return run.change


class _Run:
    """The operations of one request, done one after another on a draft."""

    def __init__(self, draft: Draft, target: GraphName) -> None:
        self._draft, self._target = draft, target
        self._created: set[NamedNode] = set()
        self.change = Change()

    def do(self, operation: Operation) -> None:
        if isinstance(operation, Modify):
            change = self._modify(operation)
        elif isinstance(operation, Transfer):
            change = self._transfer(operation)
        else:
            change = self._graphs(operation)
        self._draft.apply(change)
        self.change = self.change.then(change)

    def _modify(self, operation: Modify) -> Change:
        deleted: set[Quad] = set()
        inserted: set[Quad] = set()
        for solution in self._solutions(operation):
            deleted.update(map(as_stored, operation.deleted.instances(solution)))
            inserted.update(map(as_stored, operation.inserted.instances(solution)))
        return self._exact(inserted, deleted)

    def _exact(self, inserted: Iterable[Quad], deleted: Iterable[Quad]) -> Change:
        """Return what deleting first and inserting second really changes."""
        draft, inserted, deleted = self._draft, set(inserted), set(deleted)
        return draft.gathered(
            lambda: Change(
                frozenset(quad for quad in inserted if not draft.contains(quad)),
                frozenset(quad for quad in deleted - inserted if draft.contains(quad)),
            )
        )

    def _solutions(self, operation: Modify) -> list[dict[str, Term]]:
        """Return the solutions of WHERE, each once unless each makes blank nodes of its own."""
        if not operation.where:
            return [{}]
        names = dict.fromkeys(operation.deleted.variables() + operation.inserted.variables())
        distinct = "" if operation.inserted.has_blank_nodes else "DISTINCT "
        wanted = " ".join(f"?{name}" for name in names) or f"(1 AS ?{_unused(operation.where)})"
        answer = self._draft.query(
            f"{operation.prologue.text()}SELECT {distinct}{wanted} WHERE {operation.where}",
            default_graph=operation.default,
            named_graphs=operation.named,
        )
        rows = answer if isinstance(answer, QuerySolutions) else ()
        return [_bound(row, names) for row in rows]

    def _transfer(self, operation: Transfer) -> Change:
        source, goal = self._meant(operation.source), self._meant(operation.target)
        found = operation.source == DEFAULT_GRAPH or self._exists(source)
        if source == goal or not found:
            if not found and not operation.silent:
                raise _missing(source, operation.verb)
            return Change()
        copied = list(self._quads(source))
        cleared = [] if operation.verb == "ADD" else list(self._quads(goal))
        if operation.verb == "MOVE":
            cleared += copied
            self._forget(source)
        return self._exact(
            (Quad(quad.subject, quad.predicate, quad.object, goal) for quad in copied), cleared
        )

    def _graphs(self, operation: Graphs) -> Change:
        scope, silent = operation.scope, operation.silent
        if isinstance(scope, NamedNode):
            exists = self._exists(scope)
            if operation.verb == "CREATE":
                return self._create(scope, silent=silent or not exists)
            if not exists and not silent:
                raise _missing(scope, operation.verb)
        emptied = list(self._scope(scope))
        if operation.verb == "DROP":
            self._created.difference_update(emptied)
        return Change.of(removed=(quad for graph in emptied for quad in self._quads(graph)))

    def _create(self, graph: NamedNode, *, silent: bool) -> Change:
        if not silent:
            raise BadInput(
                f"CREATE: the graph <{graph.value}> exists already.",
                hint="Leave the CREATE out, or write CREATE SILENT.",
            )
        self._created.add(graph)
        return Change()

    def _scope(self, scope: NamedNode | str) -> Iterator[GraphName]:
        """Yield the graphs that CLEAR and DROP mean; what was created and is empty included."""
        if isinstance(scope, NamedNode):
            yield scope
            return
        if scope in ("DEFAULT", "ALL"):
            yield self._target
        if scope in ("NAMED", "ALL"):
            yield from {*self._draft.graphs(), *self._created}

    def _quads(self, graph: GraphName) -> Iterator[Quad]:
        return self._draft.quads(graph=graph)

    def _meant(self, graph: GraphName) -> GraphName:
        return self._target if graph == DEFAULT_GRAPH else graph

    def _exists(self, graph: GraphName) -> bool:
        return graph in {*self._created, *self._draft.graphs()}

    def _forget(self, graph: GraphName) -> None:
        if isinstance(graph, NamedNode):
            self._created.discard(graph)


def _bound(row: QuerySolution, names: Iterable[str]) -> dict[str, Term]:
    values = ((name, row[name]) for name in names)
    return {
        name: value for name, value in values if isinstance(value, NamedNode | BlankNode | Literal)
    }


def _unused(where: str) -> str:
    """Return the name of a variable that the text does not have."""
    name = "one"
    while name in where:
        name += "e"
    return name


def _missing(graph: GraphName, verb: str) -> NotFound:
    return NotFound(
        f"{verb}: there is no graph {graph}.",
        hint=f"Check the name, or write {verb} SILENT to go on without it.",
    )
