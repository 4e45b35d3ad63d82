"""Finds what a cell names in the state: Games, nations, sports, events, people and bodies."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from graph.dates import known
from graph.errors import BadTerm, NotFound
from graph.importers.tables import BadCell
from graph.medals.editions import edition_named
from graph.names import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, Names, mg, slug
from graph.nation_names import Called, NationNames
from graph.spelling import name_key
from graph.terms import Literal, NamedNode

from .near import near

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        self._games: dict[str, NamedNode] = {}
        self._events: dict[NamedNode, dict[tuple[Term, str], NamedNode]] = {}

    def games(self, text: str) -> NamedNode:
        """Return the Games that a cell names."""
        try:
            if text not in self._games:
                self._games[text] = edition_named(self._reader, text)
            return self._games[text]
        except NotFound as error:
            raise BadCell(
                "the store has no such Games", column="games", value=text, hint=error.hint
            ) from error

    def nation(self, text: str) -> NamedNode:
        """Return the nation with a code, in capitals or not, or with a name.

        Raises:
            BadCell: if there is none or more than one, with those that may be meant.

        """
        meant = self._nations_by_name.named(text)
        if len(meant) == 1:
            return self._names.of("nation", meant[0])
        if meant:
            raise BadCell(
                f"{len(meant)} nations have this name",
                column="nation",
                value=text,
                hint=f"Write the code of the one that is meant: {' or '.join(meant)}.",
            )
        raise BadCell(
            "the store has no such nation",
            column="nation",
            value=text,
            hint=self._nations_by_name.hint(
                text, if_new="If it is new, import a source that describes it."
            ),
        )

    def sport(self, text: str) -> NamedNode:
        """Return the sport with a name."""
        found = self._by_label("Sport").get(name_key(text), set())
        if found:
            return min(found, key=str)
        labels = (self.label(node) for node in self._of("Sport"))
        raise BadCell(
            "the store has no such sport", column="sport", value=text, hint=near(text, labels)
        )

    def event(self, games: NamedNode, sport: NamedNode, text: str) -> NamedNode | None:
        """Return the event of a sport at the Games with a name, or None for a new one."""
        if games not in self._events:
            # Once for all rows: thousands of entries and participations are of the Games, too.
            self._events[games] = {
                (of, name): node
                for node in sorted(self._nodes(mg("games"), games), key=str, reverse=True)
                for of in self.objects(node, mg("sport"))
                for name in self._slugs(node)
            }
        return self._events[games].get((sport, slug(text)))

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

    def holders(self, event: NamedNode, medal: NamedNode) -> set[NamedNode]:
        """Return the entries of an event that hold a medal."""
        return {node for node in self.entries(event) if medal in self.objects(node, mg("won"))}

    def objects(self, subject: NamedNode, predicate: NamedNode) -> set[Term]:
        """Return what others say of a property of a thing."""
        return {quad.object for quad in self._said(subject, predicate)}  # type: ignore[misc]

    def texts(self, subject: NamedNode, predicate: NamedNode) -> set[str]:
        """Return the texts and numbers that others give for a property."""
        return {
            term.value for term in self.objects(subject, predicate) if isinstance(term, Literal)
        }

    def years(self, games: NamedNode) -> set[int]:
        """Return the year of Games."""
        return {int(text) for text in self.texts(games, mg("year")) if text.isdigit()}

    def games_of(self, person: NamedNode) -> set[NamedNode]:
        """Return the Games that a person took part in."""
        found: set[Term] = set()
        for part in self._parts(person):
            found |= self.objects(part, mg("games"))
            for event in self.objects(part, mg("event")):
                if isinstance(event, NamedNode):
                    found |= self.objects(event, mg("games"))
        return {node for node in found if isinstance(node, NamedNode)}

    def label(self, node: NamedNode) -> str:
        """Return a name of a thing, or the end of its address."""
        main = (q.object for q in self._said(node, RDFS_LABEL) if isinstance(q.object, Literal))
        names = {term.value for term in main} or self._labels(node)
        return min(names, default=self._end(node))

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

    def _slugs(self, node: NamedNode) -> Iterator[str]:
        """Yield the names of a thing as parts of an address; one in another script is none."""
        for label in self._labels(node):
            with suppress(BadTerm):
                yield slug(label)

    @cached_property
    def _nations_by_name(self) -> NationNames:
        return NationNames(map(self._called, self._of("Nation")))

    def _called(self, nation: NamedNode) -> Called:
        main = self.label(nation)
        codes = {text.upper() for text in self.texts(nation, mg("formerCode"))}
        codes |= {text.rpartition(":")[2].upper() for text in self.texts(nation, mg("externalId"))}
        names = (main, *sorted(self._labels(nation) - {main}))
        return Called(self._end(nation), names, frozenset(codes))

    def _parts(self, person: NamedNode) -> set[NamedNode]:
        roles = (mg("person"), mg("athlete"), mg("guide"))
        return {part for role in roles for part in self._nodes(role, person)}

    def _nations(self, person: NamedNode) -> set[Term]:
        parts = self._parts(person)
        return {nation for part in parts for nation in self.objects(part, mg("nation"))}

    def _was_in(self, person: NamedNode, event: NamedNode) -> bool:
        return any(event in self.objects(part, mg("event")) for part in self._parts(person))

    def _may_be_born(self, person: NamedNode, born: str) -> bool:
        known = self.texts(person, mg("born"))
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
    plain = [known(one), known(other)]
    short, long = sorted(plain, key=len)
    if "%" in one + other or "~" in one + other:
        years = [text[:4] for text in plain if len(text) >= len("1989")]
        if len(years) == len(plain):
            return abs(int(years[0]) - int(years[1])) <= 1
    return long.startswith(short)
