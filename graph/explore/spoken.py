"""What things are called on a board, those that no source names by what they link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from graph.names import RDFS_LABEL, local_name, mg
from graph.naming import Naming
from graph.sources import TITLE
from graph.terms import DEFAULT_GRAPH, NamedNode

from .links import classes_of, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader

_TELLING = tuple(
    map(
        mg,
        (
            *("athlete", "person", "entry", "award", "phase", "role", "organization", "medal"),
            *("action", "event", "occasion", "won", "sportClass", "nation", "sport", "games"),
        ),
    )
)
"""Values that tell a record from others of its class, who it is about first."""
_PARTS = 3
_DEEPEST = 2
_NAMING = (RDFS_LABEL, TITLE)


_TURNING = re.compile("[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters that are written from right to left, and signs that turn the direction."""
_ISOLATES = re.compile("[\u2066-\u2069]")


def isolated(text: str) -> str:
    """Return a part of a name so that its direction turns nothing that is said after it.

    An isolate ends what is turned within it (Unicode Standard Annex 9, 3.3.2 and 6.3), which a
    lone end of an isolate would undo.
    """
    if not _TURNING.search(text):
        return text
    if text.count("\u2069") != len(_ISOLATES.findall(text)) - text.count("\u2069"):
        text = _ISOLATES.sub("", text)
    return f"\u2068{text}\u2069"


class Named(NamedTuple):
    """What a thing is called, with the language of that if it has one.

    Attributes:
        text: the name, or for what has none the names of what it links.
        language: the tag, or an empty string.
        is_made: whether no source names the thing.

    """

    text: str
    language: str = ""
    is_made: bool = False


class Spoken:
    """Names things in the languages of a reader, each read once.

    Args:
        reader: the state.
        languages: the tags of those in which names are wanted, the best first.

    """

    def __init__(self, reader: Reader, languages: Sequence[str] = ()) -> None:
        self._reader, self._naming = reader, Naming(reader, languages)
        self._known: dict[tuple[NamedNode, int], Named] = {}

    def named(self, node: NamedNode) -> Named:
        """Return what a thing is called.

        An entry, which nobody names, is called after its athlete and event, and so on; a thing
        that links nothing with a name is called by the end of its address.
        """
        return self._named(node, _DEEPEST)

    def order(self, node: NamedNode) -> tuple[str, str]:
        """Return by what things are sorted: their names without regard to capitals."""
        return self.named(node).text.casefold(), node.value

    def _named(self, node: NamedNode, depth: int) -> Named:
        key = (node, depth)
        if key not in self._known:
            self._known[key] = self._by_source(node) or self._made(node, depth)
        return self._known[key]

    def _by_source(self, node: NamedNode) -> Named | None:
        said = self._naming.named(node, naming=_NAMING)
        return Named(said.value, said.language or "") if said else None

    def _made(self, node: NamedNode, depth: int) -> Named:
        end = local_name(node) or node.value
        if not depth or is_word(node) or not classes_of(self._reader, node):
            return Named(end, is_made=True)
        parts: list[str] = []
        for predicate in _TELLING:
            for quad in self._reader.quads(node, predicate, graph=DEFAULT_GRAPH):
                part = isolated(self._part(quad.object, depth))
                # What names an entry names its event already.
                if part and not any(part in other for other in parts):
                    parts.append(part)
            if len(parts) >= _PARTS:
                break
        return Named(", ".join(parts[:_PARTS]) or end, is_made=True)

    def _part(self, value: object, depth: int) -> str:
        if isinstance(value, NamedNode):
            return (
                local_name(value).lower() if is_word(value) else self._named(value, depth - 1).text
            )
        return str(getattr(value, "value", ""))
