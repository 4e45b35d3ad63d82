"""Names of people as a results service writes them, turned into names as people write them.

A results service writes each name twice: ``FAMILY Given`` and, for television, ``Given
FAMILY`` (or the family name first, where that is the custom). Capitals mark the family
name. On television, team players are often one word only (a nickname, a surname, an
initial); then the other form gives the name, in the order that is usual for the nation.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

MAC_NAMES = {"maccombe": "MacCombe", "macqueen": "MacQueen"}
"""Mac surnames that are met; in capitals Machado and Maciel look alike, so no rule can tell."""

_ROMAN = frozenset({"II", "III", "IV"})
_INITIALS_SIZE = 2
"""A given name of so few capitals, such as AJ, is initials; a family name of two is not."""
_INITIALS = re.compile(r"(?:\w\.)+\w?|\w")


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a person's name.

    Attributes:
        family: the family name, or an empty string where the source marks none.
        given: the given names, or an empty string.
        label: the whole name in its usual order.

    Example:
        >>> television_name("Martin de la PUENTE")
        Name(family='de la Puente', given='Martin', label='Martin de la Puente')

    """

    family: str
    given: str
    label: str


@dataclass(frozen=True, slots=True)
class Published:
    """A person's name as published: ``FAMILY Given``, and for television (perhaps empty)."""

    listed: str
    television: str


def recase(words: Iterable[str], *, keep: Collection[str] = ()) -> str:
    """Return words in capitals as people write them; others, and those of ``keep``, stay.

    Example:
        >>> recase(["O'NEILL-THORNE"]), recase(["McCLEMENTS"]), recase(["de", "la", "PUENTE"])
        ("O'Neill-Thorne", 'McClements', 'de la Puente')

    """
    return " ".join(word if word in keep else _word(word) for word in words)


def _word(word: str) -> str:
    if word.lower() in MAC_NAMES:
        return MAC_NAMES[word.lower()]
    if word.startswith("Mc") and word[2:].isupper():
        return "Mc" + word[2:].capitalize()
    if word in _ROMAN or not word.isupper() or _INITIALS.fullmatch(word):
        return word
    return "".join(part.capitalize() for part in re.split(r"([-'])", word))


def television_name(text: str) -> Name | None:
    """Return a name as television shows it, or None where it shows less than a name.

    Less than a name is one word, initials, or capitals only.
    """
    words = _words(text)
    family = [place for place, word in enumerate(words) if _is_family(words, place)]
    given = [place for place in range(len(words)) if place not in family]
    if not any(_says_much(words[n]) for n in family) or not any(
        _says_much(words[n]) for n in given
    ):
        return None
    return _name([words[n] for n in family], [words[n] for n in given], words)


def listed_name(text: str, *, family_first: bool = False) -> Name:
    """Return the name that ``FAMILY Given`` says, in the given or the other order."""
    words = _words(text)
    size = next((n for n, word in enumerate(words) if not _marks_family(word)), len(words))
    family, given = _particles_first(words[:size]), words[size:]
    if not given or not family:
        return Name("", "", _label(words))
    return _name(family, given, family + given if family_first else given + family)


def names_of(published: Published, *, family_first: bool) -> tuple[Name, list[str]]:
    """Return a person's name, and the other spellings that are published for it.

    Args:
        published: the two forms; the one for television is preferred where it is a name.
        family_first: whether the nation's names begin with the family name.

    """
    split = television_name(published.television) or _rotated(published)
    listed = listed_name(published.listed, family_first=family_first)
    name = split or listed
    others = {spelling(published.television)} if published.television else set()
    if sorted(name.label.lower().split()) != sorted(listed.label.lower().split()):
        others.add(listed.label)
    return name, other_spellings(name, others)


def other_spellings(name: Name, spellings: Iterable[str]) -> list[str]:
    """Return those spellings that differ from a name in more than capitals, each once."""
    return sorted(found for found in set(spellings) if found.lower() != name.label.lower())


def family_first_nations(people: Iterable[tuple[str, Published]]) -> frozenset[str]:
    """Return the nations for which television puts the family name first, by majority.

    Args:
        people: the nation's code and the name of each person.

    """
    votes: Counter[str] = Counter()
    for nation, published in people:
        if television_name(published.television):
            same = published.listed.lower().split() == published.television.lower().split()
            votes[nation] += 1 if same else -1
    return frozenset(nation for nation, balance in votes.items() if balance > 0)


def person_slugs(people: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return the end of each person's IRI: the name and the year of birth.

    Of two with the same name and year, the one with the later key gets ``-2``.

    Args:
        people: a key that never changes, the name and the date of birth of each person.

    Example:
        >>> person_slugs([("9", "Li Ting", "2001-06-28"), ("7", "Li Ting", "1989-10-25")])
        {'7': 'li-ting-1989', '9': 'li-ting-2001'}

    """
    taken: Counter[str] = Counter()
    found = {}
    for key, name, born in sorted(people, key=lambda person: (len(person[0]), person[0])):
        stem = f"{slug(name)}-{born[:4]}"
        taken[stem] += 1
        found[key] = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
    return found


def spelling(text: str) -> str:
    """Return a published name in the order it has, as people write it.

    Example:
        >>> spelling("Mari DURWARD - AKHURST")
        'Mari Durward-Akhurst'

    """
    return _label(_words(text))


def _words(text: str) -> list[str]:
    return text.replace(" - ", "-").split()


def _name(family: Sequence[str], given: Sequence[str], whole: Sequence[str]) -> Name:
    surname, initials = recase(family), [word for word in given if len(word) <= _INITIALS_SIZE]
    first, *others = recase(given, keep=initials).split()
    return Name(
        family=surname.capitalize() if surname.islower() else surname,
        given=" ".join([first.capitalize() if first.islower() else first, *others]),
        label=_label(whole, keep=initials),
    )


def _label(words: Sequence[str], *, keep: Collection[str] = ()) -> str:
    """Join words, with a capital on the first and the last even where it is a particle."""
    text = recase(words, keep=keep).split()
    for end in (0, -1):
        if text and text[end].islower():
            text[end] = text[end].capitalize()
    return " ".join(text)


def _is_family(words: Sequence[str], place: int) -> bool:
    """Whether a word is of the family name: in capitals, or a particle right before such."""
    rest = next((word for word in words[place:] if not word.islower()), "")
    return _marks_family(rest) and not _INITIALS.fullmatch(rest)


def _marks_family(word: str) -> bool:
    return word.isupper() or word.islower() or (word.startswith("Mc") and word[2:].isupper())


def _says_much(word: str) -> bool:
    return not word.islower() and not _INITIALS.fullmatch(word)


def _particles_first(family: list[str]) -> list[str]:
    """Move particles at the end to the front: the service sorts ``da SILVA`` as ``SILVA da``."""
    end = len(family)
    while end > 1 and family[end - 1].islower():
        end -= 1
    return family[end:] + family[:end]


def _rotated(published: Published) -> Name | None:
    """Return the name whose two forms are the same words turned round, which shows its parts."""
    listed, shown = _words(published.listed), _words(published.television)
    low = [word.lower() for word in shown]
    for size in range(1, len(listed)):
        turned = listed[size:] + listed[:size]
        if [word.lower() for word in turned] == low:
            cut = len(shown) - size
            return _name(shown[cut:], shown[:cut], shown)
    return None
