"""The terminals of the SPARQL 1.1 grammar (section 19.8) as regular expressions.

Each is written so that it never goes back over what it has read: possessive
throughout, so that no text takes longer than its length deserves.
"""

from __future__ import annotations

import re
from enum import Enum, auto


class Kind(Enum):
    """What a token is."""

    IRI = auto()
    NAME = auto()
    VARIABLE = auto()
    BLANK = auto()
    STRING = auto()
    LANGUAGE = auto()
    NUMBER = auto()
    WORD = auto()
    MARK = auto()


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
START = _BASE + "_"
_MORE = "0-9\u00b7\u0300-\u036f\u203f-\u2040"
CHARS = START + _MORE + r"\-"
ESCAPED = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPE = rf"\\[tbnrf\"'\\]|{ESCAPED}"
_ODD = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_DOTS = r"\.++(?=[{}])"

PREFIX = rf"[{_BASE}](?:[{CHARS}]|{_DOTS.format(CHARS)})*+"
_LOCAL_DOTS = _DOTS.format(CHARS + r":%\\")
_LOCAL = rf"(?:[{START}:0-9]|{_ODD})(?:[{CHARS}:]|{_ODD}|{_LOCAL_DOTS})*+"
STRING = "|".join(
    (
        rf"'''(?:'{{0,2}}+(?:[^'\\]|{_ESCAPE}))*+'''",
        rf'"""(?:"{{0,2}}+(?:[^"\\]|{_ESCAPE}))*+"""',
        rf"'(?!'')(?:[^'\\\r\n]|{_ESCAPE})*+'",
        rf'"(?!"")(?:[^"\\\r\n]|{_ESCAPE})*+"',
    )
)
IRI = rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{ESCAPED})*+>"
COMMENT = r"#[^\r\n]*+"
_PARTS = (
    (Kind.IRI, IRI),
    (Kind.STRING, STRING),
    (Kind.VARIABLE, rf"[?$][{START}0-9][{START}{_MORE}]*+"),
    (Kind.BLANK, rf"_:[{START}0-9](?:[{CHARS}]|{_DOTS.format(CHARS)})*+"),
    (Kind.NAME, rf"(?:{PREFIX})?+:(?:{_LOCAL})?+"),
    (Kind.WORD, r"[A-Za-z][A-Za-z0-9_]*+"),
    (Kind.LANGUAGE, r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+"),
    (Kind.NUMBER, r"(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*\.[0-9]++|[0-9]++"),
    (Kind.MARK, r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\];,.=<>!+\-*/|^?]"),
)


def pattern(*left_out: Kind) -> re.Pattern[str]:
    """Return what matches one token of any kind but these; the group's name is its kind."""
    return re.compile(
        "|".join(f"(?P<{kind.name}>{part})" for kind, part in _PARTS if kind not in left_out)
    )
