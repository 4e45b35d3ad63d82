"""How long it takes to find names, how many of their spellings are found, and what the index costs.

Names are those of a CSV table (``--names``, the column ``Name`` or ``name``), as many as are
wanted; what is missing is made of their first and last words. Each becomes a person with an
entry in a store on disk. The peers hold the same names: SQLite's FTS5, with signs removed and
an index of prefixes, and the graph itself asked with ``FILTER(CONTAINS(...))``.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.parse import quote

from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.names import RDF_TYPE, RDFS_LABEL, Names, mg
from graph.search import Question, SearchFiles, words_of
from graph.store import Store
from graph.terms import Literal, Quad

from .servers import MEDALGRAPH, all_servers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.search import SearchIndex

_GIVEN = "Ana Bo Chen Dilnoza Emre Fatima Giorgos Hye Ivan Jürgen Kofi Lamiya Mohamed Nguyễn Özge"
_FAMILY = "Əliyeva Ek Garcia Ivanov Kim Lindqvist Müller Nakamura O'Brien Papadopoulos Silva Wang"
_EVENTS, _NATIONS = 200, 180
_WAIT_S = 0.5
_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Variant:
    """A spelling of a name, and whose it is.

    Attributes:
        kind: in what it differs from the name.
        text: the spelling.
        name: the name.

    """

    kind: str
    text: str
    name: str


def names_of(table: Path | None, count: int, chance: random.Random) -> list[str]:
    """Return so many different names, the same ones for the same table and chance."""
    names = list(dict.fromkeys(_read(table)))[:count] if table else []
    given = sorted({*_GIVEN.split(), *(name.split()[0] for name in names)})
    family = sorted({*_FAMILY.split(), *(name.split()[-1] for name in names)})
    known = set(names)
    while len(names) < count:
        name = f"{chance.choice(given)} {chance.choice(family)}"
        while name in known:
            name = f"{chance.choice(given)} {name}"
        known.add(name)
        names.append(name)
    return names


def _read(table: Path) -> Iterator[str]:
    opened = gzip.open if table.suffix == ".gz" else open
    with opened(table, "rt", encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            name = (row.get("Name") or row.get("name") or "").strip()
            if words_of(name):
                yield name


def fill(place: Path, names: Sequence[str]) -> None:
    """Make a store in which each name is a person's, with an entry in an event of a nation."""
    SnapshotEngine.create(place).close()
    with SnapshotEngine.open(place) as engine:
        draft = engine.draft()
        draft.bulk_add(_quads(names))
        draft.publish(CommitInfo(message="Made for the benchmark"))


def _quads(names: Sequence[str]) -> Iterator[Quad]:
    mint = Names()
    graph = mint.graph("benchmark")
    for number, name in enumerate(names):
        person, entry = mint.of("person", f"p{number}"), mint.of("entry", f"e{number}")
        yield Quad(person, RDF_TYPE, mg("Person"), graph)
        yield Quad(person, RDFS_LABEL, Literal(name), graph)
        yield Quad(person, mg("born"), Literal(str(1900 + number % 110)), graph)
        yield Quad(entry, mg("athlete"), person, graph)
        yield Quad(entry, mg("nation"), mint.of("nation", f"N{number % _NATIONS}"), graph)
        yield Quad(entry, mg("event"), mint.of("event", f"e{number % _EVENTS}"), graph)
    for number in range(_EVENTS):
        event = mint.of("event", f"e{number}")
        yield Quad(event, mg("games"), mint.of("games", f"g{number % 50}"), graph)
        yield Quad(event, mg("sport"), mint.of("sport", f"s{number % 40}"), graph)


def typed(names: Sequence[str], count: int, chance: random.Random) -> list[str]:
    """Return what people may have typed of names so far, from one letter on."""
    chosen = chance.choices(names, k=count)
    return [name[: chance.randint(1, len(name))].strip() or name[0] for name in chosen]


def variants(names: Sequence[str], count: int, chance: random.Random) -> list[Variant]:
    """Return spellings of names with one thing changed in each, equally many of every kind."""
    long = [name for name in names if len(words_of(name)) > 1 and len(name.split()[-1]) > 4]
    return [
        Variant(kind, spell(name, chance), name)
        for kind, spell in _WAYS.items()
        for name in chance.choices(long, k=count)
    ]


def _swapped(name: str, _: random.Random) -> str:
    return " ".join([name.rsplit(maxsplit=1)[-1], *name.split()[:-1]])


def _plain(name: str, _: random.Random) -> str:
    return " ".join(word.plain for word in words_of(name))


def _initial(name: str, _: random.Random) -> str:
    first, *rest = name.split()
    return " ".join([f"{first[0]}.", *rest])


def _first_and_last(name: str, _: random.Random) -> str:
    parts = name.split()
    return f"{parts[0]} {parts[-1]}"


def _missing(name: str, chance: random.Random) -> str:
    *rest, last = name.split()
    at = chance.randrange(1, len(last))
    return " ".join([*rest, last[:at] + last[at + 1 :]])


def _turned(name: str, chance: random.Random) -> str:
    *rest, last = name.split()
    at = chance.randrange(1, len(last) - 1)
    return " ".join([*rest, last[:at] + last[at + 1] + last[at] + last[at + 2 :]])


_LETTERS = str.maketrans(
    dict(zip("abcdefghijklmnoprstuvyz", "абкдефгхийклмнопрстувйз", strict=True))
    | {"q": "к", "w": "в", "x": "кс"}
)


def _cyrillic(name: str, _: random.Random) -> str:
    return " ".join(word.plain for word in words_of(name)).translate(_LETTERS)


_WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda name, _: name,
    "another order": _swapped,
    "no signs": _plain,
    "first name as initial": _initial,
    "first and last word": _first_and_last,
    "a letter missing": _missing,
    "two letters turned": _turned,
    "in Cyrillic": _cyrillic,
}


class Fts5:
    """SQLite's full-text search over the same names."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)

    def fill(self, names: Sequence[str]) -> None:
        """Build the index."""
        self._database.execute(
            "CREATE VIRTUAL TABLE names USING fts5("
            "name, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
        )
        self._database.executemany("INSERT INTO names VALUES (?)", ((name,) for name in names))
        self._database.commit()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def find(self, text: str) -> list[str]:
        """Return names that have every word, in any order."""
        return self._asked(" ".join(f'"{word.written}"' for word in words_of(text)))

    def begins(self, text: str) -> list[str]:
        """Return names that have every word, and one that begins like the last."""
        return self._asked(" ".join(f'"{word.written}"' for word in words_of(text)) + "*")

    def _asked(self, query: str) -> list[str]:
        sql = "SELECT name FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?"
        return [name for (name,) in self._database.execute(sql, (query, _LIMIT))]


def times(work: Callable[[str], object], texts: Sequence[str]) -> list[tuple[float, float]]:
    """Return for each text the milliseconds on the clock and of the processor in this thread."""
    found = []
    for text in texts:
        clock, processor = time.perf_counter(), time.thread_time()
        work(text)
        spent = time.perf_counter() - clock, time.thread_time() - processor
        found.append((spent[0] * 1_000, spent[1] * 1_000))
    return found


def shown(spent: Sequence[tuple[float, float]]) -> str:
    """Return the median and the 95th percentile, and that of the processor, as cells."""
    clock, processor = ([each[at] for each in spent] for at in (0, 1))
    last = (quantiles(each, n=20)[-1] for each in (clock, processor))
    return f"{median(clock):.1f} | {' | '.join(f'{each:.1f}' for each in last)}"


def _contains(store: Store, text: str) -> int:
    words = " && ".join(f"CONTAINS(LCASE(?l), {Literal(word.written)})" for word in words_of(text))
    with store.query(f"SELECT ?p {{ ?p rdfs:label ?l FILTER({words}) }} LIMIT {_LIMIT}") as found:
        return sum(1 for _ in found)  # type: ignore[union-attr, misc] # a SELECT


def _suggested(port: int, texts: Sequence[str]) -> list[tuple[float, float]]:
    """Return how long the running service took for each suggestion, as ``times`` does."""
    connection = HTTPConnection("127.0.0.1", port)

    def ask(text: str) -> int:
        connection.request("GET", f"/search/suggest?q={quote(text)}")
        answer = connection.getresponse()
        answer.read()
        return answer.status

    while ask("a") != 200:
        time.sleep(_WAIT_S)
    times(ask, texts[: len(texts) // 10])
    spent = times(ask, texts)
    connection.close()
    return spent


def recall(
    found: Sequence[Variant], ways: Sequence[Callable[[str], list[str]]]
) -> dict[str, list[tuple[int, int, int]]]:
    """Return for each kind of variant, and each way, how many are found first, found, and all."""
    counts: dict[str, list[tuple[int, int, int]]] = {}
    for kind in _WAYS:
        own = [each for each in found if each.kind == kind]
        counts[kind] = []
        for way in ways:
            answers = [(each.name, way(each.text)) for each in own]
            first = sum(names[:1] == [name] for name, names in answers)
            counts[kind].append((first, sum(name in names for name, names in answers), len(own)))
    return counts


def _labels(index: SearchIndex, text: str) -> list[str]:
    return [hit.label for hit in index.answer(Question(text[:200], limit=_LIMIT))]


@dataclass(frozen=True, slots=True)
class Cost:
    """What an index costs.

    Attributes:
        seconds: on the clock.
        processor_s: of the processor.
        size_bytes: of its files.
        memory_bytes: how much more the process took meanwhile than before.

    """

    seconds: float
    processor_s: float
    size_bytes: int
    memory_bytes: int

    @classmethod
    def of(cls, work: Callable[[], object], size_bytes: Callable[[], int]) -> Cost:
        """Return what a piece of work costs."""
        # The kernel forgets the peak at this order (proc(5), clear_refs).
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before, clock, processor = _peak_bytes(), time.perf_counter(), time.process_time()
        work()
        spent = time.perf_counter() - clock, time.process_time() - processor
        return cls(*spent, size_bytes(), _peak_bytes() - before)

    def cells(self) -> str:
        """Return the cost as cells of a table."""
        sizes = (self.size_bytes / 2**20, self.memory_bytes / 2**20)
        return " | ".join(f"{each:.1f}" for each in (self.seconds, self.processor_s, *sizes))


def _peak_bytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) << 10


def run(names: Sequence[str], asked: int, folder: Path, tell: Callable[[str], None]) -> str:
    """Measure everything and return it as tables in Markdown."""
    chance = random.Random(len(names))  # noqa: S311 - the same questions each time
    so_far, other = typed(names, asked, chance), variants(names, max(asked // 10, 5), chance)
    tell(f"filling a store with {len(names):,} names")
    fill(folder / "store", names)
    database = folder / "names.sqlite"
    with Store.open(folder / "store") as store, SearchFiles(store) as files:
        tell("building the index")
        cost = Cost.of(files.newest, files.size_bytes)
        fts5 = Fts5(database)
        peers_cost = Cost.of(lambda: fts5.fill(names), lambda: database.stat().st_size)
        tell("asking")
        rows = speeds(store, files.newest(), fts5, so_far, [each.text for each in other])
        counts = recall(other, [lambda text: _labels(files.newest(), text), fts5.find])
    fts5.close()
    tell("asking the service")
    with all_servers(folder / "store", folder, [MEDALGRAPH]) as [server]:
        rows.append(("typing, over HTTP", len(so_far), shown(_suggested(server.port, so_far))))
    return "\n".join((*_speeds_table(rows), *_costs_table(cost, peers_cost), *_recall(counts)))


def speeds(
    store: Store, index: SearchIndex, fts5: Fts5, so_far: Sequence[str], texts: Sequence[str]
) -> list[tuple[str, int, str]]:
    """Return what was asked, how often, and how long it took."""
    few = texts[:: max(len(texts) // 20, 1)]
    ways: list[tuple[str, Callable[[str], object], Sequence[str]]] = [
        ("typing", lambda text: index.begins(text, limit=8), so_far),
        ("typing, FTS5", fts5.begins, so_far),
        ("a spelling", lambda text: _labels(index, text), texts),
        ("a spelling, FTS5", fts5.find, texts),
        ("a spelling, CONTAINS", lambda text: _contains(store, text), few),
    ]
    return [(what, len(own), shown(times(work, own))) for what, work, own in ways]


def _speeds_table(rows: Sequence[tuple[str, int, str]]) -> Iterator[str]:
    yield "| asked for | times | median (ms) | 95 of 100 within (ms) | of the processor (ms) |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for what, count, cells in rows:
        yield f"| {what} | {count:,} | {cells} |"
    yield ""


def _costs_table(own: Cost, peer: Cost) -> Iterator[str]:
    yield "| index | seconds | of the processor | files (MiB) | memory while built (MiB) |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    yield f"| medalgraph | {own.cells()} |"
    yield f"| FTS5 | {peer.cells()} |"
    yield ""


def _recall(counts: dict[str, list[tuple[int, int, int]]]) -> Iterator[str]:
    yield "| spelling | first | among ten | FTS5: first | among ten |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for kind, (own, peer) in counts.items():
        cells = [f"{one} of {own[2]}" for one in (*own[:2], *peer[:2])]
        yield f"| {kind} | {' | '.join(cells)} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search")
    parser.add_argument("--count", type=int, default=250_000, help="how many names")
    parser.add_argument("--names", type=Path, help="a CSV table with names, plain or .gz")
    parser.add_argument("--asked", type=int, default=1_000, help="how many questions of a kind")
    parser.add_argument("--folder", type=Path, help="where the temporary folder is made")
    told = parser.parse_args(arguments)
    chance = random.Random(told.count)  # noqa: S311 - the same names each time
    names = names_of(told.names, told.count, chance)
    with tempfile.TemporaryDirectory(dir=told.folder) as folder:
        text = run(names, told.asked, Path(folder), lambda line: print(line, file=sys.stderr))
    print(text)


if __name__ == "__main__":
    main()
