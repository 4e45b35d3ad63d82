"""Whether the service lives and can do its work; asked by machines, answered at once."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from service.answers import document
from service.context import current_service
from service.metrics import MEDIA_TYPE
from service.openapi import service_desc
from service.watching import engine_fault, version_known

if TYPE_CHECKING:
    from graph.replicating import Standing
    from service.context import Service
    from service.wire.problem import Json

blueprint = Blueprint("health", __name__)

_METHODS = ["GET", "OPTIONS"]
_OK, _NOT_READY = 200, 503


@blueprint.route("/health/live", methods=_METHODS, provide_automatic_options=False)
def live() -> Response:
    """Say that the service answers."""
    return document({"status": "ok"})


@blueprint.route("/health/ready", methods=_METHODS, provide_automatic_options=False)
def ready() -> Response:
    """Say whether queries can be answered, and changes made where they are taken."""
    wrong = _wrong(current_service())
    told: dict[str, Json] = {"status": "not ready", "wrong": wrong} if wrong else {"status": "ok"}
    return document(told, status=_NOT_READY if wrong else _OK)


@blueprint.route("/health", methods=_METHODS, provide_automatic_options=False)
def health() -> Response:
    """Say how the service is: its state, its queues, and the walls around its processes."""
    service = current_service()
    wrong = _wrong(service)
    told: dict[str, Json] = {
        "status": "not ready" if wrong else "ok",
        "wrong": wrong,
        "snapshot": version_known(service.store),
        "read_only": service.settings.read_only,
    }
    standing = service.standing()
    if standing is not None:
        told["replica"] = _told(standing)
    if service.settings.where.is_remote:
        told["engine"] = {"answers": not engine_fault(service.store)}
    if service.pool is not None:
        state = service.pool.state()
        told["queries"] = {"running": state.running, "waiting": state.waiting}
        told["changes"] = {"waiting": state.changes_waiting, "possible": state.writer_runs}
        told["memory"] = {"snapshot": state.image_version, "bytes": state.image_bytes}
        told["search"] = {"snapshot": state.search_version}
        told["walls"] = (
            asdict(state.walls) | {"no_network": state.walls.no_network} if state.walls else None
        )
    response = document(told)
    response.headers["Link"] = service_desc()
    return response


@blueprint.route("/metrics", methods=_METHODS, provide_automatic_options=False)
def metrics() -> Response:
    """Give the counts of the service as Prometheus reads them."""
    response = Response(current_service().metrics.text(), content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def _wrong(service: Service) -> list[str]:
    """Return in a sentence each thing that keeps the service from its work."""
    found = _outdated(service)
    if fault := engine_fault(service.store):
        found.append(fault)
    if service.pool is None:
        return found
    state = service.pool.state()
    if not state.can_fork:
        found.append("No process can be started for queries at present.")
    if not state.writer_runs and not service.settings.read_only:
        found.append("The process that makes changes does not run at present.")
    return found


def _told(standing: Standing) -> dict[str, Json]:
    """Return how a replica stands; where it is pulled from is for its stewards alone."""
    return {
        "primary": standing.primary.address or None,
        "behind_commits": standing.commits,
        "behind_seconds": None if standing.seconds is None else round(standing.seconds, 1),
        "level": standing.look.level or None,
        "seen": standing.look.seen or None,
    }


def _outdated(service: Service) -> list[str]:
    """Return in a sentence that a replica is too far behind, where there is such a thing."""
    most, standing = service.settings.replica_lag_s, service.standing()
    if most is None or standing is None:
        return []
    if standing.seconds is not None and standing.seconds <= most:
        return []
    since = standing.look.level[:19].replace("T", " ")
    known = f"since {since} UTC" if since else "and nobody knows since when"
    return [f"The replica may lack commits of its primary {known}."]
