"""A secret is read from a file that nobody else can read, and from no other."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.engines.remote.address import Credentials
from graph.errors import BadInput
from service.config import FILE, Settings
from service.secret_files import read_secret, refuse_open_to_others

if TYPE_CHECKING:
    from .command_line import CommandLine

LOGIN = "ann:open-sesame"
SOMEWHERE = Path("/somewhere")
OPEN_MODES = (0o644, 0o604, 0o602, 0o620, 0o666)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "secret"
    made.write_text(LOGIN)
    made.chmod(0o600)
    return made


def test_a_file_that_is_private_is_read(file: Path) -> None:
    assert Settings(store_secret_file=file).credentials() == Credentials.read(LOGIN)


@pytest.mark.parametrize("mode", OPEN_MODES)
def test_a_file_that_others_may_read_or_change_is_refused_with_what_to_do(
    file: Path, mode: int
) -> None:
    file.chmod(mode)
    with pytest.raises(BadInput, match=f"Other users of this machine may .*{file}") as caught:
        Settings(store_secret_file=file).credentials()
    assert f"chmod 600 '{file}'" in caught.value.hint
    assert "sesame" not in str(caught.value) + caught.value.hint


def test_a_file_of_roots_may_be_given_to_a_group_to_read() -> None:
    def found(mode: int, owner: int) -> os.stat_result:
        return os.stat_result((stat.S_IFREG | mode, 0, 0, 1, owner, 50, 0, 0, 0, 0))

    refuse_open_to_others(found(0o640, 0), SOMEWHERE, what="a secret")
    for mode, owner in ((0o640, 1000), (0o660, 0), (0o644, 0)):
        with pytest.raises(BadInput):
            refuse_open_to_others(found(mode, owner), SOMEWHERE, what="a secret")


def test_a_pipe_is_read_whatever_its_permissions(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o644)
    writer = threading.Thread(target=pipe.write_text, args=(LOGIN,))
    writer.start()
    assert read_secret(pipe, what="a secret", named_by="this") == LOGIN
    writer.join()


def test_a_settings_file_with_the_secret_in_it_is_held_to_the_same(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(f'store_secret = "{LOGIN}"\n')
    settings.chmod(0o644)
    with pytest.raises(BadInput, match="Other users of this machine"):
        Settings.from_environment({FILE: str(settings)})
    settings.chmod(0o600)
    assert Settings.from_environment({FILE: str(settings)}).credentials()
    settings.write_text('log = "json"\n')
    settings.chmod(0o644)
    assert Settings.from_environment({FILE: str(settings)}).log == "json"


def test_a_token_for_a_primary_is_held_to_the_same(
    medalgraph: CommandLine, file: Path, tmp_path: Path
) -> None:
    file.write_text("mgt_a_b\n")
    file.chmod(0o644)
    said = medalgraph("replicate", "https://x.invalid", tmp_path / "replica", "--token-file", file)
    assert said.code == 2
    assert f"Other users of this machine may read the file {file} with the token" in said.err
    assert "mgt_a_b" not in said.err
