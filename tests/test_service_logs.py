"""The log has a line for each event, in words or as JSON, that no value can break."""

from __future__ import annotations

import json
import logging
import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.logs import FACTS, JSON, ROOT, TEXT, keep_log

from .service_world import world_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in (ROOT, "waitress")]
    before = [(logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    yield
    for logger, (handlers, level, propagate) in zip(loggers, before, strict=True):
        logger.handlers[:], logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_each_request_is_a_line_with_its_id(tmp_path: Path) -> None:
    out = StringIO()
    keep_log(JSON, out)
    with world_in(tmp_path) as world:
        answer = world.ask("ASK {}")
        answer.close()

    told = json.loads(out.getvalue().splitlines()[-1])
    assert told["request_id"] == answer.headers["Medalgraph-Request-Id"]
    assert (told["method"], told["path"], told["status"]) == ("GET", "/sparql", 200)
    assert told["client"] == "127.0.0.1"
    assert 0 <= told["milliseconds_to_answer"] <= told["milliseconds"]
    assert told["level"] == "info"


def test_the_page_on_operation_names_each_fact_of_a_request(tmp_path: Path) -> None:
    out = StringIO()
    keep_log(JSON, out)
    with world_in(tmp_path) as world:
        world.ask("ASK {}").close()

    facts = set(json.loads(out.getvalue())) - {"time", "level", "logger", "message"}
    page = (Path(__file__).resolve().parents[1] / "docs" / "operation.md").read_text("utf-8")
    section = page[page.index("## The log") : page.index("## Stopping")]
    assert set(re.findall(r"`(\w+)`", section)) >= facts


def test_a_query_itself_is_written_down_only_if_it_was_stopped(tmp_path: Path) -> None:
    out = StringIO()
    keep_log(JSON, out)
    with world_in(tmp_path) as world:
        world.ask("ASK { <http://ex/private> ?p ?o }").close()

    assert "private" not in out.getvalue()


def test_the_words_of_a_line_cannot_make_another(tmp_path: Path) -> None:
    for form in (TEXT, JSON):
        out = StringIO()
        keep_log(form, out)
        with world_in(tmp_path / form) as world:
            world.client.get("/x%0Aerror: all is lost\x1b[2J").close()
        assert len(out.getvalue().splitlines()) == 1
        assert "\x1b" not in out.getvalue()


def test_a_fault_has_its_trace_in_both_forms() -> None:
    for form in (TEXT, JSON):
        out = StringIO()
        keep_log(form, out)
        try:
            1 / 0  # noqa: B018 - it is meant to fail
        except ZeroDivisionError:
            logging.getLogger(ROOT).exception("no good", extra={FACTS: {"request_id": "7"}})
        assert "ZeroDivisionError" in out.getvalue()
        assert "no good" in out.getvalue()
