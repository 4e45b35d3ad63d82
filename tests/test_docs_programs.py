"""The pages and the notebook for those who write programs: each example runs and is true."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbclient import NotebookClient

from .bundled_service import bundled_store
from .running_service import running

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).resolve().parents[1] / "docs"
NOTEBOOK = DOCS / "notebooks" / "report-and-results.ipynb"
HOME = "http://127.0.0.1:8080"
PROGRAMS = {
    "sh": ("bash", "-c"),
    "python": (sys.executable, "-W", "error", "-c"),
    "r": ("Rscript", "-e"),
}
PAGES = ("programs.md", "reconciliation.md")
EXAMPLES = re.findall(
    r"^```(\w+)\n(.*?)^```\n\n^```text\n(.*?)^```$",
    "".join((DOCS / page).read_text(encoding="utf-8") for page in PAGES),
    flags=re.MULTILINE | re.DOTALL,
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over the bundled sources."""
    with running(bundled_store(tmp_path_factory.mktemp("programs"))) as service:
        service.wait_for_search()
        yield f"http://127.0.0.1:{service.port}"


@pytest.fixture(scope="module")
def outputs(address: str) -> list[str]:
    """What each cell of code in the notebook shows last, as plain text or HTML."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDALGRAPH_ADDRESS", address)
        notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call] # nbformat has no types
        NotebookClient(notebook, timeout=120).execute()
    shown: list[str] = []
    for cell in notebook.cells:
        data: list[Any] = [out["data"] for out in cell.get("outputs", []) if "data" in out]
        shown += [one["text/html"] for one in data]
    return shown


@pytest.mark.parametrize(("language", "code", "printed"), EXAMPLES)
def test_an_example_prints_what_stands_below_it(
    address: str, tmp_path: Path, language: str, code: str, printed: str
) -> None:
    program, *words = PROGRAMS[language]
    if shutil.which(program) is None:
        # Nothing here needs R; where the machine has none, its example cannot run.
        pytest.skip(f"needs the program {program}")
    done = subprocess.run(
        [program, *words, code.replace(HOME, address)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert [line.rstrip() for line in done.stdout.splitlines()] == printed.splitlines()


def test_each_language_and_library_has_an_example() -> None:
    code = "".join(text for _, text, _ in EXAMPLES)
    assert {language for language, _, _ in EXAMPLES} == set(PROGRAMS)
    assert all(name in code for name in ("curl", "pandas", "rdflib", "SPARQLWrapper", "read.csv"))


def test_the_notebook_is_kept_without_what_a_run_showed() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call] # nbformat has no types
    assert not any(cell.get("outputs") for cell in notebook.cells)


def cells(table: str) -> list[str]:
    """Return the values of a table, row by row, without its heads."""
    return re.findall(r"<td>([^<]+)</td>", table)


def test_the_notebook_counts_what_agrees_as_the_first_page_does(outputs: list[str]) -> None:
    assert re.findall(r"<th>([a-z ]+)</th>\s*<td>", outputs[0]) == [
        "agrees",
        "not checkable",
        "differs",
    ]
    assert cells(outputs[0]) == ["22", "9", "5"]


def test_the_notebook_adds_up_the_medals_of_tokyo_by_sport(outputs: list[str]) -> None:
    # Azerbaijan at Tokyo 2020: 14 gold, 1 silver, 4 bronze (the committee's table).
    assert cells(outputs[2])[-3:] == ["14", "1", "4"]


def test_the_notebook_ranks_the_nation_where_the_report_ranks_it(outputs: list[str]) -> None:
    # The report: 28th, with four gold, two silver and five bronze medals.
    assert cells(outputs[4]) == ["4", "2", "5", "11", "28"]


def test_the_notebook_says_who_says_so(outputs: list[str]) -> None:
    assert "1994-02-27" in outputs[5]
    assert "https://w3id.org/medalgraph/id/graph/paris2024" in outputs[5]
