"""Runs the command line inside the test, as a shell would: words in, code and texts out."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


@dataclass(frozen=True, slots=True)
class Said:
    """What one command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON is whatever the command wrote
        """The answer, read as JSON."""
        return json.loads(self.out)


class CommandLine:
    """The command ``medalgraph`` with a store of its own, until ``named`` is turned off."""

    def __init__(
        self, store: Path, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
    ) -> None:
        self.store, self._capture, self._patch = store, capture, patch
        self.named = True

    def __call__(self, *words: str | Path | int, stdin: bytes = b"") -> Said:
        """Run one command and return what it said; it must not show a traceback."""
        if not self.named:
            self._patch.delenv("MEDALGRAPH_STORE", raising=False)
        else:
            self._patch.setenv("MEDALGRAPH_STORE", str(self.store))
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        self._capture.readouterr()
        code = run([str(word) for word in words])
        out, err = self._capture.readouterr()
        assert "Traceback" not in err
        return Said(code, out, err)

    def do(self, *words: str | Path | int, stdin: bytes = b"") -> Said:
        """Run one command that has to succeed."""
        said = self(*words, stdin=stdin)
        assert said.code == 0, said.err
        return said

    def ask(self, query: str) -> list[list[str]]:
        """Return the rows of an answer as text, of an address its last part only."""
        said = self.do("query", query, "--format", "csv").out
        return [[_end(cell) for cell in row] for row in list(csv.reader(said.splitlines()))[1:]]


def _end(cell: str) -> str:
    return re.split("[/#]", cell)[-1] if cell.startswith(("http://", "https://")) else cell
