"""A store with a few statements, and the processes of a service over it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from graph.store import Store
from service.limits import Limits
from service.processes.answering import Asker
from service.processes.jobs import Job, Kind
from service.processes.pool import Pool
from service.whereabouts import Whereabouts

from .service_world import says
from .waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.processes.running import Running

STATEMENTS = 300
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = f"{LONG} ORDER BY ?a ?c ?i"
YES, NO = b'{"head":{},"boolean":true}', b'{"head":{},"boolean":false}'

LIMITS = replace(
    Limits(),
    query_s=PATIENCE_S,
    query_processor_s=PATIENCE_S,
    readers=4,
    readers_of_client=2,
)


@dataclass
class Processes:
    """A pool, the store that it works over, and the reasons for which it ended processes."""

    store: Store
    pool: Pool
    killed: list[str] = field(default_factory=list)

    def begin(
        self, query: str, asker: Asker | None = None, *, version: int | None = None
    ) -> Running:
        """Ask a query and return its answer, not read yet."""
        number = self.store.version if version is None else version
        return self.pool.answering.answer(
            Job(Kind.QUERY, number, "json", text=query), asker or Asker()
        )

    def ask(self, query: str, asker: Asker | None = None, *, version: int | None = None) -> bytes:
        """Ask a query and return its whole answer."""
        answer = self.begin(query, asker, version=version)
        try:
            return b"".join(answer)
        finally:
            answer.close()


@contextmanager
def processes(folder: Path, limits: Limits = LIMITS) -> Iterator[Processes]:
    """Yield the processes of a service over a new store, once the image holds its newest state."""
    place = folder / "store"
    with Store.create(place) as store:
        with store.transaction() as change:
            change.add(*(says(f"s{number}", str(number)) for number in range(STATEMENTS)))
        killed: list[str] = []
        with Pool(Whereabouts.of(place), limits, store=store, killed=killed.append) as pool:
            yield Processes(store, pool, killed)


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and was not collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def memory_of_children() -> int:
    """Return the memory that the processes started by this one have to themselves, in bytes."""
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _is_descendant(int(entry.name)):
            fields = (entry / "statm").read_text().split()
            total += (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")
    return total


def _is_descendant(pid: int) -> bool:
    while pid > 1:
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            return False
        if pid == os.getpid():
            return True
    return False
