"""Who may call: reading is open, changing needs a bearer token in the Authorization header.

Only the header counts here. A form field or cookie would let a foreign page make a
browser send a change; how the pages of the review take one is in ``signing.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request

from .context import current_service
from .problems import ReadOnly
from .processes.edits import Origin
from .tokens import NoToken, OtherGraph, Scope

if TYPE_CHECKING:
    from .tokens import Token

_SCHEME = "bearer"
MESSAGE = "Medalgraph-Message"
_LONGEST_MESSAGE = 1_000


def require(scope: str, *, graph: str = "") -> Token:
    """Return the token of this request if it allows ``scope``.

    Args:
        scope: the label of a ``Scope``.
        graph: the IRI of the graph that the request is for, if it is for one.

    Raises:
        ReadOnly: if the service takes no changes from anybody.
        NoToken: if there is none.
        WrongToken: if it is not known, or no longer good.
        TooNarrow: if it does not allow this.
        OtherGraph: if it is for another graph.

    """
    service = current_service()
    if service.settings.read_only:
        raise ReadOnly("This service is read-only", primary=service.primary)
    text = bearer()
    if not text:
        raise NoToken(
            "A change needs a bearer token in the Authorization header.",
            hint="Send 'Authorization: Bearer ...'; 'medalgraph token create' makes a token.",
        )
    token = service.tokens.check(text, scope)
    if graph and token.graph not in ("", graph):
        raise OtherGraph(graph, only=token.graph)
    return token


def require_replication() -> None:
    """Return if the token of this request lets its bearer have the files of the store.

    Raises:
        NoToken: if there is none.
        WrongToken: if it is not known, or no longer good.
        TooNarrow: if it is for something else.

    """
    text = bearer()
    if not text:
        raise NoToken(
            "Only replicas get the files of the store, and they bring a token for that.",
            hint="Make one here: medalgraph token create --scope replicate.",
        )
    current_service().tokens.check(text, Scope.REPLICATE.label)


def sees_all() -> bool:
    """Tell whether this request brings a token, of whatever scope, and may see restricted graphs.

    Raises:
        WrongToken: if the token is not known, or no longer good.

    """
    text = bearer()
    if not text:
        return False
    current_service().tokens.check(text, "read")
    return True


def bearer() -> str:
    """Return the token of the Authorization header; an empty string if it has none."""
    scheme, _, text = request.headers.get("Authorization", "").strip().partition(" ")
    return text.strip() if scheme.lower() == _SCHEME else ""


def origin(token: Token, *, message: str = "") -> Origin:
    """Return whom this request is from, for the record of a change that the token allows.

    Args:
        token: what ``require`` returned.
        message: why, unless the request says so in its header Medalgraph-Message.

    """
    # Header fields come as Latin-1 (PEP 3333); people write them in UTF-8.
    said = request.headers.get(MESSAGE, "").encode("latin-1", "replace").decode("utf-8", "replace")
    return Origin(
        author=token.note or f"token {token.id}",
        message=said.strip()[:_LONGEST_MESSAGE] or message,
        client=request.remote_addr or "",
        request=g.request_id,
        token=token.id,
    )
