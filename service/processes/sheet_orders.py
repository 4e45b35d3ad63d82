"""What a writer is told of a sheet that is to be imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from service.wire.problem import Json


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """One sheet, the content of which comes beside this.

    Attributes:
        sheet: which kind it is.
        file: what the file is called.
        title: what the source is called; empty to leave it as it was known. So with the next two.
        publisher: who published it.
        issued: when.
        replace: whether it may take the place of a source of another kind.
        mark: of what a rehearsal found, which is wanted again; empty for whatever is found.
        languages: those in which it is told what would change, the best first.

    """

    sheet: str
    file: str
    title: str = ""
    publisher: str = ""
    issued: str = ""
    replace: bool = False
    mark: str = ""
    languages: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, told: dict[str, Json]) -> SheetOrder:
        """Return the order that ``asdict`` told."""
        given: dict[str, Any] = dict(told)
        return cls(**(given | {"languages": tuple(given["languages"])}))
