"""What a browser sends back of a sheet is the same as it got, or refused, whatever it is."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from typing import Any

import pytest

from graph.importers.reject_list import Reject
from service.carried import About, Carried
from service.wire.faults import BadRequest

WRONG = Reject(3, "sex", "X", "is no sex", "Write F or M.")
SHEET = Carried(
    About(kind="people", title="Staff"),
    "staff.csv",
    b"name,sex\nAna,F\nBo,X\n",
    cells={(2, 0): "Anna"},
    rows={3: "Bo,M"},
    rejects=(WRONG,),
    dropped={3: (WRONG,)},
)


def sent(head: object, content: bytes = b"name\n") -> str:
    told = head if isinstance(head, bytes) else json.dumps(head).encode()
    return base64.b64encode(gzip.compress(told + b"\n" + content)).decode()


def head(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - anything that a client may send
    told = {"about": {"kind": "people"}, "file": "a.csv", "cells": [], "rows": []}
    return told | {"rejects": [], "dropped": []} | changed


def test_a_sheet_comes_back_as_it_was_sent() -> None:
    assert Carried.unpacked(SHEET.packed()) == SHEET


def test_a_head_as_it_should_be_is_taken() -> None:
    assert Carried.unpacked(sent(head())).about == replace(About(), kind="people")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no base64!",
        base64.b64encode(b"no gzip").decode(),
        sent(b"no JSON"),
        sent(b"[" * 200_000),
        sent([]),
        sent(head(about=[])),
        sent(head(about={"kind": "horses"})),
        sent(head(cells=[[1]])),
        sent(head(cells=[[1, 1, 7]])),
        sent(head(cells=[[1, 1, ["a"]]])),
        sent(head(rows=[["two", "a"]])),
        sent(b'{"about": {"kind": "people"}, "file": "a", "cells": [[Infinity, 1, "a"]]}'),
        sent(head(rejects=[{"line": 1}])),
        sent(head(dropped={"a": "b"})),
    ],
)
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadRequest):
        Carried.unpacked(text)
