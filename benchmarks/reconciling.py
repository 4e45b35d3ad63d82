"""How often reconciling is right: 200 names as the news spell them, with the nation as evidence.

Run it with::

    medalgraph import olympic-120-years FOLDER   (into STORE)
    python -m benchmarks.reconciling STORE FOLDER_OF_WIKIDATA ATHLETES_OF_PARIS

The store is asked for people as Wikidata calls them, and in four more spellings. Whom each name
means is known from medals that both sources give to one person. Among the names are some that
several people of the nation have, and some of athletes who are not in the store: nobody must be
taken for one of those. The peer is what a script of ten lines does: the most similar name of
the nation by rapidfuzz, if it is similar enough and no other is as similar.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from graph.engines.memory import MemoryDraft
from graph.importers import IMPORTERS
from graph.importers.tables import RejectFile
from graph.lexical import as_stored
from graph.names import Names
from graph.progress import silent
from graph.reconciling.asking import Evidence, Query
from graph.reconciling.deciding import SHORTLIST, Reconciler
from graph.search import SearchFiles
from graph.store import Store
from graph.terms import NamedNode

from .known_names import (
    Known,
    family_first,
    in_cyrillic,
    known_pairs,
    namesakes,
    people_of,
    respelled,
    sample,
    with_slip,
    without_signs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph.engines.base import Reader
    from graph.search import SearchIndex

NAMES = Names()
STORED, SPELLED = NAMES.graph("olympic-120-years"), NAMES.graph("wikidata-medallists")
AS_SPELLED, FAMILY_FIRST, NO_SIGNS, SLIP, CYRILLIC, NAMESAKES, NOT_THERE = (
    "as Wikidata spells it",
    "family name first",
    "signs lost",
    "a slip of the pen",
    "in Cyrillic",
    "namesakes of one nation",
    "not in the store",
)
HEADINGS = ("names", "asked", "sure, right", "sure, wrong", "not sure", "right one listed")
SIMILAR = 90.0
"""From so much on, of 100, the peer takes a name for the same, if no other is as similar."""


@dataclass(slots=True)
class Tally:
    """What came of the names of one kind."""

    asked: int = 0
    right: int = 0
    wrong: int = 0
    listed: int = 0
    meant: int = 0

    @property
    def cells(self) -> tuple[str, ...]:
        """The numbers of one line of the table."""
        unsure = self.asked - self.right - self.wrong
        numbers = (self.asked, self.right, self.wrong, unsure, self.listed)
        return tuple(map(str, numbers))


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of all names.

    Attributes:
        milliseconds: processor time for each name.

    """

    by_kind: Mapping[str, Tally]
    milliseconds: float

    @property
    def precision(self) -> float:
        """The share of those taken for sure who are meant."""
        right = sum(one.right for one in self.by_kind.values())
        return right / (right + sum(one.wrong for one in self.by_kind.values()))

    @property
    def recall(self) -> float:
        """The share of those meant who are taken for sure."""
        tallies = self.by_kind.values()
        return sum(one.right for one in tallies) / sum(one.meant for one in tallies)


def measured(
    cases: Sequence[Known], answer: Callable[[Known], tuple[NamedNode | None, Iterable[NamedNode]]]
) -> Measured:
    """Return what came of names.

    Args:
        cases: the names.
        answer: returns who is taken for sure, or None, and all that are listed.

    """
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    begun = process_time()
    for case in cases:
        sure, listed = answer(case)
        tally = tallies[case.kind]
        tally.asked += 1
        tally.meant += case.person is not None
        tally.right += sure is not None and sure == case.person
        tally.wrong += sure is not None and sure != case.person
        tally.listed += case.person is not None and case.person in set(listed)
    return Measured(tallies, (process_time() - begun) * 1_000 / len(cases))


class Ours:
    """Reconciles as the service does: a search makes a shortlist, the facts decide."""

    def __init__(self, reader: Reader, index: SearchIndex) -> None:
        self._reconciler, self._index = Reconciler(reader, NAMES), index

    def __call__(self, case: Known) -> tuple[NamedNode | None, list[NamedNode]]:
        """Return who is taken for sure, and all that are listed."""
        hits = self._index.find(case.text, kinds=("Person",), limit=SHORTLIST)
        query = Query((case.text,), ("Person",), evidence=(Evidence("nation", (case.nation,)),))
        found = self._reconciler.candidates(query, [NamedNode(hit.iri) for hit in hits])
        sure = found[0].facts.node if found and found[0].is_sure else None
        return sure, [one.facts.node for one in found]


class Peer:
    """Takes the most similar name of the nation by rapidfuzz, if no other is as similar.

    Args:
        people: the name and the code of the nation of each.
        scorer: how similar two names are, of 100.

    """

    def __init__(
        self, people: Mapping[NamedNode, tuple[str, str]], scorer: Callable[..., float]
    ) -> None:
        self._scorer = scorer
        self._names: defaultdict[str, dict[NamedNode, str]] = defaultdict(dict)
        for who, (name, nation) in people.items():
            self._names[nation][who] = name.casefold()

    def __call__(self, case: Known) -> tuple[NamedNode | None, list[NamedNode]]:
        """Return who is taken for sure, and all that are listed."""
        found = process.extract(
            case.text.casefold(), self._names[case.nation], scorer=self._scorer, limit=10
        )
        nodes = [who for _, _, who in found]
        similar = [likeness for _, likeness, _ in found[:2]] + [0.0, 0.0]
        is_sure = similar[0] >= SIMILAR and similar[0] > similar[1]
        return (nodes[0] if is_sure else None), nodes


def cases_of(stored: Reader, spelled: Reader, paris: Path, *, times: int = 1) -> list[Known]:
    """Return the 200 names, or as many times more as there are.

    Args:
        stored: the state whose people are meant.
        spelled: a state with another source that has medals of the same events.
        paris: the table of the athletes of Paris 2024.
        times: how many times as many names as usual.

    """
    people = people_of(stored, STORED)
    pairs = known_pairs((spelled, SPELLED), (stored, STORED))
    known = {
        person: said
        for who, said in people_of(spelled, SPELLED).items()
        if isinstance(person := pairs.get(who), NamedNode)
    }
    changes = ((FAMILY_FIRST, family_first), (NO_SIGNS, without_signs), (SLIP, with_slip))
    made = [respelled(kind, change, known) for kind, change in (*changes, (CYRILLIC, in_cyrillic))]
    same = [Known(AS_SPELLED, name, nation, who) for who, (name, nation) in known.items()]
    shared = [Known(NAMESAKES, name, nation, None) for name, nation in namesakes(people)]
    wanted = ((same, 100), *((each, 15) for each in made), (shared, 20), (_young(paris), 20))
    lists = [(list(each), number * times) for each, number in wanted]
    return [case for each, number in lists for case in sample(each, min(number, len(each)))]


def _young(table: Path) -> list[Known]:
    """Return the athletes of Paris who were 12 at most in 2016, when the stored table ends."""
    with table.open(encoding="utf-8-sig", newline="") as rows:
        return [
            Known(NOT_THERE, row["name"], row["country_code"], None)
            for row in csv.DictReader(rows)
            if row["birthDate"][:4] >= "2004"
        ]


def lines_of(found: Measured) -> list[tuple[str, ...]]:
    """Return the lines of the table, the sum last."""
    lines = [(kind, *tally.cells) for kind, tally in found.by_kind.items()]
    sums = (str(sum(int(line[n]) for line in lines)) for n in range(1, len(HEADINGS)))
    return [*lines, ("all", *sums)]


def _converted(importer: str, folder: Path) -> MemoryDraft:
    with RejectFile(None) as rejects:
        convert = IMPORTERS[importer].convert
        quads = convert(folder, names=NAMES, rejects=rejects, progress=silent)
        return MemoryDraft(map(as_stored, quads))


def main() -> None:
    """Measure, and print the table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, help="a store that has olympic-120-years")
    parser.add_argument("wikidata", type=Path, help="the folder of wikidata-medallists")
    parser.add_argument("paris", type=Path, help="the table athletes.csv of Paris 2024")
    parser.add_argument("--times", type=int, default=1, help="so many times as many names")
    parser.add_argument("--mistakes", action="store_true", help="name what went wrong")
    told = parser.parse_args()
    spelled = _converted("wikidata-medallists", told.wikidata)
    with Store.open(told.store) as store, SearchFiles(store) as files, store.read() as reader:
        index = files.newest()
        cases = cases_of(reader, spelled, told.paris, times=told.times)
        people = people_of(reader, STORED)
        contestants: dict[str, Ours | Peer] = {
            "medalgraph": Ours(reader, index),
            "rapidfuzz, token_sort_ratio": Peer(people, fuzz.token_sort_ratio),
            "rapidfuzz, token_set_ratio": Peer(people, fuzz.token_set_ratio),
        }
        for name, contestant in contestants.items():
            found = measured(cases, contestant)
            print(f"\n{name}: precision {found.precision:.3f}, recall {found.recall:.3f},", end=" ")
            print(f"{found.milliseconds:.1f} ms of processor time a name\n")
            for line in (HEADINGS, ("---",) * len(HEADINGS), *lines_of(found)):
                print("| " + " | ".join(line) + " |")
            if told.mistakes:
                _tell_mistakes(cases, contestant)


def _tell_mistakes(cases: Sequence[Known], contestant: Ours | Peer) -> None:
    for case in cases:
        sure, listed = contestant(case)
        if sure != case.person:
            print(case, "taken:", sure, "listed:", [*listed][:3])


if __name__ == "__main__":
    main()
