"""The commands ``token create``, ``list`` and ``revoke``: who may change the graph over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.engines.disk import Places
from graph.engines.replicated import refuse_replica
from service.config import Settings
from service.tokens import Scope, TokenBook

from .numbers import Number
from .place import graph_named, json_option, opened, own_folder, store_option
from .results import draw_rows
from .voice import answer, answer_json, one_line, remark

if TYPE_CHECKING:
    from graph.engines.opening import Place
    from service.tokens import Token

    from .voice import Json


@click.group(short_help="Make, list and revoke tokens for the service.")
def token() -> None:
    """Make, list and revoke the tokens that let a program change the graph over HTTP."""


def book(place: Place) -> TokenBook:
    """Return the tokens of a store, or raise StoreMissing."""
    with opened(place):
        own_folder(place)
        return TokenBook(replace(Settings.from_environment(), store=place).token_file)


def own_book(place: Place) -> TokenBook:
    """Return the tokens of a store to be changed; those of a replica come from its primary.

    Raises:
        IsReplica: if they would be undone by the next pull.

    """
    if isinstance(place, Path) and Settings.from_environment().tokens is None:
        refuse_replica(Places(place))
    return book(place)


@token.command()
@click.option(
    "--scope",
    type=click.Choice([scope.label for scope in Scope]),
    default=Scope.WRITE.label,
    show_default=True,
    help="What it allows: write and admin allow what the ones before them do; replicate only"
    " lets a replica pull the files of the store.",
)
@click.option("--days", type=Number(min=1), help="How long it is good.  [default: for ever]")
@click.option("--note", default="", help="Who or what it is for.")
@click.option(
    "--graph",
    metavar="GRAPH",
    help="The one graph that it may change: its name or address.  [default: all]",
)
@json_option
@store_option
def create(  # noqa: PLR0913 - one parameter an option
    *, scope: str, days: int | None, note: str, graph: str | None, as_json: bool, place: Place
) -> None:
    """Make a token and show it, this once: the store keeps only a hash of it."""
    with opened(place) as store:
        only = graph_named(graph, store.names).value if graph else ""
    text, made = own_book(place).create(scope, days, note, graph=only)
    if as_json:
        answer_json({"token": text, **_json(made)})
        return
    answer(text)
    remark("Keep it safe: it is not shown again. Send it as 'Authorization: Bearer ...'.")


@token.command("list")
@json_option
@store_option
def list_(*, as_json: bool, place: Place) -> None:
    """List the tokens by id; their texts are not kept."""
    known = book(place).tokens()
    if as_json:
        answer_json([_json(one) for one in known])
    elif known:
        draw_rows(
            ["id", "scope", "made", "good until", "graph", "note"], [_row(one) for one in known]
        )
    else:
        remark("There are no tokens yet: make one with 'medalgraph token create'.")


@token.command()
@click.argument("name", metavar="ID")
@store_option
def revoke(*, name: str, place: Place) -> None:
    """Make the token with this ID worthless from now on."""
    gone = own_book(place).revoke(name)
    note = f" ({one_line(gone.note)})" if gone.note else ""
    answer(f"The token {gone.id}{note} is revoked.")


def _row(one: Token) -> list[str]:
    until = one.expires[:10] or "for ever"
    if one.has_expired(datetime.now(UTC)):
        until += " (over)"
    return [one.id, one.scope, one.created[:10], until, one.graph or "all", one_line(one.note)]


def _json(one: Token) -> dict[str, Json]:
    return {
        "id": one.id,
        "scope": one.scope,
        "note": one.note,
        "created": one.created,
        "expires": one.expires or None,
        "graph": one.graph or None,
    }
