"""What can be wrong with a request before the store is asked, so that each has its own status.

The tree::

    RequestFault(MedalgraphError)
        BadRequest          parameters or a body that cannot be what was meant
        MethodNotAllowed    a method that this address does not have
        NotAcceptable       no form of the answer that the client would take
        BodyTooLarge        more bytes than the service believes in
        AddressTooLong      a query that does not fit into an address
        UnsupportedBody     a media type or encoding that is not read here
        PreconditionFailed  the graph is not as the request demands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import MedalgraphError

if TYPE_CHECKING:
    from collections.abc import Sequence


class RequestFault(MedalgraphError):
    """A request that cannot be served as it was sent."""


class BadRequest(RequestFault):
    """Parameters or a body that cannot be what was meant."""


class MethodNotAllowed(RequestFault):
    """A method that this address does not have; ``allowed`` lists those that it has."""

    def __init__(self, method: str, *, allowed: Sequence[str], hint: str = "") -> None:
        listed = ", ".join(allowed)
        super().__init__(f"{method} is not possible here; {listed} are.", hint=hint)
        self.allowed = tuple(allowed)


class NotAcceptable(RequestFault):
    """No form of the answer that the client would take; ``offers`` lists the media types."""

    def __init__(self, message: str, *, offers: Sequence[str]) -> None:
        super().__init__(message, hint=f"Ask for one of: {', '.join(offers)}.")
        self.offers = tuple(offers)


class BodyTooLarge(RequestFault):
    """More bytes than the service believes in."""


class AddressTooLong(RequestFault):
    """A query that does not fit into an address."""


class UnsupportedBody(RequestFault):
    """A media type or content encoding that is not read here; ``offers`` lists those that are."""

    def __init__(self, message: str, *, offers: Sequence[str]) -> None:
        super().__init__(message, hint=f"Send one of: {', '.join(offers)}.")
        self.offers = tuple(offers)


class PreconditionFailed(RequestFault):
    """The graph is not as the request demands (RFC 9110, section 13.1)."""

    def __init__(self, message: str) -> None:
        super().__init__(
            message, hint="Nothing was changed. GET the graph again and use its new ETag."
        )
