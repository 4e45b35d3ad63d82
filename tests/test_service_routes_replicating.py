"""A primary gives its files to replicas alone; a replica serves, changes nothing, and says so."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graph.engines.disk import Places
from graph.engines.replicated import Primary, write_primary
from graph.engines.snapshots import SnapshotEngine
from graph.replicating import Manifest
from graph.replicating.standing import Look, now, write_look
from service.config import Settings

from .replica_world import PRIMARY, replica_in
from .service_world import BROWSER, World, says, world_in, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = "/replication/manifest"
LONG_AGO = "2026-01-01T00:00:00.000+00:00"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        made.state(says("a", "one"))
        made.state(says("a", "two"))
        yield made


@pytest.fixture
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with replica_in(tmp_path_factory.mktemp("replica")) as made:
        yield made


def manifest_of(world: World, path: str = MANIFEST) -> Manifest:
    answer = world.client.get(path, headers=world.bearer("replicate"))
    assert answer.status_code == 200
    return Manifest.from_bytes(answer.data)


@pytest.mark.parametrize("path", [MANIFEST, "/replication/files/" + 64 * "0"])
def test_nobody_without_a_token_gets_anything(world: World, path: str) -> None:
    answer = world.client.get(path)
    assert answer.status_code == 401
    assert "token create --scope replicate" in answer.text


@pytest.mark.parametrize("scope", ["read", "write", "admin"])
@pytest.mark.parametrize("path", [MANIFEST, "/replication/files/" + 64 * "0"])
def test_no_other_scope_lets_one_have_the_files(world: World, path: str, scope: str) -> None:
    assert world.client.get(path, headers=world.bearer(scope)).status_code == 403


def test_the_token_of_a_replica_changes_nothing(world: World) -> None:
    answer = world.client.post(
        "/sparql",
        data="INSERT DATA { <http://ex/a> <http://ex/p> 1 }",
        headers={**world.bearer("replicate"), "Content-Type": "application/sparql-update"},
    )
    assert answer.status_code == 403
    assert world.store.version == 2


def test_the_manifest_names_each_file_by_its_checksum(world: World) -> None:
    manifest = manifest_of(world)

    parts = [record.part for record in manifest.records] + list(manifest.snapshot.values())
    assert manifest.newest == len(manifest.records) == 2
    for part in parts:
        answer = world.client.get(
            f"/replication/files/{part.sha256}", headers=world.bearer("replicate")
        )
        assert answer.status_code == 200
        assert len(answer.data) == part.bytes
        assert hashlib.sha256(answer.data).hexdigest() == part.sha256
        assert "private" in answer.headers["Cache-Control"]


def test_commits_that_are_known_are_not_listed(world: World) -> None:
    assert len(manifest_of(world, f"{MANIFEST}?since=1").records) == 1
    later = manifest_of(world, f"{MANIFEST}?since=99")
    assert (later.since, later.records) == (2, ())


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "٣", 19 * "9"])
def test_what_is_no_number_of_a_commit_is_refused(world: World, since: str) -> None:
    answer = world.client.get(f"{MANIFEST}?since={since}", headers=world.bearer("replicate"))
    assert answer.status_code == 400


def test_who_knows_the_manifest_is_told_so_until_something_changes(world: World) -> None:
    known = world.bearer("replicate")
    tag = world.client.get(MANIFEST, headers=known).headers["ETag"]

    def asked_again() -> int:
        headers = {**known, "If-None-Match": tag}
        return world.client.get(MANIFEST, headers=headers).status_code

    assert asked_again() == 304
    world.state(says("a", "three"))
    assert asked_again() == 200


def test_a_revoked_token_changes_the_manifest(world: World) -> None:
    known = world.bearer("replicate")
    world.bearer("read")
    tag = world.client.get(MANIFEST, headers=known).headers["ETag"]
    world.book.revoke(world.book.tokens()[-1].id)

    answer = world.client.get(MANIFEST, headers={**known, "If-None-Match": tag})
    assert answer.status_code == 200


def test_the_rest_of_a_file_is_given_from_a_byte_on(world: World) -> None:
    manifest, known = manifest_of(world), world.bearer("replicate")
    part = next(part for name, part in manifest.snapshot.items() if name.startswith("MANIFEST"))
    path = f"/replication/files/{part.sha256}"
    whole = world.client.get(path, headers=known).data

    rest = world.client.get(path, headers={**known, "Range": "bytes=100-"})
    assert rest.status_code == 206
    assert rest.data == whole[100:]
    assert rest.headers["Content-Range"] == f"bytes 100-{part.bytes - 1}/{part.bytes}"
    some = world.client.get(path, headers={**known, "Range": "bytes=10-19"})
    assert some.data == whole[10:20]


def test_a_range_beyond_the_end_is_refused_with_the_length(world: World) -> None:
    manifest, known = manifest_of(world), world.bearer("replicate")
    part = manifest.snapshot["CURRENT"]
    answer = world.client.get(
        f"/replication/files/{part.sha256}",
        headers={**known, "Range": f"bytes={part.bytes}-"},
    )
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{part.bytes}"


@pytest.mark.parametrize("name", [64 * "0", "CURRENT", "..%2F..%2Ftokens.json", "tokens.json"])
def test_what_no_manifest_names_is_not_given(world: World, name: str) -> None:
    manifest_of(world)
    answer = world.client.get(f"/replication/files/{name}", headers=world.bearer("replicate"))
    assert answer.status_code in (404, 410)


def test_the_manifest_says_where_clients_reach_the_service(tmp_path: Path) -> None:
    settings = Settings(public_url="https://medals.example", base_path="/m")
    with world_in(tmp_path, settings) as world:
        assert manifest_of(world).address == "https://medals.example/m"


def test_a_replica_refuses_a_change_and_names_its_primary(replica: World) -> None:
    answer = replica.client.post(
        "/sparql",
        data="INSERT DATA { <http://ex/a> <http://ex/p> 1 }",
        headers={**replica.bearer(), "Content-Type": "application/sparql-update"},
    )
    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["type"].endswith("/read-only")
    assert answer.json["primary"] == PRIMARY
    assert PRIMARY in answer.json["detail"]
    assert "/srv/store" not in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/graphs/x"), ("DELETE", "/graphs/x"), ("POST", "/rehearse/results")],
)
def test_every_way_to_change_names_the_primary(replica: World, method: str, path: str) -> None:
    answer = replica.client.open(path, method=method, headers=replica.bearer(), data="x")
    assert answer.status_code == 403
    assert PRIMARY in answer.text


@pytest.mark.parametrize("path", ["/review", "/review/sign-in", "/import"])
def test_pages_for_changing_lead_to_the_primary(replica: World, path: str) -> None:
    page = replica.client.get(path, headers={"Accept": BROWSER})
    assert page.status_code == 200
    assert f'href="{PRIMARY}/' in page.text
    assert "takes no changes" in page.text


def test_a_replica_whose_primary_gives_no_address_says_that_it_is_one(replica: World) -> None:
    write_primary(Places(place_of(replica)), Primary("/srv/store"))
    with world_of(place_of(replica)) as world:
        answer = world.client.delete("/graphs/x", headers=world.bearer())
        assert answer.status_code == 403
        assert "serves a replica" in answer.text
        assert "/srv/store" not in answer.text


def test_health_of_a_replica_says_how_far_behind_it_is(replica: World) -> None:
    look_of(replica, Look(seen=now(), newest=5, level=LONG_AGO, problem="/srv/store is gone"))
    answer = replica.client.get("/health")

    assert answer.json is not None
    told = answer.json["replica"]
    assert answer.json["snapshot"] == 3
    assert answer.json["read_only"] is True
    assert told["primary"] == PRIMARY
    assert told["behind_commits"] == 2
    assert told["behind_seconds"] > 3_600
    assert told["level"] == LONG_AGO
    assert "/srv/store" not in answer.text
    assert replica.client.get("/health/ready").status_code == 200


def test_a_replica_that_is_too_old_is_not_ready(tmp_path: Path) -> None:
    with replica_in(tmp_path, replace(Settings(), replica_lag_s=60.0)) as world:
        assert world.client.get("/health/ready").status_code == 200
        look_of(world, Look(seen=now(), newest=5, level=LONG_AGO))
        answer = world.client.get("/health/ready")
        assert answer.status_code == 503
        assert "since 2026-01-01 00:00:00 UTC" in answer.text


def test_a_replica_of_which_nothing_is_known_is_too_old_too(tmp_path: Path) -> None:
    with replica_in(tmp_path, replace(Settings(), replica_lag_s=60.0)) as world:
        for path in Places(place_of(world)).replication.iterdir():
            path.write_text("half")
        assert world.client.get("/health/ready").status_code == 503
        told = world.client.get("/health").json
        assert told is not None
        assert told["replica"]["behind_seconds"] is None


def test_the_numbers_of_a_replica_say_how_far_behind_it_is(replica: World, world: World) -> None:
    look_of(replica, Look(seen=now(), newest=5, level=now()))
    told = replica.client.get("/metrics").text
    assert "medalgraph_replica_behind_commits 2.0" in told
    assert "medalgraph_replica_behind_seconds 0." in told
    assert "medalgraph_replica" not in world.client.get("/metrics").text


def test_a_replica_offers_its_files_and_its_primary_to_others(replica: World) -> None:
    assert manifest_of(replica).address == PRIMARY
    assert manifest_of(replica).newest == 3


def place_of(world: World) -> Path:
    assert isinstance(world.store.engine, SnapshotEngine)
    return world.store.engine.place


def look_of(world: World, look: Look) -> None:
    write_look(Places(place_of(world)), look)
