"""The command ``search``: things by their names, and names inside queries."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import click

from graph.errors import BadInput
from graph.names import local_name
from graph.prologue import house_prologue
from graph.search import MOST_HITS, Filled, Question, SearchFiles, filtered, searching
from graph.spreadsheet import write_csv
from graph.terms import NamedNode
from service.amounts import counted

from .bars import showing
from .numbers import Number
from .place import json_option, opened, store_option
from .results import draw_rows
from .voice import answer, answer_json
from .wording import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.engines.opening import Place
    from graph.search import Hit, SearchIndex
    from graph.store import Store

_HEADER = ("score", "label", "class", "nation", "born", "address", "why")
_COLUMNS = ("score", "label", "class", "matched", "nations", "games", "sports", "born", "iri")


@click.command(short_help="Find people, nations, Games and all else by name.")
@click.argument("text", required=False)
@click.option("--kind", "kinds", multiple=True, help="Only this class: Person, Nation, Event ...")
@click.option("--nation", default="", help="Only of this nation, by code or name.")
@click.option("--games", default="", help="Only of these Games, by key or name.")
@click.option("--sport", default="", help="Only of this sport, by key or name.")
@click.option("--limit", type=Number(1, MOST_HITS), default=20, show_default=True)
@click.option("--rebuild", is_flag=True, help="Build the index anew first.")
@click.option("--csv", "as_csv", is_flag=True, help="Answer as CSV.")
@json_option
@store_option
def search(  # noqa: PLR0913 - one parameter an option
    *,
    text: str | None,
    kinds: tuple[str, ...],
    nation: str,
    games: str,
    sport: str,
    limit: int,
    rebuild: bool,
    as_csv: bool,
    as_json: bool,
    place: Place,
) -> None:
    """Find things by name: TEXT is a name or a part of one, in any script and spelling.

    The newest state is searched. Its index is built when it is first needed, and follows.
    """
    if as_csv and as_json:
        raise click.UsageError("--csv and --json ask for two different formats.")
    if text is None and not rebuild:
        raise click.UsageError("Say what to look for, or --rebuild the index.")
    with opened(place) as store, _index(store, rebuild=rebuild) as index:
        if text is None:
            answer(f"{counted(len(index), 'thing')} can be found by name.")
            return
        question = Question(text, kinds=kinds, nation=nation, games=games, sport=sport, limit=limit)
        hits = index.answer(filtered(index, store.names, question))
        prefixes = store.names.prefixes()
    if as_json:
        answer_json([hit.to_json() for hit in hits])
    elif as_csv:
        out = BytesIO()
        write_csv(_COLUMNS, map(_row, hits), out)
        sys.stdout.write(out.getvalue().decode())
    elif hits:
        draw_rows(_HEADER, [_line(hit, prefixes) for hit in hits])
    else:
        answer("Nothing is called like that.")


def with_names(text: str, store: Store, at: int | str | None) -> Filled:
    """Return a query with the names found that it looks for; any other as it is.

    Raises:
        BadSyntax: if it looks for names in a way that cannot be answered.
        BadInput: if it is asked of an earlier state.

    """
    found = searching(text, house_prologue(store.names))
    if found is None:
        return Filled(text, ())
    version = store.at(at) if isinstance(at, str) else at
    if version is not None and version != store.version:
        raise BadInput(
            f"mg:search finds names in the newest state only, which is {store.version}.",
            hint="Leave out --at, or write what is looked for as addresses.",
        )
    with _index(store) as index:
        hits = [
            index.answer(filtered(index, store.names, each.question)) for each in found.searches
        ]
    return found.filled(hits)


@contextmanager
def _index(store: Store, *, rebuild: bool = False) -> Iterator[SearchIndex]:
    """Yield the index of the newest state; a bar shows when it has to be built."""
    with SearchFiles(store) as files:
        current = None if rebuild else files.current()
        if current is None:
            with showing() as step:
                build = files.rebuild if rebuild else files.newest
                current = build(progress=step("Indexing names"))
        yield current


def _row(hit: Hit) -> tuple[str, ...]:
    lists = (_ends(iris) for iris in (hit.nations, hit.games, hit.sports))
    score = f"{hit.score:.4f}"
    return (score, hit.label, "; ".join(hit.kinds), hit.matched, *lists, hit.born, hit.iri)


def _line(hit: Hit, prefixes: Mapping[str, str]) -> list[str]:
    kinds, nations = ", ".join(hit.kinds), _ends(hit.nations)
    address, why = short(NamedNode(hit.iri), prefixes), " ".join(hit.reasons)
    return [f"{hit.score:.2f}", hit.label, kinds, nations, hit.born, address, why]


def _ends(iris: tuple[str, ...]) -> str:
    return "; ".join(local_name(NamedNode(iri)) for iri in iris)
