"""Where the store is, and which graph is meant: the options that most commands share."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph.engines.opening import Place
from graph.engines.remote.address import Address, is_address
from graph.errors import BadTerm, MissingCapability, NotFound
from graph.names import slug
from graph.store import Store
from graph.terms import iri
from service.config import Settings

from .wording import short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode

DEFAULT_STORE = Path("var/store")
Command = TypeVar("Command", bound="Callable[..., Any]")


class PlaceOfStore(click.ParamType[Place]):
    """A folder, or the address of an engine with the secret that the settings give for it."""

    name = "store"
    _folder = click.Path(path_type=Path, file_okay=False)

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Place:
        """Return the place that a person means."""
        if isinstance(value, Address):
            return value
        if is_address(value):
            return Address.of(str(value), Settings.from_environment().credentials())
        folder: Path = self._folder.convert(str(value), param, ctx)
        return folder


store_option = click.option(
    "--store",
    "place",
    type=PlaceOfStore(),
    metavar="PLACE",
    envvar="MEDALGRAPH_STORE",
    default=DEFAULT_STORE,
    show_default=True,
    show_envvar=True,
    help="The folder of the store, or the address of an engine that keeps it.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for a script.")


def signed(command: Command) -> Command:
    """Give a command the options that say who makes a change and why."""
    author = click.option(
        "--author", default="", envvar="MEDALGRAPH_AUTHOR", help="Who makes the change."
    )
    message = click.option("--message", "-m", default="", help="Why, one line first.")
    return author(message(command))


def store_argument(command: Command) -> Command:
    """Let a command take the store as its first word, too."""
    return click.argument(
        "named_place",
        metavar="[STORE]",
        required=False,
        type=PlaceOfStore(),
    )(command)


def folder_of(place: Place, why: str) -> Path:
    """Return the folder that a place is, for what only a folder can do.

    Args:
        place: where the store is.
        why: what should be done instead with a store at an address.

    Raises:
        MissingCapability: if it is an address.

    """
    if isinstance(place, Address):
        raise MissingCapability(
            f"This needs a store in a folder, and {place} is an address.", hint=why
        )
    return place


def graph_named(text: str, names: Names) -> NamedNode:
    """Return the graph that a person means: a whole IRI, ``graph:slug``, or the slug alone.

    Raises:
        BadTerm: if it is neither an IRI nor a slug.

    Example:
        >>> from graph.names import Names
        >>> graph_named("local", Names()).value
        'https://w3id.org/medalgraph/id/graph/local'

    """
    short = text.removeprefix("graph:")
    if ":" in short or "/" in short:
        return iri(short)
    if short != slug(short or "-"):
        raise BadTerm(
            f"{text!r} is not the name of a graph.",
            value=text,
            hint=f"Give its whole address, or its short name, such as {slug(short)}.",
        )
    return names.graph(short)


def source_named(text: str, state: Reader, names: Names) -> NamedNode:
    """Return the source that a person means, in a state that says something of it.

    Raises:
        BadTerm: if it is neither an IRI nor a slug.
        NotFound: naming the sources that there are.

    """
    graph = graph_named(text, names)
    stated = list(state.graphs())
    if graph not in stated:
        known = ", ".join(sorted(short(each, names.prefixes()) for each in stated))
        raise NotFound(f"There is no source {text}.", hint=f"There are: {known}.")
    return graph


def own_folder(place: Place) -> Path:
    """Return the folder of what is kept beside a store, as the service over it has it."""
    where = replace(Settings.from_environment(), store=place).where
    where.prepare()
    return where.folder


@contextmanager
def opened(place: Place) -> Iterator[Store]:
    """Open the store for one command and close it afterwards."""
    with Store.open(place) as store:
        yield store


@contextmanager
def stoppable(store: Store) -> Iterator[None]:
    """Say what was kept when a person stops the work inside with Ctrl-C."""
    before = store.version
    try:
        yield
    except KeyboardInterrupt as stop:
        now = store.version
        kept = (
            "The store is as it was: nothing of this was kept."
            if now == before
            else f"The store is at commit {now}; what came after it was not kept."
        )
        stop.add_note(f"Stopped. {kept}")
        raise
