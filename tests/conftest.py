"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.store import Store

from .command_line import CommandLine

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets, which a fresh clone does not have."""
    folder = SHARED / "data"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("CI must have the real data sets beside the checkout, in ../shared/data.")
        # A fresh clone has none; where CI is set this has failed above instead.
        pytest.skip("needs the real data sets, which lie outside the repository in ../shared/data")
    return folder


@pytest.fixture
def medalgraph(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """The command line with an empty store of its own."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "store"
    Store.create(place).close()
    return CommandLine(place, capfd, monkeypatch)
