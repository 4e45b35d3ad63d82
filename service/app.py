"""The application: its settings, its store and the only list of its blueprints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.engines.disk import Places
from graph.engines.replicated import primary_of
from graph.engines.snapshots import SnapshotEngine
from graph.identity.keeping import KeptLists
from graph.replicating import Offer
from graph.traces import Traces

from . import addresses, again, answers, context, earlier, refusals, scripts
from .metrics import Metrics
from .outside import Outside
from .processes.answering import Direct
from .processes.changing import DirectChanges
from .processes.exporting import DirectMaker, Exporter
from .processes.keeping import Keeping
from .processes.listing import DirectListing
from .processes.searching import DirectSearching
from .replies import Replies
from .room import Room
from .routes import (
    built,
    comparing,
    crawling,
    deciding,
    describing,
    downloads,
    exploring,
    graphs,
    health,
    home,
    imported,
    importing,
    medals,
    openapi,
    query,
    reconciling,
    rehearsing,
    replicating,
    reviewing,
    search,
    signing,
    sources,
    things,
    vocabulary,
    workbench,
)
from .tokens import TokenBook
from .watching import version_known

if TYPE_CHECKING:
    from flask import Flask

    from graph.store import Store

    from .config import Settings
    from .processes.pool import Pool

BLUEPRINTS = (
    home.blueprint,
    openapi.blueprint,
    query.blueprint,
    graphs.blueprint,
    comparing.blueprint,
    sources.blueprint,
    medals.blueprint,
    things.blueprint,
    search.blueprint,
    exploring.blueprint,
    reconciling.blueprint,
    downloads.blueprint,
    describing.blueprint,
    vocabulary.blueprint,
    workbench.blueprint,
    rehearsing.blueprint,
    reviewing.blueprint,
    deciding.blueprint,
    signing.blueprint,
    imported.blueprint,
    importing.blueprint,
    crawling.blueprint,
    built.blueprint,
    replicating.blueprint,
    health.blueprint,
)


def create_app(
    settings: Settings, store: Store, pool: Pool | None = None, metrics: Metrics | None = None
) -> Flask:
    """Return the service over an open store.

    Args:
        settings: how it runs.
        store: stays open as long as the application is used; the caller closes it.
        pool: the processes that read and write for those who ask; None is this process,
            without limits.
        metrics: counts what happens; None for counts of its own.

    """
    app = again.Application("service", static_folder="static", template_folder="templates")
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # the default provider has it
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = False
    folder = settings.where.folder
    primary = _primary_of(store)
    if primary is not None:
        settings = replace(settings, read_only=True)
    room = Room(settings.limits.kept_bytes)
    service = context.Service(
        settings,
        store,
        TokenBook(settings.token_file),
        Keeping(pool.answering if pool else Direct(store), room, longest_s=settings.limits.query_s),
        pool.changing if pool else DirectChanges(store),
        pool.searching if pool else DirectSearching(store, folder),
        pool.listing if pool else DirectListing(folder, store),
        pool.exporter if pool else Exporter(folder, settings.limits, DirectMaker(store)),
        metrics or Metrics(),
        KeptLists(folder),
        Traces(store.engine),
        room,
        pool,
        primary,
        _offer_of(store, settings),
        store.engine.erasures if isinstance(store.engine, SnapshotEngine) else 0,
    )
    service.metrics.watch(
        lambda: version_known(store), pool.state if pool else None, service.standing, room
    )
    context.install(app, service)
    answers.register(app)
    refusals.register(app)
    earlier.register(app)
    addresses.register(app)
    scripts.register(app, scripts.FOLDER)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.wsgi_app = Outside(Replies(app.wsgi_app, service), settings)  # type: ignore[assignment, method-assign] # Flask's way
    return app


def _primary_of(store: Store) -> str | None:
    """Return where changes of a store are made, if it is a replica; see ``Service.primary``."""
    if not isinstance(store.engine, SnapshotEngine):
        return None
    primary = primary_of(Places(store.engine.place))
    return primary.address if primary else None


def _offer_of(store: Store, settings: Settings) -> Offer | None:
    """Return what replicas of a store may pull from here."""
    if not isinstance(store.engine, SnapshotEngine):
        return None
    address = f"{settings.public_url}{settings.base_path}" if settings.public_url else ""
    return Offer(store.engine.place, address=address, tokens=settings.token_file)
