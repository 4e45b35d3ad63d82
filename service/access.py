"""Who may call: reading is open, changing needs a bearer token in the Authorization header.

Only the header counts. A form field or cookie would let a foreign page make a
browser send a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from .context import current_service
from .problems import ReadOnly
from .tokens import NoToken

if TYPE_CHECKING:
    from .tokens import Token

_SCHEME = "bearer"


def require(scope: str) -> Token:
    """Return the token of this request if it allows ``scope``.

    Raises:
        ReadOnly: if the service takes no changes from anybody.
        NoToken: if there is none.
        WrongToken: if it is not known, or no longer good.
        TooNarrow: if it does not allow this.

    """
    service = current_service()
    if service.settings.read_only:
        raise ReadOnly("This service is read-only.")
    scheme, _, text = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != _SCHEME or not text.strip():
        raise NoToken(
            "A change needs a bearer token in the Authorization header.",
            hint="Send 'Authorization: Bearer ...'; 'medalgraph token create' makes a token.",
        )
    return service.tokens.check(text.strip(), scope)
