"""Tokens are made, listed and revoked, and only their hashes are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.tokens import TokenBook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine


def test_a_token_is_shown_once_and_works(medalgraph: CommandLine) -> None:
    said = medalgraph.do("token", "create", "--note", "results desk", "--days", 90)
    text = said.out.strip()
    assert "not shown again" in said.err
    known = TokenBook(medalgraph.store / "tokens.json").check(text, "write")
    assert known.note == "results desk"
    assert text not in medalgraph.do("token", "list").out
    assert text not in (medalgraph.store / "tokens.json").read_text()


def test_the_list_shows_what_is_known(medalgraph: CommandLine) -> None:
    made = medalgraph.do("token", "create", "--scope", "admin", "--json").json
    assert made["scope"] == "admin"
    assert made["expires"] is None
    (listed,) = medalgraph.do("token", "list", "--json").json
    assert listed == {key: value for key, value in made.items() if key != "token"}
    header, _, row = medalgraph.do("token", "list").out.splitlines()
    assert header.split("  ")[0] == "id"
    assert row.split()[:2] == [made["id"], "admin"]
    assert "for ever" in row


def test_no_tokens_is_said_beside_an_empty_answer(medalgraph: CommandLine) -> None:
    said = medalgraph.do("token", "list")
    assert said.out == ""
    assert "no tokens yet" in said.err


def test_a_revoked_token_is_gone(medalgraph: CommandLine) -> None:
    made = medalgraph.do("token", "create", "--json").json
    assert medalgraph.do("token", "revoke", made["id"]).out == (
        f"The token {made['id']} is revoked.\n"
    )
    assert medalgraph.do("token", "list", "--json").json == []


def test_an_unknown_token_is_not_found(medalgraph: CommandLine) -> None:
    said = medalgraph("token", "revoke", "12345678")
    assert said.code == 3
    assert said.err.startswith("Error: There is no token '12345678'.\n")


def test_tokens_need_a_store(medalgraph: CommandLine, tmp_path: Path) -> None:
    said = medalgraph("token", "create", "--store", tmp_path / "nowhere")
    assert said.code == 4
    assert not (tmp_path / "nowhere").exists()
