"""Every error has a status, and tells the client nothing about the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import errors
from graph.errors import (
    BadSyntax,
    DiskProblem,
    MedalgraphError,
    StoreLocked,
    StoreProblem,
    WriteConflict,
)
from service import problems, tokens
from service.problems import KINDS, headers_of, kind_of, problem_of
from service.tokens import NoToken, TooNarrow, WrongToken
from service.wire import faults
from service.wire.faults import MethodNotAllowed, NotAcceptable

HIDDEN = Path("/srv/secret/store")


def every_error() -> list[type[MedalgraphError]]:
    """Return each class of error that the library and the service raise."""
    return [
        found
        for module in (errors, tokens, faults, problems)
        for found in vars(module).values()
        if isinstance(found, type)
        and issubclass(found, MedalgraphError)
        and found not in (MedalgraphError, errors.Refused)
    ]


@pytest.mark.parametrize("kind", every_error())
def test_no_error_of_ours_is_a_fault_of_the_service(kind: type[MedalgraphError]) -> None:
    known = next(KINDS[one] for one in kind.__mro__ if one in KINDS)

    assert 400 <= known.status < 600
    assert known.status != 500


def test_what_no_table_knows_is_our_own_fault_and_says_nothing_of_it() -> None:
    problem = problem_of(ZeroDivisionError(f"division in {HIDDEN}"))

    assert problem.status == 500
    assert "secret" not in problem.to_json().decode()
    assert "division" not in problem.to_json().decode()


@pytest.mark.parametrize(
    "error",
    [
        StoreLocked(path=HIDDEN, pid=17, command="medalgraph load /home/x"),
        DiskProblem(f"{HIDDEN}: the disk is full.", path=HIDDEN, hint=f"Empty {HIDDEN}."),
        StoreProblem(f"{HIDDEN} is odd.", path=HIDDEN),
    ],
)
def test_a_problem_of_the_store_names_no_file_and_no_process(error: StoreProblem) -> None:
    written = problem_of(error).to_json().decode()

    assert problem_of(error).status == 503
    assert "secret" not in written
    assert "17" not in written
    assert "/home" not in written
    assert headers_of(error) == {"Retry-After": "5"}


def test_a_syntax_error_carries_its_place() -> None:
    error = BadSyntax("expected a dot", source="the query", line=3, column=7, hint="Add one.")

    problem = problem_of(error)

    assert problem.members == {"hint": "Add one.", "line": 3, "column": 7}
    assert problem.detail.startswith("The query cannot be read in line 3")


def test_a_lost_race_says_which_commit_was_found() -> None:
    problem = problem_of(WriteConflict(expected=3, found=5))

    assert problem.status == 409
    assert (problem.members["expected"], problem.members["found"]) == (3, 5)


@pytest.mark.parametrize(
    ("error", "status", "name", "value"),
    [
        (NoToken("x"), 401, "WWW-Authenticate", 'Bearer realm="medalgraph"'),
        (
            WrongToken("x"),
            401,
            "WWW-Authenticate",
            'Bearer realm="medalgraph", error="invalid_token"',
        ),
        (
            TooNarrow("x", needed="write"),
            403,
            "WWW-Authenticate",
            'Bearer realm="medalgraph", error="insufficient_scope", scope="write"',
        ),
        (MethodNotAllowed("PUT", allowed=["GET", "POST"]), 405, "Allow", "GET, POST"),
    ],
)
def test_a_status_comes_with_the_headers_that_belong_to_it(
    error: MedalgraphError, status: int, name: str, value: str
) -> None:
    assert kind_of(error).status == status
    assert headers_of(error) == {name: value}


def test_what_is_on_offer_is_a_member_of_the_problem() -> None:
    problem = problem_of(NotAcceptable("No.", offers=["text/csv"]))

    assert problem.members["offers"] == ("text/csv",)
    assert problem.type == "https://w3id.org/medalgraph/problem/not-acceptable"
