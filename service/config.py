"""Every setting of the service, declared in this one place; docs/settings.md is for people.

A setting comes from the environment (``MEDALGRAPH_QUERY_SECONDS=20``), else from the TOML
file that ``MEDALGRAPH_SETTINGS`` names (``query_seconds = 20``), else it is the usual one.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.engines.remote.address import Credentials
from graph.errors import BadInput

from . import setting_values as values
from .limits import MIB, Limits
from .secret_files import read_secret, refuse_open_to_others
from .whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.engines.remote.address import Address

    from .setting_values import Network

PREFIX = "MEDALGRAPH_"
FILE = PREFIX + "SETTINGS"
_CONFIDENTIAL = "store_secret"


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service runs; ``DECLARED`` says what each attribute means.

    Attributes:
        own_folder: what the service keeps that is no part of a remote store; None for the usual.
        public_url: scheme and host without a slash at the end, or an empty string.
        base_path: begins with a slash and does not end with one, or is empty.
        log: "text" or "json"; empty for text on a terminal and JSON elsewhere.
        replica_lag_s: None lets a replica be as far behind as it is.

    """

    store: Path | Address = Path("var/store")
    own_folder: Path | None = None
    public_url: str = ""
    base_path: str = ""
    read_only: bool = False
    tokens: Path | None = None
    store_secret: str = field(default="", repr=False)
    store_secret_file: Path | None = None
    trusted_proxies: tuple[Network, ...] = ()
    request_limit_bytes: int = 2 * MIB
    address_limit_bytes: int = 64 << 10
    upload_limit_bytes: int = 256 * MIB
    stop_s: float = 30.0
    log: str = ""
    replica_lag_s: float | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def where(self) -> Whereabouts:
        """Where the store is, and what the service itself keeps."""
        return Whereabouts.of(self.store, self.own_folder)

    @property
    def token_file(self) -> Path:
        """The file that holds the hashes of the tokens."""
        return self.tokens or self.where.folder / "tokens.json"

    def credentials(self) -> Credentials | None:
        """Return what an engine that keeps the store asks for, or None if nothing is said.

        Raises:
            BadInput: if the file of the secret cannot be read, or others may read it.
            BadTerm: if the secret is neither a name with a password nor a token.

        """
        secret = self.store_secret
        if not secret and self.store_secret_file is not None:
            secret = read_secret(
                self.store_secret_file,
                what="the secret of the store",
                named_by="MEDALGRAPH_STORE_SECRET_FILE",
            )
        return Credentials.read(secret) if secret.strip() else None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings that the environment gives, and the file that it names.

        Raises:
            BadInput: naming the setting that cannot be understood, and where it stands.

        """
        given = _from_file(environment.get(FILE, "").strip())
        for declared in DECLARED:
            text = environment.get(declared.variable, "").strip()
            if text:
                given[declared.attribute] = _understood(declared, text, declared.variable)
        own = {name.name for name in fields(cls)}
        limits = Limits(**{name: value for name, value in given.items() if name not in own})
        return cls(**{name: value for name, value in given.items() if name in own}, limits=limits)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        key: its name in a file; in capitals and with the prefix, its variable.
        attribute: what it fills in ``Settings``, or else in ``Limits``.
        read: understands its text, or raises ValueError with what it should be.
        meaning: what it is, for people.

    """

    key: str
    attribute: str
    read: Callable[[str], object]
    meaning: str

    @property
    def variable(self) -> str:
        """The environment variable."""
        return PREFIX + self.key.upper()


_BYTES = values.size
DECLARED = (
    Setting("store", "store", values.path, "the folder of the store"),
    Setting("own_folder", "own_folder", values.path, "what a service over a remote store keeps"),
    Setting(_CONFIDENTIAL, "store_secret", values.secret, "what a remote store asks for"),
    Setting("store_secret_file", "store_secret_file", values.path, "a file that holds it"),
    Setting("public_url", "public_url", values.address, "scheme and host of the service outside"),
    Setting("base_path", "base_path", values.base_path, "the path under which the service lies"),
    Setting("read_only", "read_only", values.switch, "refuse every change, whatever token comes"),
    Setting("tokens", "tokens", values.path, "the file of the tokens"),
    Setting("trusted_proxies", "trusted_proxies", values.networks, "addresses of our own proxies"),
    Setting("log", "log", values.log_form, "how the log is written"),
    Setting("stop_seconds", "stop_s", values.seconds, "the time to finish what runs, at the end"),
    Setting("replica_lag_seconds", "replica_lag_s", values.seconds, "how old a replica may be"),
    Setting("request_limit", "request_limit_bytes", _BYTES, "the longest query or update"),
    Setting("address_limit", "address_limit_bytes", _BYTES, "the longest query in an address"),
    Setting("upload_limit", "upload_limit_bytes", _BYTES, "the largest upload, packed or not"),
    Setting("query_seconds", "query_s", values.seconds, "the time for a query, waiting included"),
    Setting("query_processor_seconds", "query_processor_s", values.seconds, "its processor time"),
    Setting("query_memory", "query_memory_bytes", _BYTES, "its memory beside the graph"),
    Setting("answer_limit", "answer_bytes", _BYTES, "the longest answer"),
    Setting("client_seconds", "client_s", values.seconds, "waiting for a slow client, in all"),
    Setting("download_seconds", "download_s", values.seconds, "the time to make a download"),
    Setting("downloads_disk", "downloads_bytes", _BYTES, "the disk for downloads that are kept"),
    Setting("change_seconds", "change_s", values.seconds, "the time for a change"),
    Setting("change_memory", "change_memory_bytes", _BYTES, "its memory"),
    Setting("image_memory", "image_memory_bytes", _BYTES, "the largest graph held in memory"),
    Setting("kept_memory", "kept_bytes", values.room, "the memory for answers given again"),
    Setting("readers", "readers", values.count, "how many queries run at a time"),
    Setting("readers_of_client", "readers_of_client", values.count, "how many of one client"),
    Setting("waiting", "waiting", values.count, "how many queries may wait"),
    Setting("waiting_of_client", "waiting_of_client", values.count, "how many of one client"),
    Setting("waiting_changes", "waiting_changes", values.count, "how many changes may wait"),
    Setting("grouped_changes", "grouped_changes", values.count, "how many are published together"),
    Setting("reader_jobs", "jobs_of_reader", values.count, "answers until a reader is replaced"),
)


def _from_file(name: str) -> dict[str, Any]:
    """Return what a settings file says, by attribute; nothing if no file is named."""
    if not name:
        return {}
    known = {declared.key: declared for declared in DECLARED}
    given: dict[str, Any] = {}
    for key, value in _parsed(name).items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(known)}."
            raise BadInput(f"There is no setting {key!r} ({name}).", hint=hint)
        given[known[key].attribute] = _understood(known[key], _text(value), f"{key} in {name}")
    return given


def _parsed(name: str) -> dict[str, Any]:
    path = Path(name)
    try:
        with path.open(encoding="utf-8") as file:
            said = tomllib.loads(file.read())
            if _CONFIDENTIAL in said:
                refuse_open_to_others(os.fstat(file.fileno()), path, what="the secret of the store")
            return said
    except OSError as error:
        raise BadInput(
            f"The settings file {name} cannot be read: {error.strerror}.",
            hint=f"Correct {FILE}, or unset it.",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            f"The settings file {name} is not TOML: {error}.",
            hint='Write one setting a line: query_seconds = 20, or base_path = "/medals".',
        ) from error


def _text(value: object) -> str:
    """Return a value of a file as it would stand in a variable."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _understood(declared: Setting, text: str, where: str) -> object:
    try:
        return declared.read(text)
    except ValueError as error:
        raise BadInput(f"{where} is {text!r}, which is {error}.", hint=_hint(declared)) from error


def _hint(declared: Setting) -> str:
    return f"It is {declared.meaning}; write it as {values.EXAMPLES[declared.read]}."
