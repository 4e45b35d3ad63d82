"""What can be read from a remote state: by a reader, and by a draft with changes on top."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Self

import pyoxigraph
from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, Store

from graph.change import Change
from graph.engines.base import Reader
from graph.engines.evaluate import dataset, evaluate
from graph.errors import AnswerCut
from graph.names import is_restricted
from graph.prologue import without_dataset
from graph.terms import DEFAULT_GRAPH, NamedNode

from .client import SOLUTIONS, TRIPLES
from .dialect import habits_of
from .fragment import Fragment
from .kinds import with_blank_nodes
from .layout import NOTHING, RECORD
from .paging import Question
from .session import FEW_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from graph.engines.base import Answer, Result
    from graph.prologue import Prologue
    from graph.terms import GraphName, Object, Quad, Subject, Term, Variable

    from .fragment import Pattern
    from .layout import State
    from .session import Session

_JSON = pyoxigraph.QueryResultsFormat.JSON
_ROUNDS = 200
"""More rounds than any chain of questions has."""


class RemoteView(Reader):
    """Reads a state of a remote store.

    Args:
        session: asks the engine.
        state: the state.
        prologue: what holds for queries before they declare anything.

    """

    def __init__(self, session: Session, state: State, *, prologue: Prologue) -> None:
        self._session, self._state, self._prologue = session, state, prologue
        self._fragment = Fragment(session, state)
        self._missing: set[Pattern] | None = None

    @property
    def is_far(self) -> bool:
        """Whether each question is a journey, so that few should be asked."""
        return True

    @property
    def version(self) -> int:
        """The number of the commit whose state this is."""
        return self._state.number

    @property
    def _pending(self) -> Change:
        """What was changed here and is not in the engine yet."""
        return Change()

    def _verify(self) -> None:
        """Raise an error if what was just read may be of another state."""
        raise NotImplementedError

    def contains(self, quad: Quad) -> bool:
        """Tell whether the quad is stated."""
        found = self.quads(quad.subject, quad.predicate, quad.object, quad.graph_name)  # type: ignore[arg-type] # no quoted triples
        return next(iter(found), None) is not None

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; see ``Reader.quads``."""
        self._need(self._fragment.needed(subject, predicate, object, graph))
        found = self._fragment.store.quads_for_pattern(subject, predicate, object, graph)
        return iter([q for q in found if graph is not None or q.graph_name != DEFAULT_GRAPH])

    def graphs(self) -> Iterator[NamedNode]:
        """Yield the name of each graph that holds at least one quad."""
        return iter(self._counts())

    def gathered(self, work: Callable[[], Result]) -> Result:
        """Return what ``work`` reads here, in few requests; see ``Reader.gathered``."""
        if self._missing is not None:
            return work()
        for done in range(_ROUNDS):
            fault: Exception | None = None
            self._missing = set()
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - what was read was not all there is
                fault = error
            finally:
                missing, self._missing = self._missing, None
            if missing:
                self._fetch(missing)
                continue
            if done:
                self._verify()
            if fault is not None:
                raise fault
            return result
        raise AssertionError("the same is asked for again and again")

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[Variable, Term] | None = None,
        default_graph: Iterable[GraphName] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> Answer:
        """Evaluate a SPARQL 1.1 query; see ``Reader.query``."""
        default, named = dataset(text, self._prologue, default_graph, named_graphs)
        # What is wrong with the query is told in the same words as by every other engine.
        form = evaluate(Store(), text, prologue=self._prologue, substitutions=substitutions)
        merged = None if default is None else self._default(default)
        is_exact = default is None or merged is not None
        if substitutions or not is_exact or not self._pending.is_empty:
            return self._here(text, substitutions, default, named)
        graphs = (
            self._state.quads if named is None else [g for g in named if g in self._state.quads]
        )
        declared, asked = without_dataset(text, self._prologue)
        if self._state.has_blank_nodes:
            asked = with_blank_nodes(asked, self._session.skolem.space)
        question = Question(
            self._session,
            asked,
            declarations=declared.text(),
            default=[merged or RECORD],
            named=list(graphs) or [NOTHING],  # without any, Virtuoso lets GRAPH see all there are
        )
        if self._is_beyond(question):
            return self._here(text, None, default, named)
        return self._asked(question, form)

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        return sum(self._counts().values())

    def close(self) -> None:
        """Forget what was read."""
        self._fragment = Fragment(self._session, self._state)

    def __enter__(self) -> Self:
        """Return the view, which is open already."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget what was read."""
        self.close()

    def _counts(self) -> dict[NamedNode, int]:
        counts = dict(self._state.quads)
        for quads, step in ((self._pending.added, 1), (self._pending.removed, -1)):
            for quad in quads:
                counts[quad.graph_name] = counts.get(quad.graph_name, 0) + step  # type: ignore[index,arg-type] # changes name named graphs only
        return {graph: count for graph, count in counts.items() if count}

    def _need(self, wanted: set[Pattern]) -> None:
        """Fetch what is not known, or note it while it is gathered what is needed."""
        if self._missing is not None:
            self._missing |= wanted
        elif wanted:
            self._fetch(wanted)
            self._verify()

    def _fetch(self, wanted: set[Pattern]) -> None:
        try:
            self._fragment.fetch(wanted, self._pending)
        except AnswerCut:
            # More or fewer statements than there should be are those of another state, if
            # there is one.
            self._verify()
            raise

    def _list(self, answer: bytes) -> None:
        """Note which nodes an answer lists; only who reads ahead does."""

    def _default(self, default: list[GraphName]) -> NamedNode | None:
        """Return the one graph of the engine that is the merge of these, or None if none is."""
        known = [g for g in default if g == DEFAULT_GRAPH or g in self._state.quads]
        if not known:
            return NOTHING
        if known == [DEFAULT_GRAPH]:
            return RECORD
        if len(known) == 1 and isinstance(known[0], NamedNode):
            return known[0]
        if any(map(is_restricted, known)):
            return None
        return RECORD if DEFAULT_GRAPH in known or set(self._state.public()) <= set(known) else None

    def _here(
        self,
        text: str,
        substitutions: Mapping[Variable, Term] | None,
        default: list[GraphName] | None,
        named: list[NamedNode] | None,
    ) -> Answer:
        """Answer a question that the engine cannot be asked exactly."""
        missing, self._missing = self._missing, None
        try:
            self._need(self._fragment.everything())
        finally:
            self._missing = missing
        return evaluate(
            self._fragment.store,
            text,
            prologue=self._prologue,
            substitutions=substitutions,
            default_graph=default,
            named_graphs=named,
        )

    def _is_beyond(self, question: Question) -> bool:
        """Tell whether the engine answers a question otherwise, or not all of it."""
        can = self._session.can
        concerned = habits_of(question.text)
        if concerned and concerned & can.habits:
            return True
        if question.form == "DESCRIBE":
            return not can.describes_subjects
        if question.form != "CONSTRUCT" or can.row_limit is None:
            return False
        return question.solutions().count() >= can.row_limit

    def _asked(self, question: Question, form: Answer) -> Answer:
        """Return the engine's answer, once it is certain which state it is of."""
        if isinstance(form, QuerySolutions | QueryBoolean):
            answer = self._table(question)
            self._verify()
            answer = self._session.skolem.solutions(answer)
            self._list(answer)
            return pyoxigraph.parse_query_results(answer, format=_JSON)
        with question.body(TRIPLES) as body:
            triples = body.read()
        self._verify()
        return self._graph(triples)

    def _table(self, question: Question) -> bytes:
        can = self._session.can
        try:
            with question.body(SOLUTIONS) as body:
                answer = body.read()
        except AnswerCut:
            if question.form != "SELECT" or can.row_limit is None:
                raise
            return question.answer()
        if answer.count(b'"value"') < FEW_ROWS or can.row_limit is None:
            return answer
        rows = len(json.loads(answer)["results"]["bindings"])
        return question.answer() if rows >= can.row_limit else answer

    def _graph(self, answer: bytes) -> Answer:
        """Return triples as an answer that pyoxigraph gives, for nothing else makes one."""
        store = Store()
        store.extend(
            self._session.skolem.quad(triple.subject, triple.predicate, triple.object)
            for triple in pyoxigraph.parse(answer, format=RdfFormat.N_TRIPLES)
        )
        return store.query("CONSTRUCT WHERE { ?s ?p ?o }")
