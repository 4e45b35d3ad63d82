"""What a request finds in the running service: its settings, its store and its tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from flask import Flask

    from graph.store import Store

    from .config import Settings
    from .tokens import TokenBook

_NAME = "medalgraph"


@dataclass(frozen=True, slots=True)
class Service:
    """What the routes work with.

    Attributes:
        kept: what was worked out for one version of the store, by name; the newest only.

    """

    settings: Settings
    store: Store
    tokens: TokenBook
    kept: dict[str, tuple[int, object]] = field(default_factory=dict)


def install(app: Flask, service: Service) -> None:
    """Give an application its service."""
    app.extensions[_NAME] = service


def current_service() -> Service:
    """Return the service of the application that handles this request."""
    return cast("Service", current_app.extensions[_NAME])
