"""Sheets are imported as the service runs for others: over a socket, by a writer process."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.names import Names
from graph.store import Store
from service.tokens import TokenBook

from .importing_world import BAD, GOOD, REASON, WORLD
from .running_service import RunningService, running
from .service_world import BROWSER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .running_service import Reply


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[RunningService]:
    place = folder / "store"
    with Store.create(place) as store:
        store.update(WORLD)
    with running(place, **settings) as service:
        yield service


def send(
    service: RunningService, path: str, fields: dict[str, str], *, token: str, file: str = ""
) -> Reply:
    parts = [f'form-data; name="{name}"\r\n\r\n{text}' for name, text in fields.items()]
    if file:
        parts.append(f'form-data; name="file"; filename="people.csv"\r\n\r\n{file}')
    body = "".join(f"--edge\r\nContent-Disposition: {part}\r\n" for part in parts)
    headers = {
        "Accept": BROWSER,
        "Authorization": f"Bearer {token}",
        "Content-Type": "multipart/form-data; boundary=edge",
    }
    return service.request("POST", path, body=f"{body}--edge--\r\n".encode(), headers=headers)


def token_of(service: RunningService, graph: str = "") -> str:
    book = TokenBook(service.place / "tokens.json")
    return book.create("write", note="Leyla", graph=graph)[0]


def hidden(page: Reply, action: str) -> dict[str, str]:
    text = page.body.decode()
    [form] = re.findall(rf'<form[^>]*action="{action}".*?</form>', text, flags=re.DOTALL)
    found = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def test_a_sheet_is_rehearsed_kept_refused_when_late_and_taken_back(tmp_path: Path) -> None:
    with served(tmp_path) as service:
        token = token_of(service)
        page = send(service, "/import", {"kind": "people"}, token=token, file=BAD)
        because = {"reason": REASON}
        told = hidden(page, "/import/commit") | because | {"leave": "true"}
        service.update("DELETE WHERE { GRAPH graph:book { person:vugar-1991 ?p ?o } }")
        done = send(service, "/import/commit", told, token=token)
        assert b"Kept as commit 3, by Leyla" in done.body
        twice = send(service, "/import/commit", told, token=token)
        assert (twice.status, b"Kept already" in twice.body) == (200, True)
        other = send(service, "/import", {"kind": "people"}, token=token, file=GOOD)
        send(service, "/import/commit", hidden(other, "/import/commit") | because, token=token)
        late = send(service, "/import/commit", told, token=token)
        assert late.status == 409
        assert b"has changed since the rehearsal" in late.body
        undone = send(service, "/import/commits/4", {"reason": "A mistake"}, token=token)
        assert (undone.status, undone.headers["Location"]) == (303, "/import/commits/5")


def test_a_sheet_for_another_source_than_the_token_is_told_and_stays(tmp_path: Path) -> None:
    with served(tmp_path) as service:
        token = token_of(service, Names().graph("mine").value)
        fields = {"kind": "people", "source": "other"}
        refused = send(service, "/import", fields, token=token, file=BAD)
        assert refused.status == 403
        assert b"is still here" in refused.body


def test_a_sheet_that_takes_too_long_is_told_and_stays(tmp_path: Path) -> None:
    rows = [f"Person {number},F,{1950 + number % 50}" for number in range(4_000)]
    with served(tmp_path, CHANGE_SECONDS="0.3") as service:
        text = "\n".join(["name,sex,born", *rows])
        late = send(service, "/import", {"kind": "people"}, token=token_of(service), file=text)
        assert late.status == 503
        assert b"is still here" in late.body
