"""Finds what a cell names in the state: Games, nations, sports, events, people and bodies."""

from __future__ import annotations

import difflib
from collections import defaultdict
from typing import TYPE_CHECKING

from graph.errors import BadTerm, NotFound
from graph.identity.spelling import name_key
from graph.importers.tables import BadCell
from graph.medals.editions import edition_named
from graph.names import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, Names, mg, slug
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.engines.base import Reader
    from graph.terms import Quad, Term

_LISTED = 4


class Lookup:
    """What the state says, without what one source says: the sheet that is being read.

    Args:
        reader: the state.
        names: mints the IRIs.
        own: the graph of the sheet, which is about to be replaced.

    """

    def __init__(self, reader: Reader, names: Names, own: NamedNode) -> None:
        self._reader, self._names, self._own = reader, names, own
        self._names_of: dict[str, dict[str, set[NamedNode]]] = {}

    def games(self, text: str) -> NamedNode:
        """Return the Games that a cell names."""
        try:
            return edition_named(self._reader, text)
        except NotFound as error:
            raise BadCell(
                "the store has no such Games", column="games", value=text, hint=error.hint
            ) from error

    def nation(self, code: str) -> NamedNode:
        """Return the nation with a code, or with a name."""
        node = self._node("nation", code)
        if node is not None and self.has(node):
            return node
        named = self._by_label("Nation").get(name_key(code), set())
        if len(named) == 1:
            return next(iter(named))
        raise BadCell(
            "the store has no such nation",
            column="nation",
            value=code,
            hint=_near(code, (self._end(node) for node in self._of("Nation"))),
        )

    def sport(self, text: str) -> NamedNode:
        """Return the sport with a name."""
        found = self._by_label("Sport").get(name_key(text), set())
        if found:
            return min(found, key=str)
        labels = (self._label(node) for node in self._of("Sport"))
        raise BadCell(
            "the store has no such sport", column="sport", value=text, hint=_near(text, labels)
        )

    def event(self, games: NamedNode, sport: NamedNode, text: str) -> NamedNode | None:
        """Return the event of a sport at the Games with a name, or None for a new one."""
        wanted = slug(text)
        for node in self._nodes(mg("games"), games):
            labels = {slug(label) for label in self._labels(node)}
            if wanted in labels and sport in self.objects(node, mg("sport")):
                return node
        return None

    def organization(self, text: str) -> NamedNode | None:
        """Return the body with a name, or None for a new one."""
        found = self._by_label("Organization").get(name_key(text), set())
        return min(found, key=str) if found else None

    def person(
        self,
        text: str,
        *,
        column: str,
        nation: NamedNode | None = None,
        event: NamedNode | None = None,
        born: str = "",
    ) -> NamedNode | None:
        """Return the person that a cell names, or None for somebody new.

        Of several with the name, those in the event are meant, then those of the nation,
        then those whose date of birth can be the one given.

        Raises:
            BadCell: if several are left, naming each.

        """
        node = self._node("person", text)
        if node is not None and self.has(node):
            return node
        found = self._by_label("Person").get(name_key(text), set())
        if born:
            found = {one for one in found if self._may_be_born(one, born)}
        for narrower in (
            {one for one in found if event and self._was_in(one, event)},
            {one for one in found if nation and nation in self._nations(one)},
        ):
            found = narrower or found
        if len(found) > 1:
            keys = sorted(self._end(node) for node in found)
            more = f" and {len(keys) - _LISTED} more" if len(keys) > _LISTED else ""
            raise BadCell(
                f"{len(keys)} people have this name: {', '.join(keys[:_LISTED])}{more}",
                column=column,
                value=text,
                hint="Write one of these instead of the name.",
            )
        return next(iter(found), None)

    def entries(self, event: NamedNode) -> Iterator[NamedNode]:
        """Yield the entries of an event that others describe."""
        for node in self._nodes(mg("event"), event):
            if mg("Entry") in self.objects(node, RDF_TYPE):
                yield node

    def awards(
        self, entry: NamedNode | None, event: NamedNode, medal: NamedNode
    ) -> list[NamedNode]:
        """Return the awards of an event in a colour that go to an entry; None for nobody."""
        return [
            node
            for node in sorted(self._nodes(mg("event"), event), key=str)
            if medal in self.objects(node, mg("medal"))
            and self.objects(node, mg("entry")) == ({entry} if entry else set())
        ]

    def objects(self, subject: NamedNode, predicate: NamedNode) -> set[Term]:
        """Return what others say of a property of a thing."""
        return {quad.object for quad in self._said(subject, predicate)}  # type: ignore[misc]

    def has(self, node: NamedNode) -> bool:
        """Whether others say anything of a thing."""
        return next(self._said(node), None) is not None

    def is_spelled(self, node: NamedNode, text: str) -> bool:
        """Whether a name is one of those that others give to a thing."""
        return text in self._labels(node) or text == self._end(node)

    def _said(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | None = None,
    ) -> Iterator[Quad]:
        for quad in self._reader.quads(subject, predicate, value):
            if quad.graph_name != self._own:
                yield quad

    def _nodes(self, predicate: NamedNode, value: NamedNode) -> set[NamedNode]:
        found = (quad.subject for quad in self._said(None, predicate, value))
        return {node for node in found if isinstance(node, NamedNode)}

    def _of(self, kind: str) -> set[NamedNode]:
        return self._nodes(RDF_TYPE, mg(kind))

    def _by_label(self, kind: str) -> dict[str, set[NamedNode]]:
        if kind not in self._names_of:
            found: defaultdict[str, set[NamedNode]] = defaultdict(set)
            for node in self._of(kind):
                for label in self._labels(node):
                    found[name_key(label)].add(node)
            self._names_of[kind] = dict(found)
        return self._names_of[kind]

    def _labels(self, node: NamedNode) -> set[str]:
        return {
            term.value
            for prop in (RDFS_LABEL, SKOS_ALT_LABEL)
            for term in self.objects(node, prop)
            if isinstance(term, Literal)
        }

    def _label(self, node: NamedNode) -> str:
        return min(self._labels(node), default=self._end(node))

    def _nations(self, person: NamedNode) -> set[Term]:
        parts = self._nodes(mg("person"), person) | self._nodes(mg("athlete"), person)
        return {nation for part in parts for nation in self.objects(part, mg("nation"))}

    def _was_in(self, person: NamedNode, event: NamedNode) -> bool:
        parts = self._nodes(mg("person"), person) | self._nodes(mg("athlete"), person)
        return any(event in self.objects(part, mg("event")) for part in parts)

    def _may_be_born(self, person: NamedNode, born: str) -> bool:
        known = [
            term.value for term in self.objects(person, mg("born")) if isinstance(term, Literal)
        ]
        return not known or any(_may_be_same(one, born) for one in known)

    def _node(self, kind: str, text: str) -> NamedNode | None:
        try:
            return self._names.of(kind, text) if text and " " not in text else None
        except BadTerm:
            return None

    @staticmethod
    def _end(node: NamedNode) -> str:
        return node.value.rpartition("/")[2]


def _may_be_same(one: str, other: str) -> bool:
    """Whether two dates can be of one day; one that is about a year may be a year off."""
    plain = [text.rstrip("~?%") for text in (one, other)]
    short, long = sorted(plain, key=len)
    if one[-1:] in "~%" or other[-1:] in "~%":
        return abs(int(short[:4]) - int(long[:4])) <= 1
    return long.startswith(short)


def _near(text: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(text, sorted(set(names)), n=3)
    return f"Did you mean {' or '.join(near)}?" if near else "Import a source that describes it."
