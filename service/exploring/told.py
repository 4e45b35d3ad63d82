"""What a reader tells of boards, of the links of a thing, and of paths, as JSON."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.explore import ON_A_PAGE, Grouping, Opened, Spoken, laid, paths, stated_by
from graph.explore.links import classes_of
from graph.names import RDF_TYPE, mg, property_words
from graph.sources import source
from graph.terms import DEFAULT_GRAPH, NamedNode
from service.nearby import near_in_state, not_there
from service.things import found
from service.vocabulary import label_of, words
from service.wire.forms import number, one, pairs

from .spelled import NO_CLASS, asked_of, opened_text, sought_of, way_of
from .words import group_words, kind_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.engines.base import Reader
    from graph.explore import Board, Laid, Link, Page, Paths, Way
    from graph.names import Names
    from graph.terms import GraphName
    from service.wire.problem import Json

_SEE_ONTOLOGY = "The vocabulary at /ontology lists the classes and properties there are."


class Teller:
    """Tells things and links, each source once.

    Args:
        reader: the state.
        names: the names of the store.
        languages: those in which things are named, the best first.

    """

    def __init__(self, reader: Reader, names: Names, languages: Sequence[str]) -> None:
        self.reader, self.names = reader, names
        self.spoken = Spoken(reader, languages)
        self.short = cache(names.short)
        self._classes = cache(partial(classes_of, reader))
        self._sources: dict[GraphName, int] = {}

    def thing(self, node: NamedNode) -> dict[str, Json]:
        """Return what a thing is called, how addresses spell it, and what it is."""
        named, kinds = self.spoken.named(node), self._classes(node)
        told: dict[str, Json] = {
            "name": self.short(node),
            "iri": node.value,
            "label": self.called(node),
            "made": named.is_made,
            "classes": [self.short(kind) for kind in kinds],
            "kind": kind_words(kinds[0], self.names) if kinds else "",
            "plural": kind_words(kinds[0], self.names, 2) if kinds else "",
        }
        return told | ({"language": named.language} if named.language else {})

    def called(self, node: NamedNode) -> str:
        """Return what a thing is called, a word of the vocabulary as that calls it."""
        return label_of(node) or self.spoken.named(node).text

    def link(self, link: Link) -> Json:
        """Return a link, with the places of those who state it among ``sources``."""
        return {
            "source": self.short(link.source),
            "property": self.short(link.property),
            "property_label": property_words(link.property),
            "target": self.short(link.target),
            "sources": [
                self._sources.setdefault(graph, len(self._sources))
                for graph in stated_by(self.reader, link)
            ],
        }

    def sources(self) -> list[Json]:
        """Return the sources of all links told so far; they are named by their places."""
        return [
            {"graph": about.graph.value, "title": about.title}
            for about in (source(self.reader, self.names, graph) for graph in self._sources)  # type: ignore[arg-type] # named graphs
        ]

    def way(self, way: Way, size: int, only: NamedNode | None) -> dict[str, Json]:
        """Return a group of links, as addresses spell it and in words.

        Args:
            way: the links.
            size: to how many things they lead.
            only: one of them, after which the group is called if there are no others.

        """
        return {
            "direction": way.direction,
            "property": self.names.short(way.property),
            "property_label": property_words(way.property),
            "class": self.names.short(way.kind) if way.kind else NO_CLASS,
            "size": size,
            "words": group_words(
                way, size, self.names, self.called(only) if only and size == 1 else ""
            ),
        }

    def known(self, node: NamedNode) -> NamedNode:
        """Return a thing of which something is known, under the address that it has today.

        Raises:
            NotFound: with near addresses.

        """
        told = found(self.reader, self.names, [node.value])
        if not told:
            near = near_in_state(self.reader, self.names, node.value)
            raise not_there(self.names, node.value, near)
        return NamedNode(str(told.get("moved", told["iri"])))

    def check(
        self, *, properties: Iterable[NamedNode] = (), classes: Iterable[NamedNode] = ()
    ) -> None:
        """Refuse properties and classes that neither the vocabulary nor any source knows.

        Raises:
            NotFound: for the first of them.

        """
        for node in classes:
            if node.value not in words() and not self._is_said(predicate=RDF_TYPE, object_=node):
                raise NotFound(
                    f"Nothing here is of a class {self.short(node)}.", hint=_SEE_ONTOLOGY
                )
        for node in properties:
            if node.value not in words() and not self._is_said(predicate=node):
                raise NotFound(
                    f"Nothing here has a property {self.short(node)}.", hint=_SEE_ONTOLOGY
                )

    def check_games(self, games: NamedNode | None) -> None:
        """Refuse a thing by which boards are filtered that is none of the Games.

        Raises:
            NotFound: if it is not.

        """
        if games and mg("Games") not in self._classes(games):
            raise NotFound(
                f"games={self.short(games)} is none of the Games that are known here.",
                hint="Write one as games:2024-summer-para, or leave games= out.",
            )

    def _is_said(self, *, predicate: NamedNode, object_: NamedNode | None = None) -> bool:
        found = self.reader.quads(None, predicate, object_, DEFAULT_GRAPH)
        return next(iter(found), None) is not None

    def known_board(self, board: Board) -> Board:
        """Return a board with each thing under the address that it has today; see ``known``.

        Raises:
            NotFound: also for a class, a property or Games of which there is nothing here.

        """
        kinds = (*board.kinds, *(one.way.kind for one in board.opened if one.way.kind))
        self.check(properties=[one.way.property for one in board.opened], classes=kinds)
        self.check_games(board.games)
        return replace(
            board,
            things=tuple(dict.fromkeys(map(self.known, board.things))),
            opened=tuple(one._replace(thing=self.known(one.thing)) for one in board.opened),
        )


def board_told(
    reader: Reader, names: Names, text: str, languages: Sequence[str]
) -> dict[str, Json]:
    """Return what lies on a board, and the links of the thing that is looked at.

    Args:
        reader: the state.
        names: the names of the store.
        text: the board, as its address spells it.
        languages: those in which things are named, the best first.

    Raises:
        NotFound: for a thing of which nothing is known, with near addresses.

    """
    asked, teller = asked_of(pairs(text.encode()), names), Teller(reader, names, languages)
    board = teller.known_board(asked.board)
    lies = laid(reader, board, spoken=teller.spoken)
    told: dict[str, Json] = {
        "things": [teller.thing(node) for node in lies.things],
        "put": [names.short(node) for node in board.things],
        "links": [teller.link(link) for link in lies.links],
        "sources": teller.sources(),
        "opened": _opened_told(teller, board.opened, lies),
        "left_out": lies.left_out,
    }
    if asked.look:
        told["look"] = _counted(teller, teller.known(asked.look), board.games)
    return told


def neighbours_told(
    reader: Reader, names: Names, text: str, languages: Sequence[str]
) -> dict[str, Json]:
    """Return the groups of links of a thing, or a page of the members of one of them.

    Raises:
        NotFound: for a thing of which nothing is known, and a page that there is not.

    """
    params, teller = pairs(text.encode()), Teller(reader, names, languages)
    node = teller.known(names.iri(one(params, "thing") or ""))
    only = one(params, "games")
    games = names.iri(only) if only else None
    teller.check_games(games)
    way = way_of(params, names)
    if way is None:
        return _counted(teller, node, games)
    teller.check(properties=[way.property], classes=[way.kind] if way.kind else [])
    grouping = Grouping(reader, teller.spoken, games)
    page = grouping.page(node, way, number=number(params, "page") or 1)
    if not page.members:
        pages = f"There are pages 1 to {page.pages}." if page.size else "It has no such links."
        raise NotFound(f"There is no page {page.number} of these links.", hint=pages)
    return {
        "thing": teller.thing(node),
        **teller.way(way, page.size, page.members[0]),
        **_paged(page),
        "page": page.number,
        "on_a_page": ON_A_PAGE,
        "members": [teller.thing(member) for member in page.members],
    }


def paths_told(
    reader: Reader, names: Names, text: str, languages: Sequence[str]
) -> dict[str, Json]:
    """Return the shortest paths between two things.

    Raises:
        NotFound: for an end of which nothing is known, with near addresses.
        BadInput: if both ends are the same.

    """
    teller = Teller(reader, names, languages)
    sought = sought_of(pairs(text.encode()), names)
    teller.check(properties=sought.by, classes=sought.past)
    ends = teller.known(sought.source), teller.known(sought.target)
    sought = replace(sought, source=ends[0], target=ends[1])
    told = paths(reader, sought)
    nodes = dict.fromkeys(chain(ends, *(path.nodes for path in told.shown)))
    return {
        "from": names.short(sought.source),
        "to": names.short(sought.target),
        "count": told.count,
        "steps": told.steps,
        "asked_steps": sought.steps,
        "read": told.read,
        "whole": told.is_whole,
        "at_end": told.is_at_end,
        "sentence": _sentence(told, sought.steps),
        "paths": [
            {
                "nodes": [names.short(node) for node in path.nodes],
                "links": [[teller.link(link) for link in links] for links in path.links],
            }
            for path in told.shown
        ],
        "things": [teller.thing(node) for node in nodes],
        "sources": teller.sources(),
    }


def games_told(reader: Reader, names: Names, languages: Sequence[str]) -> list[Json]:
    """Return the Games that boards can be filtered by, as addresses spell them and by name."""
    spoken = Spoken(reader, languages)
    found_games = [
        quad.subject
        for quad in reader.quads(None, RDF_TYPE, mg("Games"), DEFAULT_GRAPH)
        if isinstance(quad.subject, NamedNode)
    ]
    found_games.sort(key=spoken.order)
    return [{"name": names.short(node), "label": spoken.named(node).text} for node in found_games]


def _counted(teller: Teller, node: NamedNode, games: NamedNode | None) -> dict[str, Json]:
    grouping = Grouping(teller.reader, teller.spoken, games)
    groups = [
        teller.way(way, size, grouping.first(node, way) if size == 1 else None)
        for way, size in grouping.groups(node)
    ]
    return {"thing": teller.thing(node), "groups": groups}


def _opened_told(teller: Teller, opened: Iterable[Opened], lies: Laid) -> list[Json]:
    on_board = frozenset(lies.things)
    return [
        {
            "thing": teller.short(one.thing),
            **teller.way(one.way, page.size, next(iter(page.members), None)),
            **_paged(page),
            "open": opened_text(one, teller.short),
            "pages_open": one.pages,
            "members": [teller.short(node) for node in page.members if node in on_board],
        }
        for one, page in zip(opened, lies.pages, strict=True)
    ]


def _paged(page: Page) -> dict[str, Json]:
    return {"pages": page.pages, "sorted": page.is_sorted, "whole": page.is_whole}


def _sentence(told: Paths, steps: int) -> str:
    """Return what became of the search, and what to try."""
    if told.count:
        shown, links = len(told.shown), _links(told.steps)
        if told.count == 1:
            return f"The shortest path has {links}."
        few = f"; the first {shown} are shown" if shown < told.count else ""
        return f"The shortest paths have {links}. There are {told.count:,} of them{few}."
    if not told.is_whole:
        return (
            f"The search stopped after {told.read:,} statements: there is no path of"
            f" {_links(told.steps)} or fewer, and longer ones were not all looked at. Allow fewer"
            " kinds of links, or keep more classes out."
        )
    if told.is_at_end:
        return (
            "There is no path, however long, over these kinds of links. Allow more kinds of links,"
            " or let the path pass through more classes."
        )
    return (
        f"There is no path of {_links(steps)} or fewer. Allow longer ones or more kinds of links,"
        " or let the path pass through more classes."
    )


def _links(count: int) -> str:
    return f"{count} link" if count == 1 else f"{count} links"
