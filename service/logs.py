"""How the service keeps its log: a line an event, for people or as JSON for programs."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

TEXT, JSON = "text", "json"
ROOT = "medalgraph"
FACTS = "facts"
"""The attribute of a record that holds what is known besides its sentence."""


def keep_log(form: str, out: TextIO | None = None) -> None:
    """Write what the service and its server say to standard error, from now on.

    Args:
        form: ``TEXT`` or ``JSON``.
        out: another place for it.

    """
    handler = logging.StreamHandler(out or sys.stderr)
    handler.setFormatter(_Lines() if form == JSON else _Sentences())
    for name, level in ((ROOT, logging.INFO), ("waitress", logging.ERROR)):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False


class _Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as JSON."""
        told = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, FACTS, {}),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=True)


class _Sentences(logging.Formatter):
    """One sentence a line, and the trace of a fault below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as text in which no value can look like another line."""
        said = record.getMessage().encode("unicode_escape").decode()
        line = f"{_time(record)} {record.levelname.lower()}: {said}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
