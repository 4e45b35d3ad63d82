"""Links fit the public address and clients are who they are, whatever stands between (24)."""

from __future__ import annotations

import re
from ipaddress import ip_network
from itertools import count
from typing import TYPE_CHECKING

import pytest

from service.config import Settings
from service.wire.forwarded import party_of

from .service_world import BROWSER, EX, G1, World, says, world_in

if TYPE_CHECKING:
    from pathlib import Path

BEHIND = Settings(trusted_proxies=(ip_network("10.0.0.0/8"),))
_NUMBERS = count()
PUBLIC = Settings(public_url="https://medals.example.org", base_path="/foo")
TURTLE = "text/turtle"


@pytest.mark.parametrize("prefix", ["", "/foo"])
def test_a_proxy_may_hand_on_the_base_path_or_not(tmp_path: Path, prefix: str) -> None:
    with world_in(tmp_path, PUBLIC) as world:
        world.state(says("a", "one"))
        description = world.client.get(f"{prefix}/sparql", headers={"Accept": TURTLE})
        listed = world.client.get(f"{prefix}/graphs").json

    assert "<https://medals.example.org/foo/sparql>" in description.get_data(as_text=True)
    assert listed is not None
    assert listed[0]["address"] == f"https://medals.example.org/foo/graphs?graph={G1.value}"


def test_every_link_of_every_page_lies_under_the_base_path_and_leads_somewhere(
    tmp_path: Path,
) -> None:
    with world_in(tmp_path, PUBLIC) as world:
        world.state(says("a", "one"))
        seen: set[str] = set()
        waiting = ["/foo/"]
        while waiting:
            address = waiting.pop()
            with world.client.get(address, headers={"Accept": BROWSER}) as page:
                content = page.data
            assert page.status_code == 200, (address, content)
            text = content.decode() if page.mimetype == "text/html" else ""
            links = re.findall(r'(?:href|action)="(/[^"]*)"', text)
            assert all(link.startswith("/foo/") for link in links), address
            new = {link.replace("&amp;", "&") for link in links} - seen
            seen |= new
            waiting += sorted(new)

    assert len(seen) > 20


def test_a_host_header_does_not_change_the_public_address(tmp_path: Path) -> None:
    with world_in(tmp_path, PUBLIC) as world:
        answer = world.client.get(
            "/sparql",
            headers={"Accept": TURTLE, "Host": "evil.example", "X-Forwarded-Host": "evil.example"},
        )

    assert "evil" not in answer.get_data(as_text=True)


# Who asks


def commit_from(world: World, peer: str, **fields: str) -> str:
    """Make a change from an address and return the client that was written down."""
    world.client.post(
        "/sparql",
        data={
            "update": f"INSERT DATA {{ GRAPH <{G1.value}> {{ <{EX}s> <{EX}p> {next(_NUMBERS)} }} }}"
        },
        headers=world.bearer() | {name.replace("_", "-"): value for name, value in fields.items()},
        environ_overrides={"REMOTE_ADDR": peer},
    )
    return world.store.commit(world.store.version).info.client


@pytest.mark.parametrize(
    ("peer", "told", "client"),
    [
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7:4711", "203.0.113.7"),
        ("10.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("::ffff:10.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6, <script>", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_a_client_is_the_first_that_is_no_proxy_of_ours(
    tmp_path: Path, peer: str, told: str, client: str
) -> None:
    with world_in(tmp_path, BEHIND) as world:
        assert commit_from(world, peer, X_Forwarded_For=told) == client


def test_a_trusted_proxy_tells_the_address_that_was_asked_for(tmp_path: Path) -> None:
    fields = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "medals.example.org"}
    with world_in(tmp_path, BEHIND) as world:
        found = {
            peer: world.client.get(
                "/sparql",
                headers={"Accept": TURTLE, **fields},
                environ_overrides={"REMOTE_ADDR": peer},
            ).text
            for peer in ("10.0.0.1", "203.0.113.9")
        }

    assert "<https://medals.example.org/sparql>" in found["10.0.0.1"]
    assert "<http://localhost/sparql>" in found["203.0.113.9"]


@pytest.mark.parametrize("host", ["evil.example/path", "a b", 'x">', "[::1", ""])
def test_a_host_that_is_none_is_not_believed(tmp_path: Path, host: str) -> None:
    with world_in(tmp_path, BEHIND) as world:
        told = world.client.get(
            "/sparql",
            headers={"Accept": TURTLE, "X-Forwarded-Host": host},
            environ_overrides={"REMOTE_ADDR": "10.0.0.1"},
        ).text

    assert "<http://localhost/sparql>" in told


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.7", "203.0.113.8", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("not an address", "not an address", True),
    ],
)
def test_the_queue_counts_an_ipv6_network_as_one_client(
    first: str,
    second: str,
    same: bool,  # noqa: FBT001 - the right value
) -> None:
    assert (party_of(first) == party_of(second)) is same
