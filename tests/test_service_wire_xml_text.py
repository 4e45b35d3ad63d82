"""No answer is ever broken XML (complaint 33)."""

from __future__ import annotations

from io import BytesIO

import pytest

from service.wire.faults import NotAcceptable
from service.wire.xml_text import Carried


def carried(*parts: bytes, others: tuple[str, ...] = ()) -> bytes:
    """Return what becomes of a document that is written in parts."""
    out = BytesIO()
    passing = Carried(out, others=others)
    for part in parts:
        passing.write(part)
    passing.end()
    return out.getvalue()


def test_a_carriage_return_survives_an_xml_parser() -> None:
    assert carried(b"<a>x\r\ny</a>") == b"<a>x&#13;\ny</a>"


@pytest.mark.parametrize(
    ("sign", "name"), [("\x01", "U+0001"), ("\x1f", "U+001F"), ("\ufffe", "U+FFFE")]
)
def test_what_xml_cannot_carry_is_refused_by_name_with_other_forms(sign: str, name: str) -> None:
    with pytest.raises(NotAcceptable, match=name.replace("+", r"\+")) as refused:
        carried(f"<a>{sign}</a>".encode(), others=("text/csv",))

    assert refused.value.offers == ("text/csv",)


def test_what_xml_can_carry_stays() -> None:
    document = "<a>\t\n\x7f\u0085\U0001f3c5</a>".encode()

    assert carried(document) == document


def test_a_character_that_falls_between_two_parts_is_found_too() -> None:
    first, second = b"<a>\xef\xbf", b"\xbe</a>"

    with pytest.raises(NotAcceptable, match=r"U\+FFFE"):
        carried(first, second)


def test_a_document_in_single_bytes_comes_out_whole() -> None:
    document = "<a>\U0001f3c5 x</a>".encode()

    assert carried(*(bytes([byte]) for byte in document)) == document
