"""The command ``init``: a new store, with the bundled sources if asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graph.engines.remote.address import Address
from graph.importers.bundled import bundled_sources
from graph.names import DEFAULT_BASE
from graph.store import Store
from graph.terms import iri

from .bars import CHECKING, showing
from .new_store import alone_in, is_store, made_whole
from .outcomes import outcome_json, tell_outcome
from .place import json_option, store_argument, store_option
from .voice import answer, answer_json

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.opening import Place

    from .voice import Json


@click.command(short_help="Make a store.")
@store_argument
@click.option(
    "--base",
    metavar="IRI",
    default=DEFAULT_BASE,
    show_default=True,
    help="Under which address the store names its own things; fixed for good.",
)
@click.option("--bundled", is_flag=True, help="Load the sources that come with medalgraph.")
@click.option("--if-missing", is_flag=True, help="Do nothing, quietly, if the store is there.")
@json_option
@store_option
def init(  # noqa: PLR0913 - one parameter an option
    *,
    named_place: Place | None,
    place: Place,
    base: str,
    bundled: bool,
    if_missing: bool,
    as_json: bool,
) -> None:
    """Make a store in the folder STORE (or --store), or in the engine at that address.

    If anything fails, or you press Ctrl-C, no store is made in the folder; in an engine those
    sources stay that were loaded until then.
    """
    where = named_place or place
    address = iri(base.rstrip("/")).value
    if if_missing and is_store(where):
        return
    if isinstance(where, Address):
        with Store.create(where, base=address) as store:
            kept = _load_bundled(store, as_json=as_json) if bundled else []
    else:
        where.parent.mkdir(parents=True, exist_ok=True)
        with alone_in(where.parent):
            if if_missing and is_store(where):
                return
            kept = _make(where, address, bundled=bundled, as_json=as_json)
    if as_json:
        answer_json({"store": str(where), "base": address, "sources": kept})
    else:
        answer(f"The store is ready in {where}.")


def _make(where: Path, base: str, *, bundled: bool, as_json: bool) -> list[Json]:
    """Make the store and return what is known of each source that was loaded."""
    with made_whole(where) as part, Store.create(part, base=base) as store:
        return _load_bundled(store, as_json=as_json) if bundled else []


def _load_bundled(store: Store, *, as_json: bool) -> list[Json]:
    kept: list[Json] = []
    for source in bundled_sources():
        tx = store.transaction(
            source=source.graph(store.names), message=f"Load {source.title}", kind="load"
        )
        with showing() as step, tx:
            progress = step(f"Loading {source.slug}")
            tx.load(source.open(store.names), format=source.format, progress=progress)
            step(CHECKING)
        kept.append({"source": source.slug, **outcome_json(tx.commit, tx.report)})
        if not as_json:
            answer(source.title)
            tell_outcome(tx.commit, tx.report, as_json=False)
    return kept
