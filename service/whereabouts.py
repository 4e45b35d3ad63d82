"""Where a store is, and where the service keeps what is its own: a folder each, or one for both.

A store in a folder has the service's own files beside its own. A store in a remote engine has
no folder, so that tokens, downloads, kept lists and the search index need one on this machine.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.engines.disk import PRIVATE_FOLDER, disk_problems, remove
from graph.engines.remote.address import Address, Credentials
from graph.identity.keeping import FOLDER as LISTS
from graph.store import Store

from .passing import PassingEngine

if TYPE_CHECKING:
    from graph.engines.remote.given import Connect

    from .wire.problem import Json

SILENT_S = 30.0
"""How long an engine may say nothing to somebody who waits for an answer of the service."""
DOWNLOADS = "downloads"
"""The folder of files that were made for download."""
_OWN = Path("var/remote")
_MARK = "first-commit"
"""The file that tells a store from every other by what no other has."""
_OF_ONE_STORE = (DOWNLOADS, LISTS)
"""Folders of what was made of one store; the search index tells by itself, tokens are for any."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a store is.

    Attributes:
        store: its folder, or the address of the engine that keeps it.
        folder: what the service itself keeps.

    """

    store: Path | Address
    folder: Path

    @classmethod
    def of(cls, store: Path | Address, folder: Path | None = None) -> Whereabouts:
        """Return where a store is, with the usual folder for what is the service's own."""
        if isinstance(store, Path):
            return cls(store, store)
        return cls(store, folder or own_folder(store))

    @property
    def is_remote(self) -> bool:
        """Whether another program keeps the store."""
        return isinstance(self.store, Address)

    @property
    def shown(self) -> str:
        """The folder or address as anybody may read it."""
        return self.store.text if isinstance(self.store, Address) else str(self.store)

    def open(self, *, connect: Connect | None = None) -> Store:
        """Open the store.

        Args:
            connect: gives connections to the engine, where this process makes none.

        Raises:
            StoreProblem: if there is none, or it cannot be used.
            EngineProblem: if the engine does not answer.

        """
        if isinstance(self.store, Address):
            return Store(PassingEngine.open(self.store, read_s=SILENT_S, connect=connect))
        return Store.open(self.store)

    def prepare(self) -> None:
        """Make the folder for what the service itself keeps, if the store is not in it.

        Raises:
            DiskProblem: if the disk does not let us.

        """
        if self.is_remote:
            with disk_problems(self.folder):
                self.folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)

    def forget_other_stores(self) -> None:
        """Let go of what was kept of another store that was at this address before.

        Raises:
            EngineProblem: if the engine does not say which store it keeps.
            DiskProblem: if the disk does not let us.

        """
        if not isinstance(self.store, Address):
            return
        with PassingEngine.open(self.store, read_s=SILENT_S) as engine:
            mark = engine.mark_of(1) or ""
        known = self.folder / _MARK
        with disk_problems(self.folder):
            if known.is_file() and known.read_text(encoding="utf-8") != mark:
                for kept in _OF_ONE_STORE:
                    remove(self.folder / kept)
            known.write_text(mark, encoding="utf-8")

    def to_json(self) -> dict[str, Json]:
        """Return it for another process of the service; it has the secret of the store in it."""
        if isinstance(self.store, Address):
            told: dict[str, Json] = {"address": asdict(self.store)}
        else:
            told = {"store": str(self.store.absolute())}
        return told | {"folder": str(self.folder.absolute())}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Whereabouts:
        """Return what ``to_json`` told."""
        folder = Path(told["folder"])
        if "store" in told:
            return cls(Path(told["store"]), folder)
        known = told["address"]["credentials"]
        credentials = Credentials(**known) if known else None
        return cls(Address(**(told["address"] | {"credentials": credentials})), folder)


def own_folder(address: Address) -> Path:
    """Return the usual folder for what a service over a remote store keeps.

    Example:
        >>> own_folder(Address.of("https://data.example.org/games/sparql")).as_posix()
        'var/remote/data.example.org-games-sparql'

    """
    rest = address.text.lower().partition("://")[2]
    return _OWN / re.sub(r"[^a-z0-9.]+", "-", rest).strip("-.")
