"""How a table is written: its encoding and its line ends, found out and named.

Spreadsheets save CSV as UTF-8 with or without a byte order mark, as Windows-1252, and on
old Macs with CR alone at the end of a line. Each is read as what it is, and whatever is
not plain UTF-8 is said, for a wrong guess would spoil names.
"""

from __future__ import annotations

import codecs
import gzip
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, cast

from graph.errors import BadTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UNDEFINED_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
"""The bytes that stand for nothing in Windows-1252 (Unicode mapping table cp1252.txt)."""
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Writing:
    """How a table is written.

    Attributes:
        encoding: as Python names it: ``utf-8``, ``utf-8-sig`` or ``cp1252``.
        line_end: ``LF``, ``CRLF``, ``CR``, or empty where there is one line only.
        ends_whole: whether the last line has an end.

    """

    encoding: str
    line_end: str
    ends_whole: bool

    @property
    def remark(self) -> str:
        """What a person should know of it; empty for UTF-8 with usual line ends.

        Example:
            >>> Writing("cp1252", "CR", True).remark
            'is in Windows-1252, with CR line ends as on old Macs'

        """
        parts = []
        if self.encoding == "cp1252":
            parts.append("in Windows-1252")
        if self.line_end == "CR":
            parts.append("with CR line ends as on old Macs")
        if self.encoding == "utf-8-sig" and parts:
            parts.insert(0, "in UTF-8 with a byte order mark")
        return f"is {', '.join(parts)}" if parts else ""


@contextmanager
def opened_text(path: Path) -> Iterator[tuple[IO[str], Writing]]:
    """Open a table, plain or gzip, as text, and say how it is written.

    Raises:
        BadTable: if it is neither UTF-8 nor Windows-1252.

    """
    with _opened(path) as file:
        writing = _writing(path, file)
    with _opened(path) as file, TextIOWrapper(file, writing.encoding, newline="") as text:
        yield text, writing


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as raw:
        packed = path.suffix == ".gz"
        with gzip.open(raw) if packed else nullcontext(raw) as file:
            yield cast("IO[bytes]", file)


def _writing(path: Path, file: IO[bytes]) -> Writing:
    first = file.read(CHUNK)
    scan = _Scan()
    chunk = first
    while chunk:
        scan.take(chunk)
        chunk = file.read(CHUNK)
    encoding = "utf-8-sig" if first.startswith(BYTE_ORDER_MARK) else "utf-8"
    bad = scan.first_bad()
    if bad is not None:
        if not scan.may_be_1252 or encoding != "utf-8" or first.startswith(UTF_16_MARKS):
            raise _undecodable(path, bad, is_wide=first.startswith(UTF_16_MARKS))
        encoding = "cp1252"
    return Writing(encoding, scan.line_end, ends_whole=scan.last in b"\r\n")


class _Scan:
    """What one pass over the bytes of a file shows."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._size = 0
        self._bad: int | None = None
        self._has_wide = self._has_undefined = False
        self._lf = self._cr = self._crlf = 0
        self.last = b""

    def take(self, chunk: bytes) -> None:
        self._lf += chunk.count(b"\n")
        self._cr += chunk.count(b"\r")
        self._crlf += (self.last + chunk).count(b"\r\n")
        self._has_undefined |= not UNDEFINED_1252.isdisjoint(chunk)
        if self._bad is None:
            self._decode(chunk)
        self._size += len(chunk)
        self.last = chunk[-1:]

    def _decode(self, chunk: bytes) -> None:
        waiting = len(self._decoder.getstate()[0])
        try:
            text = self._decoder.decode(chunk)
        except UnicodeDecodeError as error:
            self._bad = self._size - waiting + error.start
            text = error.object[: error.start].decode()
        self._has_wide |= not text.removeprefix("\N{BYTE ORDER MARK}").isascii()

    def first_bad(self) -> int | None:
        """Return the offset of the first byte that fits no character of UTF-8, if any."""
        if self._bad is None and self._decoder.getstate()[0]:
            return self._size - len(self._decoder.getstate()[0])
        return self._bad

    @property
    def may_be_1252(self) -> bool:
        """Whether it can be Windows-1252: no byte without a meaning, no sign of UTF-8."""
        return not self._has_undefined and not self._has_wide

    @property
    def line_end(self) -> str:
        if self._crlf:
            return "CRLF"
        return "LF" if self._lf else "CR" if self._cr else ""


def _undecodable(path: Path, offset: int, *, is_wide: bool) -> BadTable:
    guess = "UTF-16" if is_wide else "another encoding, or damaged"
    return BadTable(
        f"{path.name} is not in UTF-8: the byte at offset {offset} fits no character.",
        hint=f"It may be in {guess}; open it as what it is and save it as CSV in UTF-8.",
    )
