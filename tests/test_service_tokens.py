"""Tokens are shown once, stored hashed, scoped, and end (security rule 5)."""

from __future__ import annotations

import json
import stat
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from graph.errors import BadInput, NotFound, StoreDamaged
from service.tokens import TokenBook, TooNarrow, WrongToken

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tokens.json"


@pytest.fixture
def book(path: Path) -> TokenBook:
    return TokenBook(path)


def test_a_token_that_was_made_is_good_for_its_scope(book: TokenBook) -> None:
    text, token = book.create("write", days=30, note="the desk")

    assert book.check(text, "write") == token
    assert book.check(text, "read").note == "the desk"


def test_a_scope_does_not_allow_more_than_it_says(book: TokenBook) -> None:
    text, _ = book.create("read")

    with pytest.raises(TooNarrow) as refused:
        book.check(text, "write")

    assert refused.value.needed == "write"


def test_the_file_holds_no_token_and_only_its_owner_may_read_it(
    book: TokenBook, path: Path
) -> None:
    text, _ = book.create("admin")

    assert text not in path.read_text()
    assert text.rpartition("_")[2] not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_tokens_are_never_the_same(book: TokenBook) -> None:
    texts = {book.create("read")[0] for _ in range(20)}

    assert len(texts) == 20
    assert min(len(text) for text in texts) > 50


@pytest.mark.parametrize("change", ["", "x", " "])
def test_a_token_that_is_nearly_right_is_wrong(book: TokenBook, change: str) -> None:
    text, _ = book.create("write")

    with pytest.raises(WrongToken):
        book.check(text[:-1] + change, "write")


def test_without_any_token_every_token_is_wrong(book: TokenBook) -> None:
    with pytest.raises(WrongToken):
        book.check("", "read")


def test_a_token_ends_when_its_time_is_over(book: TokenBook, path: Path) -> None:
    text, token = book.create("write", days=1)
    written = json.loads(path.read_text())
    written["tokens"][0]["expires"] = datetime.now(UTC).isoformat()
    path.write_text(json.dumps(written))

    with pytest.raises(WrongToken):
        book.check(text, "write")

    end = datetime.fromisoformat(token.expires)
    assert end - datetime.fromisoformat(token.created) == timedelta(days=1)


def test_a_revoked_token_is_wrong_and_the_others_stay(book: TokenBook) -> None:
    gone, token = book.create("write")
    kept, _ = book.create("write")

    assert book.revoke(token.id) == token

    with pytest.raises(WrongToken):
        book.check(gone, "write")
    assert book.check(kept, "write").id != token.id
    with pytest.raises(NotFound):
        book.revoke(token.id)


@pytest.mark.parametrize(("scope", "days"), [("god", None), ("read", 0), ("read", -1)])
def test_a_token_of_no_scope_or_no_time_is_not_made(
    book: TokenBook, path: Path, scope: str, days: int | None
) -> None:
    with pytest.raises(BadInput):
        book.create(scope, days)

    assert not path.exists()


def test_a_damaged_file_lets_nobody_in(book: TokenBook, path: Path) -> None:
    text, _ = book.create("write")
    path.write_text(path.read_text()[:-20])

    with pytest.raises(StoreDamaged):
        book.check(text, "write")


def test_tokens_made_at_the_same_time_are_all_kept(path: Path) -> None:
    makers = [threading.Thread(target=TokenBook(path).create, args=("read",)) for _ in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()

    assert len(TokenBook(path).tokens()) == 8
