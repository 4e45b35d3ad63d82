"""The command ``init``: a new store, with the bundled sources if asked for."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from graph.errors import StoreExists, StoreMissing
from graph.importers.bundled import bundled_sources
from graph.names import DEFAULT_BASE
from graph.store import Store
from graph.terms import iri

from .bars import CHECKING, showing
from .outcomes import outcome_json, tell_outcome
from .place import json_option, opened, store_argument, store_option
from .voice import answer, answer_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
    named_place: Path | None,
    place: Path,
    base: str,
    bundled: bool,
    if_missing: bool,
    as_json: bool,
) -> None:
    """Make a store in the folder STORE (or --store).

    If anything fails, or you press Ctrl-C, no store is made.
    """
    where = named_place or place
    address = iri(base.rstrip("/")).value
    if if_missing and is_store(where):
        return
    where.parent.mkdir(parents=True, exist_ok=True)
    with alone_in(where.parent):
        if if_missing and is_store(where):
            return
        kept = _make(where, address, bundled=bundled, as_json=as_json)
    if as_json:
        answer_json({"store": str(where), "base": address, "sources": kept})
    else:
        answer(f"The store is ready in {where}.")


def is_store(place: Path) -> bool:
    """Tell whether there is a store; one that is damaged or too new raises its own error."""
    try:
        with opened(place):
            return True
    except StoreMissing:
        return False


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process makes a store in this folder, and keep others waiting."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def _make(where: Path, base: str, *, bundled: bool, as_json: bool) -> list[Json]:
    """Make the store beside its place and move it there when it is whole."""
    _refuse_taken(where)
    part = where.with_name(f".{where.name}.part")
    # What lies there was left behind by a process that was killed: nobody else is in the folder.
    shutil.rmtree(part, ignore_errors=True)
    try:
        with Store.create(part, base=base) as store:
            kept = _load_bundled(store, as_json=as_json) if bundled else []
        part.replace(where)
    except KeyboardInterrupt as stop:
        stop.add_note(f"Stopped. No store was made in {where}.")
        raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return kept


def _refuse_taken(where: Path) -> None:
    if is_store(where):
        raise StoreExists(
            f"There is a store in {where} already.",
            path=where,
            hint="Use it as it is (--if-missing says nothing then), or choose another folder.",
        )
    if where.exists() and (not where.is_dir() or any(where.iterdir())):
        raise StoreExists(
            f"{where} is there already and is not a store; it was left alone.",
            path=where,
            hint="Choose a folder that is empty or does not exist yet.",
        )


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
