"""A service with something to decide: two people who may be one, and two births of a third."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.identity.keeping import keep
from graph.identity.listing import PERSON, list_of
from graph.names import Names
from graph.store import Store
from tests.running_service import running
from tests.service_world import BROWSER, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

    from graph.terms import NamedNode
    from service.config import Settings
    from tests.running_service import RunningService

NAMES = Names()
OFFICIAL, NEWS = NAMES.graph("official"), NAMES.graph("news")
SAID, OTHER_SAID = NAMES.of("person", "said"), NAMES.of("person", "said-1999")
ANA = NAMES.of("person", "ana")
OURS = "http://localhost"
PEOPLE = """
INSERT DATA {
  GRAPH graph:meta { graph:official a prov:Entity ; dcterms:title "Official" ; mg:priority 1 .
    graph:news a prov:Entity ; dcterms:title "The <News>" ; mg:priority 5 ;
      dcterms:issued "2024-09-17" }
  GRAPH graph:official {
    nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" ; mg:kind mg:Country .
    sport:judo a mg:Sport ; rdfs:label "Judo"@en .
    games:2024-summer-para a mg:Games ; rdfs:label "Paris 2024"@en ; mg:kind mg:Paralympic ;
      mg:season mg:Summer ; mg:year 2024 .
    person:said-1999 a mg:Person ; rdfs:label "Said Najafzade"@en ; mg:born "1999-01-01" .
    part:2 a mg:Participation ; mg:person person:said-1999 ; mg:role mg:Athlete ;
      mg:games games:2024-summer-para ; mg:sport sport:judo ; mg:nation nation:AZE .
    person:ana a mg:Person ; rdfs:label "Ana <b>Bold</b>"@en ; mg:born "1990-01-01" }
  GRAPH graph:news {
    person:said a mg:Person ; rdfs:label "S. Najafzade"@en .
    part:4 a mg:Participation ; mg:person person:said ; mg:role mg:Athlete ;
      mg:games games:2024-summer-para ; mg:nation nation:AZE .
    person:ana mg:born "1991-01-01" } }
"""


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody who uses the pages as a browser does."""

    world: World

    def open(self, path: str, **headers: str) -> TestResponse:
        """Open a page."""
        return self.world.client.get(path, headers={"Accept": BROWSER, **headers})

    def send(self, path: str, fields: dict[str, str], **headers: str) -> TestResponse:
        """Send a form, as from a page of this service unless the headers say otherwise."""
        told = {"Accept": BROWSER, "Origin": OURS} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        kept = {name: value for name, value in told.items() if value}
        return self.world.client.post(path, data=fields, headers=kept)

    def sign_in(self, scope: str = "write", *, note: str = "Leyla", graph: str = "") -> str:
        """Sign in with a new token, and return its id."""
        text, token = self.world.book.create(scope, note=note, graph=graph)
        answer = self.send("/review/sign-in", {"token": text, "then": "/review"})
        assert answer.status_code == 303, answer.text
        return token.id


def signed_in(world: World) -> Browser:
    """Return somebody who is signed in with a token that may write."""
    found = Browser(world)
    found.sign_in()
    return found


def forms(page: str) -> list[tuple[str, dict[str, str]]]:
    """Return where each form of a page that decides is sent to, and its hidden fields."""
    found = []
    for text in re.findall(r'<form class="decide".*?</form>', page, flags=re.DOTALL):
        hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', text)
        fields = {html.unescape(name): html.unescape(value) for name, value in hidden}
        [action] = re.findall(r'action="([^"]*)"', text)
        found.append((html.unescape(action), fields))
    return found


def keep_matches(
    world: World, one: NamedNode = NEWS, other: NamedNode = OFFICIAL, *, kind: str = PERSON
) -> None:
    """Keep the list of two sources, as ``medalgraph match --keep`` does."""
    with world.store.read() as state:
        kept = list_of(state, world.store.names, one, other, kind=kind)
    keep(world.app.extensions["medalgraph"].settings.store, kept)


@contextmanager
def review_in(folder: Path, settings: Settings | None = None) -> Iterator[World]:
    """Yield a world in which one match and one conflict wait."""
    with world_in(folder, settings) as world:
        world.store.update(PEOPLE)
        keep_matches(world)
        yield world


@contextmanager
def review_running(folder: Path) -> Iterator[RunningService]:
    """Yield a service over a socket in which the same waits."""
    with Store.create(folder) as store:
        store.update(PEOPLE)
        with store.read() as state:
            keep(folder, list_of(state, store.names, NEWS, OFFICIAL))
    with running(folder) as started:
        yield started
