"""How well a name fits a question: a number, and the reasons in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from .words import glued

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .words import Word

SAME, SOUNDS, PREFIX, BONES, SOUNDS_ALMOST, INITIAL = 1.0, 0.94, 0.8, 0.8, 0.75, 0.6
_TYPED, _TYPED_SOUND = 0.96, 0.9
"""What the beginning of a word is worth where it is being typed still, and of its sound."""

_SHORTEST_SLIP, _SHORTEST_TWO = 4, 8
_SHORTEST_PREFIX = 3
_SHORTEST_BONES = 2
_SHORTEST_SOUND = 6
_KEPT = 100_000
_REST = 0.25
"""How much of a score depends on words of the name that the question does not have."""

_TURNED = 0.99
_LONGEST = 8
"""A longer word counts no more than one of so many letters."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How well a name fits.

    Attributes:
        score: from 0 to 1.
        reasons: what is not simply the same, a sentence each.

    """

    score: float
    reasons: tuple[str, ...] = ()


NOT_ALIKE = Likeness(0.0)


def likeness(asked: Sequence[Word], named: Sequence[Word], *, begins: bool = False) -> Likeness:
    """Return how well a name fits a question.

    Args:
        asked: the words of the question.
        named: the words of the name.
        begins: whether the last word of the question may go on.

    Example:
        >>> from .words import words_of
        >>> likeness(words_of("bolt usain"), words_of("Usain Bolt"))
        Likeness(score=0.99, reasons=('The words are in another order.',))

    """
    asked = _joined(asked, {form for word in named for form in word.forms})
    named = _joined(named, {form for word in asked for form in word.forms})
    pairs = list(_paired(asked, named, begins=begins))
    places = [pair.place for pair in pairs if pair.place is not None]
    if not places or _rests_on_initials(pairs):
        return NOT_ALIKE
    of_question = sum(pair.value * _size(pair.word) for pair in pairs) / sum(map(_size, asked))
    found = sum(pair.value * _size(named[pair.place]) for pair in pairs if pair.place is not None)
    of_name = found / sum(map(_size, named))
    score = of_question * (1 - _REST + _REST * of_name)
    reasons = [pair.why for pair in pairs if pair.why]
    if places != sorted(places):
        score *= _TURNED
        reasons.append("The words are in another order.")
    return Likeness(round(score, 4), tuple(reasons))


class _Pair(NamedTuple):
    """A word of the question, and where in the name a word is that fits it."""

    word: Word
    place: int | None
    value: float
    why: str


def _paired(asked: Sequence[Word], named: Sequence[Word], *, begins: bool) -> Iterator[_Pair]:
    """Yield each word of a question with the word of the name that fits it best, if any is left."""
    left = dict(enumerate(named))
    last = len(asked) - 1
    for place, word in enumerate(asked):
        typed = begins and place == last
        fits = {at: alike(word, other, typed) for at, other in left.items()}
        best = max(fits, key=lambda at: fits[at][0], default=None)
        if best is None or not fits[best][0]:
            yield _Pair(word, None, 0.0, f"“{word.written}” is not in the name.")
        else:
            del left[best]
            yield _Pair(word, best, *fits[best])


def _rests_on_initials(pairs: Sequence[_Pair]) -> bool:
    """Tell whether no word of a question is found but as an initial; that is too little."""
    return any(len(pair.word.plain) > 1 for pair in pairs) and all(
        pair.value <= INITIAL or len(pair.word.plain) == 1 for pair in pairs
    )


def _size(word: Word) -> int:
    return min(len(word.plain), _LONGEST)


@lru_cache(maxsize=_KEPT)
def alike(asked: Word, named: Word, typed: bool = False) -> tuple[float, str]:  # noqa: FBT001, FBT002 - cached by position
    """Return how alike two words are, and why if they are not simply the same."""
    one, other = asked.written, named.written
    if not asked.forms.isdisjoint(named.forms):
        return SAME, "" if one == other else f"“{one}” is “{other}” in other letters."
    if typed and any(form.startswith(asked.plain) for form in named.forms):
        return _TYPED, f"“{other}” begins with “{one}”."
    if len(asked.plain) == 1 or len(named.plain) == 1:
        short, long = sorted((asked, named), key=lambda word: len(word.plain))
        if long.plain.startswith(short.plain):
            return INITIAL, f"“{short.written}” may stand for “{long.written}”."
        return 0.0, ""
    if asked.sound == named.sound:
        return SOUNDS, f"“{one}” is another spelling of “{other}”."
    so_far = _typed_so_far(asked, named) if typed else None
    return so_far or _near(asked, named)


def _near(asked: Word, named: Word) -> tuple[float, str]:
    one, other = asked.written, named.written
    slips = _slips(asked.plain, named.plain)
    if slips:
        letters = "one letter" if slips == 1 else "two letters"
        value = 1 - slips / min(len(asked.plain), len(named.plain))
        return value, f"“{one}” differs from “{other}” by {letters}."
    shortest = min(len(asked.sound), len(named.sound))
    if shortest >= _SHORTEST_SOUND and _slips(asked.sound, named.sound) == 1:
        return SOUNDS_ALMOST, f"“{one}” sounds almost like “{other}”."
    is_abjad = asked.is_abjad or named.is_abjad
    if is_abjad and len(asked.bones) >= _SHORTEST_BONES and asked.bones == named.bones:
        return BONES, f"“{one}” and “{other}” have the same consonants."
    if len(asked.plain) >= _SHORTEST_PREFIX and named.plain.startswith(asked.plain):
        return PREFIX, f"“{other}” begins with “{one}”."
    return 0.0, ""


def _typed_so_far(asked: Word, named: Word) -> tuple[float, str] | None:
    one, other = asked.written, named.written
    if len(asked.sound) >= _SHORTEST_PREFIX and named.sound.startswith(asked.sound):
        return _TYPED_SOUND, f"“{other}” begins with another spelling of “{one}”."
    start = named.plain[: len(asked.plain)]
    if len(asked.plain) > _SHORTEST_SLIP and OSA.distance(asked.plain, start, score_cutoff=1) < 2:  # noqa: PLR2004 - at most one slip
        return PREFIX, f"“{other}” begins almost with “{one}”."
    return None


def _slips(one: str, other: str) -> int:
    """Return by how many letters two words differ if they are few for their length; else 0."""
    length = min(len(one), len(other))
    most = (length >= _SHORTEST_SLIP) + (length >= _SHORTEST_TWO)
    found: int = OSA.distance(one, other, score_cutoff=most) if most else 0
    return found if found <= most else 0


def _joined(words: Sequence[Word], wanted: set[str]) -> list[Word]:
    """Return words, neighbours as one where together they are a word of the other name."""
    if len(words) == 1:
        return list(words)
    found: list[Word] = []
    at = 0
    while at < len(words):
        run = next(_whole(words, at, wanted), None)
        found.append(run[0] if run else words[at])
        at += run[1] if run else 1
    return found


def _whole(words: Sequence[Word], at: int, wanted: set[str]) -> Iterator[tuple[Word, int]]:
    start = words[at].plain
    if start in wanted or not any(other.startswith(start) for other in wanted):
        return
    for size in range(2, min(5, len(words) - at + 1)):
        parts = words[at : at + size]
        if "".join(part.plain for part in parts) in wanted:
            yield glued(parts), size
