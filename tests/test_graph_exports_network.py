"""Networks are read by networkx as what the graph says."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from graph.exports import Scope, export, product
from graph.store import Store

from .export_world import NAMES, quads, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = f"{NAMES.base}/id/"
READERS = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    place = store_of(tmp_path_factory.mktemp("networks") / "store", quads())
    with Store.open(place) as opened:
        yield opened


def read(store: Store, form: str, scope: Scope | None = None) -> Any:  # noqa: ANN401 - networkx ships no types
    out = io.BytesIO()
    with store.read() as reader:
        export(product(form), scope or Scope(), reader, store.names, out)
    out.seek(0)
    return READERS[form](out)


def edges(network: Any, why: str) -> set[tuple[str, str, str, int]]:  # noqa: ANN401 - the same
    return {
        (source.removeprefix(ID), target.removeprefix(ID), told.get("detail", ""), told["weight"])
        for source, target, told in network.edges(data=True)
        if why in (told.get("why"), told.get("kind"))
    }


@pytest.mark.parametrize("form", READERS)
def test_people_events_nations_and_games_are_joined(store: Store, form: str) -> None:
    network = read(store, form)
    assert network.is_directed()
    assert edges(network, "entered") == {
        ("person/lamiya", "event/100m", "Gold", 1),
        ("person/lamiya", "event/relay", "none", 1),
        ("person/omar", "event/relay", "none", 1),
        ("person/old", "event/old", "none", 1),
    }
    assert edges(network, "guided in") == {("person/omar", "event/100m", "Gold", 1)}
    assert edges(network, "took part") == {("person/lamiya", "event/100m", "Athlete", 1)}
    assert ("person/lamiya", "nation/AZE", "", 2) in edges(network, "for")
    assert edges(network, "of") == {
        ("event/100m", "games/2024-summer-para", "", 1),
        ("event/relay", "games/2024-summer-para", "", 1),
        ("event/old", "games/2020-summer-para", "", 1),
    }
    assert edges(network, "sent") == {("nation/AZE", "games/2024-summer-para", "", 1)}


@pytest.mark.parametrize("form", READERS)
def test_each_node_has_its_label_whatever_is_in_it(store: Store, form: str) -> None:
    network = read(store, form)
    kinds: dict[str, int] = {}
    for _, told in network.nodes(data=True):
        kinds[told["kind"]] = kinds.get(told["kind"], 0) + 1
    assert kinds == {"person": 3, "event": 3, "nation": 2, "games": 2}
    assert network.nodes[f"{ID}person/omar"]["label"] == "Omar & <Élan>\r\n\tII"
    assert network.nodes[f"{ID}nation/AZE"]["code"] == "AZE"
    assert network.nodes[f"{ID}games/2024-summer-para"]["year"] == 2024


@pytest.mark.parametrize("form", READERS)
def test_one_edition_of_the_games_is_a_network_of_its_own(store: Store, form: str) -> None:
    network = read(store, form, Scope(games="2020-summer-para"))
    assert {node.removeprefix(ID) for node in network} == {
        "games/2020-summer-para",
        "event/old",
        "person/old",
        "nation/FRA",
    }
