"""Makes a source say what an importer yields, and leaves standing what people decided about it.

People decide at which address somebody is found, which statements of a source are set aside,
and how far a source is trusted. None of that is in the tables, so an import asks the state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.derived import ENTRY, MEDAL, WON
from graph.errors import OtherKind
from graph.identity.redirects import Redirector, identity_graph, redirects
from graph.lexical import as_stored
from graph.names import OUTSIDE_PREFIXES, local_name
from graph.sources import PRIORITY, all_set_aside, source
from graph.terms import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Term
    from graph.transaction import Transaction

KIND = NamedNode(OUTSIDE_PREFIXES["dcterms"] + "type")
"""Says in words of which kind of sheet a source is; other sources are of no kind."""


def put(tx: Transaction, quads: Iterable[Quad], *, graph: NamedNode, names: Names) -> None:
    """Make a source say these quads and no others, but for what people decided about it.

    Of what is known of the source itself, the import gives anew what it states, and the rest
    stays. Its priority is a first proposal: one that the state has already stays too.

    Args:
        tx: the change in the making.
        quads: what the source says, and in the graph of sources what it is.
        graph: the graph of the source.
        names: the names of the store.

    """
    tx.about = graph
    described: set[Quad] = set()
    meta = names.meta_of(graph)

    def said() -> Iterator[Quad]:
        for quad in quads:
            if quad.graph_name == meta:
                described.add(as_stored(quad))
            else:
                yield quad

    tx.replace_graph(graph, as_decided(tx.draft, said(), graph=graph, names=names))
    before = set(tx.draft.quads(graph, graph=meta))
    kept = _still_known(before, described)
    taken = {quad for quad in described if quad.predicate != PRIORITY or not _ranks(before)}
    tx.remove(*before - kept - taken)
    tx.add(*taken)


def as_decided(
    reader: Reader, quads: Iterable[Quad], *, graph: NamedNode, names: Names
) -> Iterator[Quad]:
    """Yield what an import says at the addresses of today, claims still set aside.

    Whose receipt of a medal was set aside does not hold it either.

    Args:
        reader: the state, in which the source still says what it said before.
        quads: what the import says; those of other graphs are passed on.
        graph: the graph of the source.
        names: the names of the store.

    """
    mover = Redirector(reader, names, redirects(reader, names))
    claims = all_set_aside(reader, graph)
    lost = {
        (quad.object, medal.object)
        for quad in claims
        if quad.predicate == ENTRY
        for medal in reader.quads(quad.subject, MEDAL, graph=graph)  # type: ignore[arg-type] # no quoted triples
    }
    for quad in _aside(mover.all(quads), claims):
        if quad.predicate != WON or (quad.subject, quad.object) not in lost:
            yield quad


def check_place(
    reader: Reader, *, graph: NamedNode, names: Names, kind: str, replace: bool
) -> None:
    """Refuse an import that would take the place of something of another kind.

    Args:
        reader: the state.
        graph: the graph of the source that would be replaced.
        names: the names of the store.
        kind: of which kind of sheet the import is; empty for tables that have their own source.
        replace: whether a person wants that.

    Raises:
        OtherKind: naming what is there.

    """
    if graph in (names.meta, names.restricted_meta, identity_graph(names)):
        raise OtherKind(
            f"{local_name(graph)} is kept by the store itself and is no source of an import.",
            graph=graph.value,
            hint="Name another source.",
        )
    there = _kind_of(reader, graph, names)
    if replace or there == kind:
        return
    count = sum(1 for _ in reader.quads(graph=graph))
    if not count:
        return
    title = source(reader, names, graph).title
    known = f"{local_name(graph)} ({title})" if title != local_name(graph) else title
    was = f"a {there}" if there else f"no {kind}"
    raise OtherKind(
        f"The source {known} is {was}, and its {count:,} statement{'' if count == 1 else 's'} "
        "would be lost: an import takes the place of all that its source said before.",
        graph=graph.value,
        hint="Name another source; or, if nothing of this one is to stay, ask to replace it: "
        "--replace on the command line, replace=true over HTTP.",
    )


def _kind_of(reader: Reader, graph: NamedNode, names: Names) -> str:
    stated = (quad.object for quad in reader.quads(graph, KIND, graph=names.meta_of(graph)))
    return next((term.value for term in stated if isinstance(term, Literal)), "")


def _still_known(before: set[Quad], described: set[Quad]) -> set[Quad]:
    """Return what stays known of a source: its priority, and what the import does not state."""
    anew = {quad.predicate for quad in described} - {PRIORITY} | {KIND}
    return {quad for quad in before if quad.predicate not in anew}


def _ranks(before: set[Quad]) -> bool:
    return any(quad.predicate == PRIORITY for quad in before)


def _aside(quads: Iterable[Quad], claims: Mapping[Quad, Sequence[Quad]]) -> Iterator[Quad]:
    """Yield quads, and instead of each that was set aside what stands for it."""
    if not claims:
        yield from quads
        return
    # Spelling each term as it is stored takes time, so only what may be quoted is looked at.
    about: set[tuple[Term, Term]] = {(quad.subject, quad.predicate) for quad in claims}  # type: ignore[misc] # no quoted triples
    for quad in quads:
        if (quad.subject, quad.predicate) in about:
            yield from claims.get(as_stored(quad), (quad,))
        else:
            yield quad
