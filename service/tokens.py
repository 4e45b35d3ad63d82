"""Bearer tokens: who may change the graph; the store keeps their hashes only.

The errors of this file::

    AccessFault(MedalgraphError)
        NoToken         a change was asked for without a token
        WrongToken      a token that is not known, has expired or was revoked
        TooNarrow       a token that is good, but not for this
        OtherGraph      a token that is good for another graph only
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from graph.errors import BadInput, MedalgraphError, NotFound, StoreDamaged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SECRET_BYTES = 32
_MARK = "mgt"
_PRIVATE = 0o600


class AccessFault(MedalgraphError):
    """A change that this caller may not make."""


class NoToken(AccessFault):
    """A change was asked for without a token."""


class WrongToken(AccessFault):
    """A token that is not known, has expired or was revoked."""


class TooNarrow(AccessFault):
    """A token that is good, but not for this; ``needed`` is the scope that would do."""

    def __init__(self, message: str, *, needed: str) -> None:
        super().__init__(message, hint=f"Use a token of scope {needed}.")
        self.needed = needed


class OtherGraph(AccessFault):
    """A token that is good for another graph only.

    Attributes:
        only: the IRI of the graph that it is good for.

    """

    def __init__(self, graph: str, *, only: str) -> None:
        super().__init__(
            f"This token may change the graph <{only}> only, and not <{graph}>.",
            hint="Nothing was changed. Use another token, or leave the other graph out.",
        )
        self.only = only


class Scope(Enum):
    """What a token allows; reading is part of each.

    A replica gets the files of the store, restricted sources and all, so that needs a scope of
    its own, which no other scope has in it and which changes nothing.
    """

    READ = 1
    WRITE = 2
    ADMIN = 3
    REPLICATE = 4

    @classmethod
    def named(cls, name: str) -> Scope:
        """Return the scope with this name, or raise BadInput."""
        if name.upper() not in cls.__members__:
            raise BadInput(
                f"{name!r} is no scope of a token.",
                hint=f"Use one of: {', '.join(scope.label for scope in cls)}.",
            )
        return cls[name.upper()]

    @property
    def label(self) -> str:
        """The name as people write it."""
        return self.name.lower()

    def allows(self, needed: Scope) -> bool:
        """Tell whether a token of this scope is good for what needs another.

        Example:
            >>> Scope.WRITE.allows(Scope.READ), Scope.ADMIN.allows(Scope.REPLICATE)
            (True, False)

        """
        if Scope.REPLICATE in (self, needed):
            return needed in (self, Scope.READ)
        return self.value >= needed.value


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; not the token itself.

    Attributes:
        id: names it, and is no secret.
        digest: SHA-256 of the token, hexadecimal.
        scope: the label of a ``Scope``.
        note: who or what it is for.
        created: UTC, ISO 8601.
        expires: UTC, ISO 8601; empty if it never does.
        graph: the IRI of the one graph that it may change; empty for all.

    """

    id: str
    digest: str
    scope: str
    note: str
    created: str
    expires: str = ""
    graph: str = ""

    def has_expired(self, now: datetime) -> bool:
        """Tell whether the token is past its time."""
        return bool(self.expires) and datetime.fromisoformat(self.expires) <= now


class TokenBook:
    """The tokens of one store, in a file that only its owner can read.

    Args:
        path: the file; it is made when the first token is.

    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def create(
        self, scope: str, days: int | None = None, note: str = "", *, graph: str = ""
    ) -> tuple[str, Token]:
        """Make a token and return its text, which is kept nowhere, with what is known of it.

        Args:
            scope: the label of a ``Scope``.
            days: how long it is good; None for ever.
            note: who or what it is for.
            graph: the IRI of the one graph that it may change; empty for all.

        """
        now = datetime.now(UTC).replace(microsecond=0)
        expires = (now + _span(days)).isoformat() if days is not None else ""
        name = secrets.token_hex(4)
        text = f"{_MARK}_{name}_{secrets.token_urlsafe(_SECRET_BYTES)}"
        token = Token(
            name, _digest(text), Scope.named(scope).label, note, now.isoformat(), expires, graph
        )
        with self._alone():
            self._write([*self.tokens(), token])
        return text, token

    def revoke(self, name: str) -> Token:
        """Forget the token with this id and return what was known of it, or raise NotFound."""
        with self._alone():
            known = self.tokens()
            found = next((token for token in known if token.id == name), None)
            if found is None:
                raise NotFound(
                    f"There is no token {name!r}.", hint="List the tokens to see their ids."
                )
            self._write([token for token in known if token.id != name])
        return found

    def tokens(self) -> list[Token]:
        """Return what is known of each token, the oldest first.

        Raises:
            StoreDamaged: if the file cannot be read as a list of tokens.

        """
        try:
            entries = json.loads(self._path.read_text(encoding="utf-8"))
            return [Token(**entry) for entry in entries["tokens"]]
        except FileNotFoundError:
            return []
        except (ValueError, TypeError, KeyError) as error:
            raise StoreDamaged(
                f"The file of tokens {self._path} cannot be read: {error}.",
                path=self._path,
                hint="Put it back from a backup, or remove it and make new tokens.",
            ) from error

    def check(self, text: str, scope: str) -> Token:
        """Return the token with this text if it allows ``scope``.

        Every known token is compared, each in constant time, so that time tells nothing.

        Raises:
            WrongToken: if it is not known, or has expired.
            TooNarrow: if its scope does not allow this.

        """
        return self.check_digest(_digest(text), scope)

    def check_digest(self, digest: str, scope: str) -> Token:
        """Return the token of which this is the digest; see ``check``."""
        known = [t for t in self.tokens() if hmac.compare_digest(t.digest, digest)]
        if not known:
            raise WrongToken(
                "This token is not known here: it was revoked, or not written down whole.",
                hint="Ask for a new one; 'medalgraph token create' makes it.",
            )
        if known[0].has_expired(datetime.now(UTC)):
            raise WrongToken(
                f"This token is no longer good: it expired on {known[0].expires[:10]}.",
                hint="Ask for a new one; 'medalgraph token create' makes it.",
            )
        if not Scope.named(known[0].scope).allows(Scope.named(scope)):
            raise TooNarrow(
                f"This token is of scope {known[0].scope}, which does not allow this.",
                needed=Scope.named(scope).label,
            )
        return replace(known[0])

    def _write(self, tokens: list[Token]) -> None:
        """Replace the file whole, so that a reader or a crash never meets half of it."""
        draft = self._path.with_name(self._path.name + ".new")
        text = json.dumps({"tokens": [asdict(token) for token in tokens]}, indent=2)
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold off everybody else who would write the file."""
        lock = self._path.with_name(self._path.name + ".lock")
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, _PRIVATE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _span(days: int) -> timedelta:
    if not 0 < days <= 36_500:  # noqa: PLR2004 - a hundred years
        raise BadInput(f"A token cannot be good for {days} days.", hint="Give 1 or more.")
    return timedelta(days=days)
