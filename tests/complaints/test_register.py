"""Every complaint is answered by a test, or has its reason."""

from __future__ import annotations

from . import test_limits, test_protocol, test_security, test_values
from .register import NOT_YET, TITLES, answered

MODULES = (test_protocol, test_values, test_limits, test_security)


def test_every_complaint_is_answered_by_a_test_or_has_its_reason() -> None:
    assert set(answered) | set(NOT_YET) == set(TITLES)
    assert set(answered) & set(NOT_YET) == set()


def test_the_tests_that_answer_are_tests() -> None:
    known = {name for module in MODULES for name in vars(module) if name.startswith("test_")}
    assert {name for names in answered.values() for name in names} <= known
