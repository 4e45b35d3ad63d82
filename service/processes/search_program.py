"""The program that keeps the search index, and looks names up in it.

It is a process of its own because the index has threads, which a process that readers are
forked from must not have, and so that a question that takes too long can be ended.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from graph.search import Question, SearchFiles
from service.faults import too_much_memory
from service.nearby import near_in_index

from .beginning import begin
from .channel import ChannelClosed
from .failures import failure
from .sandbox import limit_memory
from .searching import search

if TYPE_CHECKING:
    from graph.store import Store
    from service.limits import Limits
    from service.wire.problem import Json

_POLITENESS = 5
"""As much as readers stand back: while an index is built, pages are made as well."""

WAIT_S = 2.0
"""How long another program that writes the index is waited for."""


def main() -> None:
    """Serve the process that started this one; see ``children.start``."""
    begun = begin(politeness=_POLITENESS)
    begun.channel.end_with_other()
    limits = begun.limits
    limit_memory(limits.change_memory_bytes)
    with (
        contextlib.suppress(ChannelClosed),
        begun.opened() as store,
        SearchFiles(store, folder=begun.where.folder, wait_s=WAIT_S) as files,
    ):
        begun.greet()
        while True:
            begun.channel.tell(_obeyed(begun.channel.receive().told, store, files, limits))


def _obeyed(told: Any, store: Store, files: SearchFiles, limits: Limits) -> dict[str, Json]:  # noqa: ANN401 - JSON
    """Do what a message says and return the reply."""
    try:
        if told["do"] == "follow":
            followed = files.newest()
            followed.begins("warm")  # the first question makes what all others use
            return {"version": followed.version}
        index = files.current()
        if index is None:
            return {"stale": True}
        if told["do"] == "near":
            return {"near": near_in_index(index, store.names, told["iri"])}
        questions = [Question.from_json(question) for question in told["questions"]]
        return search(index, store.names, questions).to_json()
    except MemoryError:
        return failure(too_much_memory(limits.change_memory_bytes))
    except Exception as error:  # noqa: BLE001 - told to the parent, who logs it
        return failure(error)


if __name__ == "__main__":
    main()
