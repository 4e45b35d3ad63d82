"""Where a store is goes from process to process whole, and its secret nowhere else."""

from __future__ import annotations

from pathlib import Path

from graph.engines.remote.address import Address, Credentials
from service.config import Settings
from service.whereabouts import Whereabouts

FAR = Address.of("https://data.example.org:8443/games/sparql", Credentials("ann", "hidden"))


def test_a_folder_holds_what_the_service_keeps_as_well() -> None:
    where = Whereabouts.of(Path("/srv/store"))
    assert (where.folder, where.is_remote) == (Path("/srv/store"), False)
    assert Whereabouts.from_json(where.to_json()) == where


def test_a_remote_store_has_a_folder_of_its_own_for_that() -> None:
    assert Whereabouts.of(FAR).folder == Path("var/remote/data.example.org-8443-games-sparql")
    where = Whereabouts.of(FAR, Path("/srv/own"))
    assert (where.shown, where.is_remote) == (FAR.text, True)
    again = Whereabouts.from_json(where.to_json())
    assert again == where
    assert isinstance(again.store, Address)
    assert again.store.credentials == FAR.credentials


def test_the_secret_is_not_shown() -> None:
    assert "hidden" not in repr(Whereabouts.of(FAR))
    assert "hidden" not in repr(Settings.from_environment({"MEDALGRAPH_STORE_SECRET": "a:hidden"}))


def test_tokens_lie_in_the_folder_of_the_service() -> None:
    settings = Settings(store=FAR, own_folder=Path("/srv/own"))
    assert settings.token_file == Path("/srv/own/tokens.json")
