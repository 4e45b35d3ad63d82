"""No answer is ever broken XML (complaint 33)."""

from __future__ import annotations

import pytest

from service.wire.faults import NotAcceptable
from service.wire.xml_text import carried


def test_a_carriage_return_survives_an_xml_parser() -> None:
    assert carried(b"<a>x\r\ny</a>", others=[]) == b"<a>x&#13;\ny</a>"


@pytest.mark.parametrize(
    ("sign", "name"), [("\x01", "U+0001"), ("\x1f", "U+001F"), ("\ufffe", "U+FFFE")]
)
def test_what_xml_cannot_carry_is_refused_by_name_with_other_forms(sign: str, name: str) -> None:
    with pytest.raises(NotAcceptable, match=name.replace("+", r"\+")) as refused:
        carried(f"<a>{sign}</a>".encode(), others=["text/csv"])

    assert refused.value.offers == ("text/csv",)


def test_what_xml_can_carry_stays() -> None:
    document = "<a>\t\n\x7f\u0085\U0001f3c5</a>".encode()

    assert carried(document, others=[]) == document
