"""How an error is told: problem details, a page or a report; the log alone learns of our faults."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, g, render_template, request
from werkzeug.exceptions import HTTPException, NotFound

from graph.formats import RDF_FORMATS, RDF_XML, RdfFormat

from . import serialise
from .answered import LOG
from .answers import negotiated, typed
from .context import current_service
from .logs import FACTS
from .problems import headers_of, problem_of
from .sessions import is_for_sessions
from .wire import accept
from .wire.faults import NotAcceptable
from .wire.problem import Problem

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

_REPORTS = tuple(form for form in RDF_FORMATS if form is not RDF_XML)
"""How a refusal can be told; XML could not carry every value that is refused."""
_LOGGED = 500
"""How many characters of a query that went wrong are written into the log."""


def register(app: Flask) -> None:
    """Make an application tell every error."""
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(Exception, _problem)


def _http_problem(error: HTTPException) -> ResponseReturnValue:
    """Return what Flask itself refuses (404, 405, 413 ...) as problem details."""
    status = error.code or 500
    given = error.get_response()
    if status < 400:  # noqa: PLR2004 - a redirect is no problem
        return Response(status=status, headers={"Location": given.headers.get("Location", "")})
    detail, members = error.description or error.name, dict[str, str]()
    if isinstance(error, NotFound):
        detail = f"There is nothing at {request.path} here."
        members = {
            "hint": "A person, nation or event is at /id/KIND/NAME, in small letters. "
            "/search?q= finds the address by the name."
        }
    problem = Problem(f"http-{status}", error.name, status, detail, members)
    kept = {name: given.headers[name] for name in ("Allow",) if name in given.headers}
    return _told(problem, kept)


def _problem(error: Exception) -> ResponseReturnValue:
    """Return an error as problem details; the log alone learns where a fault of ours was."""
    problem = problem_of(error)
    facts = {
        "request_id": g.get("request_id", ""),
        "problem": problem.slug,
        "query": g.get("query_text", "")[:_LOGGED],
    }
    if problem.status == 500:  # noqa: PLR2004
        said = "request %s failed"
        LOG.error(said, g.get("request_id"), exc_info=error, extra={FACTS: facts})
    elif problem.status > 500:  # noqa: PLR2004
        LOG.warning("request %s: %s", g.get("request_id"), error, extra={FACTS: facts})
    return _told(problem, headers_of(error))


def _sent_from() -> str:
    """Return the page of the review whose form was sent; empty for what came from elsewhere."""
    page = urlsplit(request.referrer or "")
    path = page.path.removeprefix(request.script_root)
    is_own = page.netloc == request.host and is_for_sessions(path)
    if request.method != "POST" or not is_own:
        return ""
    return f"{page.path}?{page.query}" if page.query else page.path


def _told(problem: Problem, headers: dict[str, str]) -> Response:
    current_service().metrics.problem(problem.slug)
    form = _problem_form(problem)
    if form is accept.HTML:
        asked = {"query": g.get("query_text", ""), "graphs": g.get("query_graphs", [])}
        text = render_template("problem.html", problem=problem, back=_sent_from(), **asked)
        response = Response(text, content_type=typed(form.media_type))
    elif isinstance(form, RdfFormat):
        report = serialise.converted(problem.report, form)
        response = Response(report, content_type=typed(form.media_type))
    else:
        members = {**problem.members, "request_id": g.get("request_id", "")}
        content = replace(problem, members=members).to_json()
        response = Response(content, content_type=form.media_type)
    response.status_code = problem.status
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(headers)
    return response


def _problem_form(problem: Problem) -> accept.Page | RdfFormat:
    """Return how a problem is told: a browser gets a page, and who wants RDF gets a report."""
    offers: tuple[accept.Page | RdfFormat, ...] = (accept.PROBLEM_JSON, accept.HTML)
    if problem.report:
        offers += _REPORTS
    try:
        return negotiated(offers).form
    except NotAcceptable:
        return accept.PROBLEM_JSON
