"""Reading a secret out of a file that nobody else can read, as ssh does with its keys."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from graph.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

_OTHERS, _GROUP_READS = 0o077, 0o040


def read_secret(file: Path, *, what: str, named_by: str) -> str:
    """Return the text of a file that holds a secret.

    A file of root's may be readable by one group, which is how a secret is given to a service;
    what is no file, such as a pipe, is read whatever its permissions.

    Args:
        file: where the secret is.
        what: whose secret it is, in words, for an error.
        named_by: the option or setting that names the file, for an error.

    Raises:
        BadInput: if the file cannot be read, or others may read or change it.

    """
    try:
        with file.open(encoding="utf-8") as opened:
            refuse_open_to_others(os.fstat(opened.fileno()), file, what=what)
            return opened.read()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"The file {file} with {what} cannot be read.",
            hint=f"Correct {named_by}, and let this user read it.",
        ) from error


def refuse_open_to_others(found: os.stat_result, file: Path, *, what: str) -> None:
    """Raise BadInput if a file is one that others than who uses it may read or change.

    Args:
        found: what the system says of the file, once it is open.
        file: its name.
        what: whose secret it holds, in words, for an error.

    """
    allowed = _GROUP_READS if found.st_uid == 0 else 0
    if stat.S_ISREG(found.st_mode) and found.st_mode & _OTHERS & ~allowed:
        raise BadInput(
            f"Other users of this machine may read the file {file} with {what}, so it is not used.",
            hint=f"Shut them out: chmod 600 '{file}'. If they may have read it, make a new secret.",
        )
