"""How a steward imports a sheet over a socket: what tests of services that run have in common."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from service.tokens import TokenBook

from .importing_world import BAD, GOOD, REASON
from .service_world import BROWSER

if TYPE_CHECKING:
    from .running_service import Reply, RunningService


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


def import_and_take_back(service: RunningService) -> None:
    """Rehearse, keep, send twice, come late with and take back a sheet, as each is answered."""
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
