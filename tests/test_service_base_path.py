"""Every link fits the one public address, whatever the service sees of it (complaint 24)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from service.config import Settings

from .service_world import BROWSER, G1, says, world_in

if TYPE_CHECKING:
    from pathlib import Path

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
                text = page.get_data(as_text=True)
            assert page.status_code == 200, (address, text)
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
