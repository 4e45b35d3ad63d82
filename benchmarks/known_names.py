"""Names whose people are known, as they are spelled elsewhere: what to measure reconciling with.

Where two sources that nobody compared name one winner of a medal of an event for a nation, that
winner is one person, however the names are spelled. Other spellings are made from known ones,
always in the same way: the family name first, signs lost, a slip of the pen, other letters.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from graph.names import RDFS_LABEL, local_name
from graph.selecting import rows
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graph.engines.base import Reader
    from graph.terms import Term

Item = TypeVar("Item")

_CYRILLIC = (
    *(("shch", "щ"), ("yo", "ё"), ("zh", "ж"), ("kh", "\N{CYRILLIC SMALL LETTER HA}")),
    *(("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"), ("x", "кс")),
    *(("ye", "\N{CYRILLIC SMALL LETTER IE}"), ("iy", "ий")),
    *zip("abcdefghijklmnopqrstuvwyz", "абкдефгхийклмнопкрстуввыз", strict=True),
)
_CYRILLIC_NATIONS = frozenset({"RUS", "UKR", "BLR", "BUL", "KAZ", "KGZ", "SRB", "MKD", "MGL"})
_SHORTEST_SLIP = 5


@dataclass(frozen=True, slots=True)
class Known:
    """One name, and who is meant.

    Attributes:
        kind: how it differs from the name in the store.
        nation: the code that is given as evidence.
        person: who is meant; None if nobody must be taken for sure.

    """

    kind: str
    text: str
    nation: str
    person: NamedNode | None


def known_pairs(one: tuple[Reader, NamedNode], other: tuple[Reader, NamedNode]) -> dict[Term, Term]:
    """Return who won alone what in one source, and who won the same in the other.

    Args:
        one: a state, and the graph of a source in it.
        other: the same for another source.

    """
    mine, theirs = _winners(*one), _winners(*other)
    return {
        next(iter(people)): next(iter(theirs[what]))
        for what, people in mine.items()
        if len(people) == 1 and len(theirs.get(what, ())) == 1
    }


def _winners(state: Reader, graph: NamedNode) -> dict[tuple[str, ...], set[Term]]:
    found: defaultdict[tuple[str, ...], set[Term]] = defaultdict(set)
    text = f"""SELECT ?games ?sport ?label ?medal ?nation ?who WHERE {{ GRAPH {graph} {{
        ?entry mg:event ?event ; mg:won ?medal ; mg:nation ?nation ; mg:athlete ?who .
        ?event mg:games ?games ; mg:sport ?sport ; rdfs:label ?label }} }}"""
    for row in rows(state, text):
        label = str(row["label"]).lower().replace("metres", "metre").replace("'s", "s")
        event = re.sub(r"[^a-z0-9+]+", " ", label.partition('"@')[0]).strip()
        what = (str(row["games"]), str(row["sport"]), event, str(row["medal"]), str(row["nation"]))
        found[what].add(row["who"])
    return found


def people_of(state: Reader, graph: NamedNode) -> dict[NamedNode, tuple[str, str]]:
    """Return the name and the code of the nation of each athlete who had one nation in a source."""
    nations: defaultdict[NamedNode, set[str]] = defaultdict(set)
    text = f"""SELECT DISTINCT ?who ?nation WHERE {{ GRAPH {graph} {{
        ?part mg:athlete|mg:person ?who ; mg:nation ?nation }} }}"""
    for row in rows(state, text):
        if isinstance(who := row["who"], NamedNode):
            nations[who].add(local_name(row["nation"]))
    return {
        who: (name, next(iter(codes)))
        for who, codes in sorted(nations.items(), key=lambda one: one[0].value)
        if len(codes) == 1 and (name := _name(state, who, graph))
    }


def _name(state: Reader, who: NamedNode, graph: NamedNode) -> str:
    said = (quad.object for quad in state.quads(who, RDFS_LABEL, graph=graph))
    return min((one.value for one in said if isinstance(one, Literal)), default="")


def namesakes(people: Mapping[NamedNode, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each name that several have who stood for one nation, with its code."""
    counted: defaultdict[tuple[str, str], int] = defaultdict(int)
    for name_and_nation in people.values():
        counted[name_and_nation] += 1
    yield from sorted(one for one, number in counted.items() if number > 1)


def alone(people: Mapping[NamedNode, tuple[str, str]]) -> dict[NamedNode, tuple[str, str]]:
    """Return the people whose name nobody else has who stood for their nation."""
    shared = set(namesakes(people))
    return {who: said for who, said in people.items() if said not in shared}


def respelled(
    kind: str,
    change: Callable[[str], str],
    people: Mapping[NamedNode, tuple[str, str]],
) -> Iterator[Known]:
    """Yield the names that a change makes another spelling of."""
    for who, (name, nation) in people.items():
        text = change(name)
        if text not in ("", name) and (change is not in_cyrillic or nation in _CYRILLIC_NATIONS):
            yield Known(kind, text, nation, who)


def family_first(name: str) -> str:
    """Return a name as lists of results write it: POPOV Aleksandr.

    Example:
        >>> family_first("Aleksandr Popov")
        'POPOV Aleksandr'

    """
    given, _, family = name.rpartition(" ")
    return f"{family.upper()} {given}" if given else ""


def without_signs(name: str) -> str:
    """Return a name without accents and other signs.

    Example:
        >>> without_signs("Anita Włodarczyk"), without_signs("Jürgen Brähmer")
        ('Anita Wlodarczyk', 'Jurgen Brahmer')

    """
    letters = name.translate(str.maketrans("łŁøØđĐıəƏ", "lLoOdDiaA"))
    return unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()


def with_slip(name: str) -> str:
    """Return a name with one slip in its longest part: letters swapped, lost, doubled or wrong.

    Example:
        >>> with_slip("Aleksandr Popov") != "Aleksandr Popov"
        True

    """
    part = max(re.findall(r"[^\W\d_]+", name), key=len, default="")
    if len(part) < _SHORTEST_SLIP:
        return ""
    seed = zlib.crc32(name.encode())
    at = 1 + seed % (len(part) - 2)
    here, after = part[at], part[at + 1 :]
    slips = (
        part[:at] + after[:1] + here + after[1:],
        part[:at] + after,
        part[:at] + here + here + after,
        part[:at] + ("e" if here != "e" else "a") + after,
    )
    return name.replace(part, slips[seed // 7 % len(slips)], 1)


def in_cyrillic(name: str) -> str:
    """Return a name in Cyrillic letters, as they are usually written for Latin ones.

    Example:
        >>> in_cyrillic("Aleksandr Popov")
        'Александр Попов'

    """
    text = name.lower()
    if not text.isascii():
        return ""
    for latin, cyrillic in _CYRILLIC:
        text = text.replace(latin, cyrillic)
    return text.title()


def sample(items: Iterable[Item], number: int) -> list[Item]:
    """Return so many of some items, at equal distances."""
    found: Sequence[Item] = list(items)
    if len(found) < number:
        raise ValueError(f"{number} are wanted of {len(found)}")
    return [found[n * len(found) // number] for n in range(number)]
