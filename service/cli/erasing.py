"""The command ``erase``: a person leaves the store and its whole history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graph.erasing import erase as erase_person
from graph.terms import NamedNode, iri
from service.amounts import counted

from .bars import showing
from .new_store import alone_in
from .place import folder_of, json_option, opened, store_option
from .voice import answer, answer_json, watched

if TYPE_CHECKING:
    from graph.engines.opening import Place
    from graph.names import Names


@click.command(short_help="Erase a person from the store and its whole history.")
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask; it cannot be undone.")
@json_option
@store_option
def erase(*, person: str, yes: bool, as_json: bool, place: Place) -> None:
    """Erase PERSON, named as person:SLUG or by the whole address, from every state of the store.

    Names and personal facts go, the sport class with them; entries, results and medals stay,
    of a person whom nobody can name, so that every count stays as it is. It cannot be undone.
    Backups that were made before still hold the person. A service that runs opens the store
    anew within a second, and replicas follow with their next look.
    """
    folder = folder_of(place, "An engine keeps what its own history says; erase it there.")
    with opened(folder) as store:
        who = _named(person, store.names)
    if not yes:
        if not watched():
            raise click.UsageError("Erasing cannot be undone; give --yes if it is meant.")
        click.confirm(f"Erase <{who.value}> from every state of {folder} for good?", abort=True)
    with alone_in(folder.resolve().parent), showing() as step:
        done = erase_person(folder, who, progress=step("Rewriting the history"))
    if as_json:
        answer_json(
            {
                "person": done.new_iri.value,
                "statements": done.statements,
                "commits": done.commits,
            }
        )
        return
    said = f"{counted(done.statements, 'statement')} in {counted(done.commits, 'commit')}"
    answer(f"Erased: {said} looked at. The person is <{done.new_iri.value}> from now on.")
    answer("Make new backups in place of the old ones.")


def _named(text: str, names: Names) -> NamedNode:
    """Return the address that ``person:slug`` or a whole address means."""
    short = text.removeprefix("person:")
    return iri(short) if ":" in short else NamedNode(f"{names.base}/id/person/{short}")
