"""Every setting of the service, read from the environment in this one place.

===========================  =============================================================
variable                     meaning
===========================  =============================================================
MEDALGRAPH_STORE             the folder of the store (``var/store``)
MEDALGRAPH_PUBLIC_URL        how the outside reaches the service, such as
                             ``https://medals.example.org``; empty: as each request says
MEDALGRAPH_BASE_PATH         the path under which the service lies, such as ``/medals``
MEDALGRAPH_READ_ONLY         ``1`` refuses every change, whatever token comes with it
MEDALGRAPH_TOKENS            the file of tokens (``tokens.json`` in the store's folder)
MEDALGRAPH_REQUEST_LIMIT     the most bytes that a query or update may have (2 MiB)
MEDALGRAPH_ADDRESS_LIMIT     the most bytes that an address may have (64 KiB)
MEDALGRAPH_UPLOAD_LIMIT      the most bytes that a graph sent to the service may have,
                             and may unpack to (256 MiB)
===========================  =============================================================
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from graph.errors import BadInput

from .limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")
KIB, MIB = 1 << 10, 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service runs; see the table at the top of this file.

    Attributes:
        public_url: scheme and host without a slash at the end, or an empty string.
        base_path: begins with a slash and does not end with one, or is empty.

    """

    store: Path = Path("var/store")
    public_url: str = ""
    base_path: str = ""
    read_only: bool = False
    tokens: Path | None = None
    request_limit_bytes: int = 2 * MIB
    address_limit_bytes: int = 64 * KIB
    upload_limit_bytes: int = 256 * MIB
    limits: Limits = field(default_factory=Limits)

    @property
    def token_file(self) -> Path:
        """The file that holds the hashes of the tokens."""
        return self.tokens or self.store / "tokens.json"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings that the environment gives.

        Raises:
            BadInput: naming the variable that cannot be understood.

        """
        read, usual = _Reading(environment), cls()
        tokens = read.text("MEDALGRAPH_TOKENS")
        return cls(
            store=Path(read.text("MEDALGRAPH_STORE") or usual.store),
            public_url=read.address("MEDALGRAPH_PUBLIC_URL"),
            base_path=read.base_path("MEDALGRAPH_BASE_PATH"),
            read_only=read.switch("MEDALGRAPH_READ_ONLY"),
            tokens=Path(tokens) if tokens else None,
            request_limit_bytes=read.size("MEDALGRAPH_REQUEST_LIMIT", usual.request_limit_bytes),
            address_limit_bytes=read.size("MEDALGRAPH_ADDRESS_LIMIT", usual.address_limit_bytes),
            upload_limit_bytes=read.size("MEDALGRAPH_UPLOAD_LIMIT", usual.upload_limit_bytes),
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    environment: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.environment.get(name, "").strip()

    def switch(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in (*_YES, *_NO):
            raise BadInput(f"{name} is {value!r}, which is neither yes nor no.", hint="Use 1 or 0.")
        return value in _YES

    def size(self, name: str, default: int) -> int:
        value = self.text(name)
        if value and not (value.isascii() and value.isdigit() and int(value) > 0):
            raise BadInput(
                f"{name} is {value!r}, which is no number of bytes.", hint="Write digits only."
            )
        return int(value) if value else default

    def address(self, name: str) -> str:
        value = self.text(name).rstrip("/")
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path):
            raise BadInput(
                f"{name} is {value!r}, which is no scheme and host.",
                hint="Write it as https://medals.example.org; a path goes into"
                " MEDALGRAPH_BASE_PATH.",
            )
        return value

    def base_path(self, name: str) -> str:
        value = self.text(name).strip("/")
        if any(sign in value for sign in " ?#<>\"'\\"):
            raise BadInput(f"{name} is {value!r}, which is no path.", hint="Write it as /medals.")
        return f"/{value}" if value else ""
