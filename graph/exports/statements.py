"""Any number of statements in any RDF format, in one order and in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.formats import N_QUADS, N_TRIPLES
from graph.progress import unwatched
from graph.rdf import write_ordered
from graph.terms import Literal, NamedNode, Triple

from .blank_nodes import steadily_labelled
from .ordering import Counted, by_subject, in_order, unique

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.formats import RdfFormat
    from graph.progress import Progress, Step
    from graph.rdf import Writable
    from graph.terms import Quad

    from .ordering import Item

_TOLD_EVERY = 10_000


def write_statements(
    quads: Iterable[Quad],
    out: Writable,
    form: RdfFormat,
    *,
    prefixes: Mapping[str, str],
    step: Step = unwatched,
) -> int:
    """Write statements, each once, in an order that depends on nothing but themselves.

    Args:
        quads: in the default graph if the format holds no graphs.
        out: where they go.
        form: how to write them.
        prefixes: of these, the ones that shorten something are declared.
        step: told that they are read, and then that they are written.

    Returns:
        How many were written.

    Raises:
        UnknownFormat: for what the format cannot carry; a part may have been written then.

    """
    read = Counted(steadily_labelled(quads))
    if form in (N_QUADS, N_TRIPLES):
        said = read if form is N_QUADS else map(_triple, read)
        with in_order(said, progress=step("Reading")) as lines:
            written = _watched(unique(lines), step("Writing"), read.number)
            for line in written:
                out.write(line)
        return written.number
    used = _Used(prefixes)
    with by_subject(used.watching(read), progress=step("Reading")) as ordered:
        statements = _watched(ordered, step("Writing"), read.number)
        write_ordered(statements, out, format=form, prefixes=used.prefixes())
    return statements.number


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)


def _watched(items: Iterable[Item], progress: Progress, expected: int) -> Counted[Item]:
    def passing() -> Iterator[Item]:
        for done, item in enumerate(items, start=1):
            yield item
            if done % _TOLD_EVERY == 0:
                progress(done, expected)

    return Counted(passing())


class _Used:
    """Notes the namespaces that pass, to declare no prefix that shortens nothing."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._spaces: set[str] = set()

    def watching(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the quads as they come."""
        note = self._spaces.add
        for quad in quads:
            for term in quad:
                if isinstance(term, NamedNode):
                    note(_space(term.value))
                elif isinstance(term, Literal) and not term.language:
                    note(_space(term.datatype.value))
            yield quad

    def prefixes(self) -> dict[str, str]:
        """Return the prefixes that shorten at least one IRI."""
        return {
            prefix: space
            for prefix, space in sorted(self._prefixes.items())
            if any(found.startswith(space) for found in self._spaces)
        }


def _space(iri: str) -> str:
    """Return an IRI up to its last slash or hash, where every prefix ends that fits it."""
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
