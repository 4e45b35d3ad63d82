"""How a table is written: its encoding and its line ends, found out and named.

Spreadsheets save CSV as UTF-8 with or without a byte order mark, as Windows-1252, as "Unicode
Text" in UTF-16 with tabs, and on old Macs as Mac Roman with CR alone at the end of a line.
Each is read as what it is, and whatever is not plain UTF-8 is said, for a wrong guess would
spoil names; a person can say the encoding instead.
"""

from __future__ import annotations

import codecs
import gzip
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, cast

from graph.errors import BadTable

from .other_files import refuse_no_text, refuse_other_file
from .spoiled import spoiled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UNDEFINED_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
"""The bytes that stand for nothing in Windows-1252 (Unicode mapping table cp1252.txt)."""
CHUNK = 1 << 20
_OLD = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}
_WIDE = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_NAMES = {**_OLD, **_WIDE}
_LOOKED_AT = 256
"""In so many bytes at the beginning it is seen whether each letter takes two."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a table is written.

    Attributes:
        encoding: as Python names it: ``utf-8``, ``utf-8-sig``, ``utf-16``, ``cp1252`` or
            ``mac_roman``, or what a person says.
        line_end: ``LF``, ``CRLF``, ``CR``, or empty where there is one line only.
        ends_whole: whether the last line has an end.
        is_stated: whether a person says the encoding, so that it is no guess.

    """

    encoding: str
    line_end: str
    ends_whole: bool
    is_stated: bool = False

    @property
    def remark(self) -> str:
        """What a person should know of it; empty for UTF-8 with usual line ends.

        Example:
            >>> Writing("cp1252", "CR", True).remark
            'is in Windows-1252, with CR line ends as on old Macs'

        """
        is_told = self.encoding in _NAMES and not self.is_stated
        parts = [f"in {_NAMES[self.encoding]}"] if is_told else []
        if self.line_end == "CR":
            parts.append("with CR line ends as on old Macs")
        if self.encoding == "utf-8-sig" and parts:
            parts.insert(0, "in UTF-8 with a byte order mark")
        return f"is {', '.join(parts)}" if parts else ""

    @property
    def is_guess(self) -> bool:
        """Whether the encoding was guessed from how the text looks in it."""
        return self.encoding in _OLD and not self.is_stated


@contextmanager
def opened_text(path: Path, encoding: str = "") -> Iterator[tuple[IO[str], Writing]]:
    """Open a table, plain or gzip, as text, and say how it is written.

    Args:
        path: the file.
        encoding: what a person says that it is in; empty to find it out.

    Raises:
        BadTable: if it is no text, or not in that encoding, or in none that can be found out.

    """
    with _opened(path) as file:
        writing = _stated(path, file, encoding) if encoding else _writing(path, file)
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
    refuse_other_file(path, first)
    if wide := _wide(first):
        file.seek(0)
        return replace(_stated(path, file, wide), is_stated=False)
    refuse_no_text(path, first)
    scan = _Scan()
    chunk = first
    while chunk:
        scan.take(chunk)
        chunk = file.read(CHUNK)
    encoding = "utf-8-sig" if first.startswith(BYTE_ORDER_MARK) else "utf-8"
    bad = scan.first_bad()
    if bad is not None:
        guess = scan.guess
        if not guess or encoding != "utf-8":
            raise _undecodable(path, bad)
        encoding = guess
    return Writing(encoding, scan.line_end, ends_whole=scan.last in b"\r\n")


def _wide(first: bytes) -> str:
    """Return which UTF-16 a file begins in; an empty text where it begins in none.

    Without a byte order mark it is told by the names of columns: of two bytes of a Latin letter
    one is nought, always the same.
    """
    if first.startswith(UTF_16_MARKS):
        return "utf-16"
    even, odd = first[:_LOOKED_AT:2], first[1:_LOOKED_AT:2]
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high and b"\0" not in low and 2 * high.count(0) > len(high):
            return encoding
    return ""


def _stated(path: Path, file: IO[bytes], encoding: str) -> Writing:
    """Return how a file is written of which a person says the encoding, having read it all."""
    first = file.read(CHUNK)
    refuse_other_file(path, first)
    if known_encoding(encoding) not in _WIDE:
        refuse_no_text(path, first)
    scan, chunk = _Scan(), first
    try:
        decoder = codecs.getincrementaldecoder(known_encoding(encoding))()
        while chunk:
            scan.take(decoder.decode(chunk).encode())
            chunk = file.read(CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise BadTable(
            f"{path.name} is not in {encoding}: some of its bytes fit no character.",
            hint="Say another encoding, or none, and it is found out if it can be.",
        ) from error
    is_marked = first.startswith(BYTE_ORDER_MARK)
    named = "utf-8-sig" if is_marked else known_encoding(encoding)
    return Writing(named, scan.line_end, ends_whole=scan.last in b"\r\n", is_stated=True)


def known_encoding(name: str) -> str:
    """Return an encoding as Python names it.

    Raises:
        BadTable: if there is none of this name.

    Example:
        >>> known_encoding("Windows-1252"), known_encoding("macintosh")
        ('cp1252', 'mac-roman')

    """
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError) as error:
        raise BadTable(
            f"There is no encoding {name!r}.",
            hint="Such as utf-8, windows-1252, mac-roman, iso-8859-2 or utf-16.",
        ) from error
    return found.name


class _Scan:
    """What one pass over the bytes of a file shows."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._size = 0
        self._bad: int | None = None
        self._has_wide = self._has_undefined = False
        self._lf = self._cr = self._crlf = 0
        self._spoiled = dict.fromkeys(_OLD, 0)
        self.last = b""

    def take(self, chunk: bytes) -> None:
        self._lf += chunk.count(b"\n")
        self._cr += chunk.count(b"\r")
        self._crlf += (self.last + chunk).count(b"\r\n")
        self._has_undefined |= not UNDEFINED_1252.isdisjoint(chunk)
        if self._bad is None:
            self._decode(chunk)
        if self._bad is not None:
            for encoding in self._spoiled:
                self._spoiled[encoding] += spoiled(chunk.decode(encoding, errors="replace"))
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
    def guess(self) -> str:
        """The old encoding in which the text looks like text; empty where none does.

        Where both do, line ends of old Macs speak for Mac Roman, and others for Windows-1252,
        unless there is a byte that it gives no meaning.
        """
        if self._has_wide:
            return ""
        odds = self._spoiled["cp1252"] - self._spoiled["mac_roman"]
        if odds > 0 or (odds == 0 and self.line_end == "CR"):
            return "mac_roman"
        return "" if self._has_undefined else "cp1252"

    @property
    def line_end(self) -> str:
        if self._crlf:
            return "CRLF"
        return "LF" if self._lf else "CR" if self._cr else ""


def _undecodable(path: Path, offset: int) -> BadTable:
    return BadTable(
        f"{path.name} is not in UTF-8: the byte at offset {offset} fits no character.",
        hint="It may be in another encoding, or damaged: open it as what it is and save it as CSV "
        "in UTF-8, or, of a sheet, say what it is in (--encoding on the command line).",
    )
