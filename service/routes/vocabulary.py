"""The vocabulary at an address of this service: each class, property and word, for all readers."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request, url_for

from graph.errors import NotFound
from graph.formats import RDF_FORMATS, RdfFormat
from graph.names import MG, OUTSIDE_PREFIXES
from graph.terms import NamedNode
from service import serialise
from service.access import sees_all
from service.answers import asker, is_fresh, negotiated, not_modified, read_whole, sent, tag
from service.context import current_service
from service.earlier import state_of
from service.languages import wanted_languages
from service.portraits.linked import CONTEXT, without_empty
from service.processes.jobs import PAGE, Job, Kind
from service.vocabulary import NAMESPACE, stated, uses_of, words
from service.wire.accept import HTML, Page
from service.wire.forms import one, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.terms import Quad
    from service.vocabulary import Word

blueprint = Blueprint("vocabulary", __name__)

_FORMS: tuple[Page | RdfFormat, ...] = (HTML, *RDF_FORMATS)
_PREFIXES = OUTSIDE_PREFIXES | {
    "org": "http://www.w3.org/ns/org#",
    "sport": "https://sportschema.org/ontologies/main/",
    "wd": "http://www.wikidata.org/entity/",
}
_METHODS = ["GET", "OPTIONS"]


@blueprint.route("/ontology", methods=_METHODS, provide_automatic_options=False)
def ontology() -> Response:
    """Give the whole vocabulary: a page for people, RDF for programs."""
    version = state_of(one(pairs(request.query_string), "at") or "")
    wanted = negotiated(_FORMS, name=one(pairs(request.query_string), "format") or "")
    etag = tag(version, wanted.media_type, request.url_root)
    if is_fresh(etag):
        return not_modified(version, etag)
    if isinstance(wanted.form, RdfFormat):
        return sent(_rdf(stated(), wanted.form), wanted.media_type, version=version, etag=etag)
    kinds: dict[str, list[Word]] = {}
    for word in words().values():
        kinds.setdefault(word.kind, []).append(word)
    text = render_template(
        "ontology.html",
        version=version,
        kinds=kinds,
        namespace=MG,
        canonical=url_for("vocabulary.ontology", _external=True),
        linked={
            "@context": CONTEXT,
            "@type": "DefinedTermSet",
            "@id": NAMESPACE.value,
            "name": "medalgraph vocabulary",
            "url": url_for("vocabulary.ontology", _external=True),
        },
        downloads=_downloads(url_for("vocabulary.ontology")),
    )
    return sent(text, HTML.media_type, version=version, etag=etag)


@blueprint.route("/ontology/<name>", methods=_METHODS, provide_automatic_options=False)
def term(name: str) -> Response:
    """Say what one term of the vocabulary means, how it is used here and what is checked of it."""
    word = _word(name)
    params = pairs(request.query_string)
    version = state_of(one(params, "at") or "")
    wanted = negotiated(_FORMS, name=one(params, "format") or "")
    languages = () if isinstance(wanted.form, RdfFormat) else wanted_languages()
    etag = tag(version, wanted.media_type, request.url_root, str(sees_all()), *languages)
    if is_fresh(etag):
        return not_modified(version, etag)
    if isinstance(wanted.form, RdfFormat):
        own = [quad for quad in stated() if quad.subject == NamedNode(word.iri)]
        return sent(_rdf(own, wanted.form), wanted.media_type, version=version, etag=etag)
    job = Job(Kind.TERM, version, PAGE, word.name, languages=languages, sees_all=sees_all())
    found = json.loads(read_whole(current_service().answering.answer(job, asker())))
    text = render_template(
        "term.html",
        version=version,
        word=word,
        uses=uses_of(word),
        namespace=MG,
        known={each.iri: each.label for each in words().values()},
        canonical=url_for("vocabulary.term", name=name, _external=True),
        linked=_linked(word),
        downloads=_downloads(url_for("vocabulary.term", name=name)),
        **found,
    )
    return sent(text, HTML.media_type, version=version, etag=etag)


def _word(name: str) -> Word:
    """Return the term of this name.

    Raises:
        NotFound: with the names that are most alike.

    """
    found = words().get(MG + name)
    if found is None:
        near = difflib.get_close_matches(name, [word.name for word in words().values()], n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else ""
        raise NotFound(
            f"The vocabulary has no term {name}.", hint=hint or "GET /ontology lists all of them."
        )
    return found


def _rdf(quads: Iterable[Quad], form: RdfFormat) -> bytes:
    return serialise.statements([quad.triple for quad in quads], form, prefixes=_PREFIXES)


def _downloads(address: str) -> list[tuple[str, str]]:
    return [(form.name, f"{address}?format={form.name}") for form in RDF_FORMATS]


def _linked(word: Word) -> dict[str, object]:
    return {"@context": CONTEXT} | without_empty(
        {
            "@type": "DefinedTerm",
            "@id": word.iri,
            "name": word.label,
            "description": word.comment,
            "termCode": word.name,
            "inDefinedTermSet": NAMESPACE.value,
            "url": url_for("vocabulary.term", name=word.name, _external=True),
        }
    )
