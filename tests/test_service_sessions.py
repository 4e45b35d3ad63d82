"""Sessions: each ends, none is known by its cookie's text, and no more are kept than fit."""

from __future__ import annotations

from service.sessions import LASTS_S, Sessions
from service.tokens import Token

TOKEN = Token("1", "digest", "write", "Leyla", "2026-11-30T00:00:00+00:00")


def test_a_session_is_known_by_what_its_cookie_says_until_it_ends() -> None:
    now = [0.0]
    sessions = Sessions(clock=lambda: now[0])
    text = sessions.begin(TOKEN)
    session = sessions.of(text)
    assert session is not None
    assert session.token == "digest"  # noqa: S105 - no secret of anybody
    assert sessions.of("") is sessions.of(text + "x") is None
    now[0] = LASTS_S - 1
    assert sessions.of(text) is not None
    now[0] = LASTS_S
    assert sessions.of(text) is None


def test_what_ended_is_not_known_any_more() -> None:
    sessions = Sessions()
    one, other = sessions.begin(TOKEN), sessions.begin(TOKEN)
    sessions.end(one)
    sessions.end("nobody")
    assert sessions.of(one) is None
    assert sessions.of(other) is not None


def test_no_more_are_kept_than_fit_and_the_oldest_ends_first() -> None:
    sessions = Sessions()
    texts = [sessions.begin(TOKEN) for _ in range(1_001)]
    assert sessions.of(texts[0]) is None
    assert sessions.of(texts[1]) is not None
    assert sessions.of(texts[-1]) is not None


def test_a_stamp_is_of_one_form_of_one_session() -> None:
    sessions = Sessions()
    one, other = (sessions.of(sessions.begin(TOKEN)) for _ in range(2))
    assert one is not None
    assert other is not None
    stamp = one.stamp("/review/match\nm")
    assert one.is_stamped("/review/match\nm", stamp)
    assert not one.is_stamped("/review/match\nn", stamp)
    assert not other.is_stamped("/review/match\nm", stamp)
    assert not one.is_stamped("/review/match\nm", "")
    assert not one.is_stamped("/review/match\nm", "é")
