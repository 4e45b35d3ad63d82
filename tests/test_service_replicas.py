"""Two replicas in processes of their own, asked by many while their primary commits, and killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from typing import TYPE_CHECKING

import pytest

from graph.engines.snapshots import SnapshotEngine
from graph.errors import StoreMissing
from graph.store import Store
from service.tokens import TokenBook

from .replica_world import proved
from .running_service import RunningService, running
from .service_world import says
from .waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUBJECTS = 40
VALUES = "SELECT ?s ?v { ?s <http://ex/says> ?v }"
CLIENTS = 5
COMMITS = 12
SEEN_EACH = 4
"""Each fourth commit is awaited at the replicas; the others come as they may."""
NAME = "Ana Silva"
PROGRAM = "from service.cli.main import main; main()"


def round_of(number: int) -> str:
    """Return an update that lets every subject say a number instead of what it said."""
    return (
        "DELETE { GRAPH ?g { ?s <http://ex/says> ?v } }"
        f' INSERT {{ GRAPH ?g {{ ?s <http://ex/says> "{number}" }} }}'
        " WHERE { GRAPH ?g { ?s <http://ex/says> ?v } }"
    )


@pytest.fixture
def primary(tmp_path: Path) -> Iterator[RunningService]:
    """A primary in which every subject says the number of the newest commit."""
    place = tmp_path / "primary"
    with Store.create(place) as store, store.transaction() as change:
        change.add(*(says(f"s{number}", "1") for number in range(SUBJECTS)))
    with running(place) as service:
        yield service


@dataclass(frozen=True, slots=True)
class Following:
    """How a replica is pulled: by a program that is started, and may be killed."""

    address: str
    token_file: Path
    place: Path

    def start(self) -> subprocess.Popen[bytes]:
        words = ["replicate", self.address, self.place, "--token-file", self.token_file, "--follow"]
        return subprocess.Popen([sys.executable, "-c", PROGRAM, *map(str, words)], env=os.environ)

    @contextmanager
    def going_on(self) -> Iterator[subprocess.Popen[bytes]]:
        """Follow inside the ``with`` block; give the program once the replica is there."""
        process = self.start()
        try:
            wait_for(lambda: self.version() is not None, "the replica was made")
            yield process
        finally:
            process.kill()
            process.wait()

    def version(self) -> int | None:
        try:
            with SnapshotEngine.open(self.place) as engine:
                return engine.newest()
        except StoreMissing:
            return None


def following(primary: RunningService, folder: Path, name: str) -> Following:
    """Return how a replica of a service is pulled, with a token of its own."""
    token, _ = TokenBook(primary.place / "tokens.json").create("replicate", note=name)
    file = folder / f"{name}.token"
    file.write_text(token)
    file.chmod(0o600)
    return Following(f"http://127.0.0.1:{primary.port}", file, folder / name)


def stand_level(primary: RunningService, *replicas: RunningService) -> None:
    """Return once replicas serve what their primary serves."""
    newest = json.loads(primary.request("GET", "/health").body)["snapshot"]

    def is_level(replica: RunningService) -> bool:
        told = json.loads(replica.request("GET", "/health").body)
        return bool(told.get("snapshot") == newest and told["replica"]["behind_commits"] == 0)

    wait_for(lambda: all(map(is_level, replicas)), "each replica came to its primary")


@dataclass
class Crowd:
    """Many clients of one replica, who note what is wrong with an answer.

    Attributes:
        newest: the newest version of which an answer has come whole.
        answers: how many came.
        wrong: in a sentence each thing that must not be.

    """

    replica: RunningService
    newest: int = 0
    answers: int = 0
    versions: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask_until(self, over: threading.Event, client: str) -> None:
        while not over.is_set():
            before = self.newest
            reply = self.replica.ask(VALUES, client=client)
            if reply.status != 200:
                self.wrong.append(f"status {reply.status}: {reply.body[:200]!r}")
                return
            version = int(reply.headers["Medalgraph-Snapshot"])
            bindings = json.loads(reply.body)["results"]["bindings"]
            said = {row["v"]["value"] for row in bindings}
            with self._lock:
                self.answers += 1
                self.versions.add(version)
                self.newest = max(self.newest, version)
                if version < before:
                    self.wrong.append(f"version {version} came after {before}")
                if said != {str(version)} or len(bindings) != SUBJECTS:
                    self.wrong.append(f"version {version} has {len(bindings)} rows, saying {said}")

    def wait_for_answers(self, count: int) -> None:
        wait_for(lambda: self.answers >= count or self.wrong, f"{count} answers came")

    def wait_for_version(self, number: int) -> None:
        wait_for(lambda: self.newest >= number or self.wrong, f"version {number} was told")

    @contextmanager
    def asking(self) -> Iterator[None]:
        over = threading.Event()
        threads = [
            threading.Thread(target=self.ask_until, args=(over, f"127.0.0.{number + 2}"))
            for number in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()


def test_each_answer_under_load_is_of_one_published_version_and_none_goes_back(
    primary: RunningService, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        pulled = [following(primary, tmp_path, name) for name in ("one", "two")]
        for each in pulled:
            stack.enter_context(each.going_on())
        replicas = [stack.enter_context(running(each.place)) for each in pulled]
        crowds = [Crowd(replica) for replica in replicas]
        with ExitStack() as asking:
            for crowd in crowds:
                asking.enter_context(crowd.asking())
            for number in range(2, COMMITS + 2):
                heard = [crowd.answers for crowd in crowds]
                assert primary.update(round_of(number)).status == 200
                for crowd, before in zip(crowds, heard, strict=True):
                    crowd.wait_for_answers(before + CLIENTS)
                if number % SEEN_EACH == 0:
                    for crowd in crowds:
                        crowd.wait_for_version(number)
            stand_level(primary, *replicas)
            for crowd in crowds:
                crowd.wait_for_version(COMMITS + 1)
        for crowd in crowds:
            assert crowd.wrong == []
            assert crowd.versions <= set(range(1, COMMITS + 2))
            assert crowd.newest == COMMITS + 1
        bodies = {service.ask(f"{VALUES} ORDER BY ?s").body for service in (primary, *replicas)}
        assert len(bodies) == 1


def test_replicas_and_those_who_pull_may_be_killed_at_any_moment(
    primary: RunningService, tmp_path: Path
) -> None:
    chance = random.Random(3)  # noqa: S311 - moments that can be had again
    each = following(primary, tmp_path, "one")
    number, seen = 1, 0
    with each.going_on():
        pass
    for _ in range(4):
        with each.going_on() as puller, running(each.place) as replica:
            over = threading.Event()
            asking = threading.Thread(target=ask_while_it_lives, args=(replica, over))
            asking.start()
            for _ in range(3):
                number += 1
                assert primary.update(round_of(number)).status == 200
                time.sleep(chance.uniform(0, 0.5))
            for process in chance.sample([puller, replica.process], 2):
                time.sleep(chance.uniform(0, 0.3))
                process.send_signal(signal.SIGKILL)
                process.wait()
            over.set()
            asking.join()
        version = proved(each.place)
        assert seen <= version <= number
        seen = version
        with Store.open(each.place) as store, store.read() as state:
            assert {quad.object.value for quad in state.quads()} == {str(version)}  # type: ignore[union-attr] # literals
    with each.going_on(), running(each.place) as replica:
        stand_level(primary, replica)
        assert replica.ask("ASK {}").headers["Medalgraph-Snapshot"] == str(number)


def ask_while_it_lives(replica: RunningService, over: threading.Event) -> None:
    """Give a service something to do when it is killed."""
    with suppress(OSError, HTTPException):
        while not over.is_set():
            replica.ask(VALUES)


def test_a_replica_goes_on_without_its_primary_and_says_since_when(
    primary: RunningService, tmp_path: Path
) -> None:
    each = following(primary, tmp_path, "one")
    with each.going_on() as puller, running(each.place, REPLICA_LAG_SECONDS="2") as replica:
        stand_level(primary, replica)
        wait_for(partial(is_ready, replica), "a replica that follows was ready")
        primary.stop(signal.SIGKILL)

        wait_for(lambda: not is_ready(replica), "the replica said that it may be old")
        told = json.loads(replica.request("GET", "/health").body)
        assert told["replica"]["behind_seconds"] >= 2
        assert told["replica"]["seen"] == told["replica"]["level"] != ""
        assert replica.ask("ASK { ?s ?p ?o }").status == 200
        assert puller.poll() is None
        with running(primary.place) as again:
            assert again.update(round_of(2)).status == 200
            # It came back at another port, so who pulls is told so.
            puller.kill()
            moved = Following(f"http://127.0.0.1:{again.port}", each.token_file, each.place)
            with moved.going_on():
                stand_level(again, replica)
                wait_for(partial(is_ready, replica), "a replica that follows again was ready")


def test_who_was_erased_vanishes_from_a_replica_that_runs(
    primary: RunningService, tmp_path: Path
) -> None:
    person = "<https://w3id.org/medalgraph/id/person/ana-silva-1999>"
    told = f'INSERT DATA {{ {person} a mg:Person ; rdfs:label "{NAME}"@pt }}'
    assert primary.update(told).status == 200
    each = following(primary, tmp_path, "one")
    query = f'SELECT ?s {{ ?s rdfs:label "{NAME}"@pt }}'
    with each.going_on(), running(each.place) as replica:
        replica.wait_for_search()
        assert len(hits(replica)) == 1
        assert len(json.loads(replica.ask(query).body)["results"]["bindings"]) == 1

        erase = ["erase", "person:ana-silva-1999", "--yes", "--store", str(primary.place)]
        subprocess.run([sys.executable, "-c", PROGRAM, *erase], check=True, env=os.environ)

        for service in (primary, replica):
            wait_for(partial(is_erased, service, query), "a name was told no more")
            service.wait_for_search()
            assert hits(service) == []
        wait_for(lambda: not (each.place.parent / ".one.replica").exists(), "the old one was gone")
        files = [path for path in each.place.rglob("*") if path.is_file()]
        assert not [path for path in files if NAME.encode() in path.read_bytes()]
        assert primary.update(round_of(7)).status == 200
        stand_level(primary, replica)


def hits(service: RunningService) -> list[object]:
    found = service.request("GET", "/search?q=Ana+Silva&format=json")
    assert found.status == 200
    return list(json.loads(found.body)["hits"])


def is_ready(service: RunningService) -> bool:
    return service.request("GET", "/health/ready").status == 200


def is_erased(service: RunningService, query: str) -> bool:
    reply = service.ask(query)
    return reply.status == 200 and json.loads(reply.body)["results"]["bindings"] == []
