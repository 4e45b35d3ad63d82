"""Values as people write them into tables: nations, Games, sports, sexes and dates."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from graph.dates import not_in_calendar
from graph.errors import BadTerm, NotFound
from graph.identity.sports import families
from graph.medals.editions import edition_named
from graph.names import local_name, plain
from graph.nation_names import Called, NationNames
from graph.succession import later_codes
from graph.terms import NamedNode, iri

if TYPE_CHECKING:
    from graph.terms import Term

    from .facts import Facts, Library

_YEAR = re.compile(r"(?<![0-9])(?:18|19|20)[0-9]{2}(?![0-9])")
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T[0-9:.]*(?:Z|[+-][0-9:]{5})?)?)?)?")
_ABOUT = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}[~?%]")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_IN_WORDS = re.compile(r"(?:([0-9]{1,2})\.? )?([a-z]{3,9})\.?(?: ([0-9]{1,2}),)? ([0-9]{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SEXES = {
    **dict.fromkeys(("f", "female", "woman", "women", "w", "girl"), "F"),
    **dict.fromkeys(("m", "male", "man", "men", "boy"), "M"),
}
_SPORT_WORDS = re.compile(r"\b(?:para|sport)\b|^para(?=[a-z])")
_TWELVE = 12


class Written:
    """Turns what people write into what the store knows, with the lists read once.

    Args:
        library: the state.

    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._nations: dict[str, frozenset[NamedNode]] = {}
        self._editions: dict[str, NamedNode | None] = {}

    def node(self, text: str) -> NamedNode | None:
        """Return the thing with an identifier: ``person/x``, ``person:x`` or its IRI."""
        start = f"{self._library.names.base}/id/"
        rest = text.strip().removeprefix(start).replace(":", "/", 1)
        kind, slash, end = rest.partition("/")
        if text.startswith(("http:", "https:")) and not text.startswith(start):
            return None
        if not (slash and kind.isalpha() and end):
            return None
        try:
            return iri(f"{start}{rest}")
        except BadTerm:
            return None

    def nations(self, text: str) -> frozenset[NamedNode]:
        """Return the nations that a name, code, adjective or identifier may mean.

        With a code are also meant those that had it in earlier times.
        """
        if text not in self._nations:
            self._nations[text] = frozenset(self._named(text))
        return self._nations[text]

    def _named(self, text: str) -> set[NamedNode]:
        node = self.node(text)
        known = {facts.node for facts in self._library.nations}
        if node in known:
            return {node}
        names = self._nation_names
        meant = {*names.meant(text), *names.with_other_code(text)}
        return {node for node in known if local_name(node) in meant}

    @cached_property
    def _nation_names(self) -> NationNames:
        return NationNames(map(_called, self._library.nations))

    @cached_property
    def later(self) -> dict[Term, Term]:
        """The group of nations of which one came after the other, by nation."""
        return later_codes(self._library.reader, self._library.names)

    def games(self, text: str) -> NamedNode | None:
        """Return the Games with a name or identifier."""
        if text not in self._editions:
            self._editions[text] = self._edition(text)
        return self._editions[text]

    def _edition(self, text: str) -> NamedNode | None:
        node = self.node(text)
        try:
            return edition_named(self._library.reader, node.value if node else text)
        except NotFound:
            return None

    def sports(self, text: str) -> set[str]:
        """Return what sports are compared by, for a sport as people write it."""
        node = self.node(text)
        return self.families([node]) if node else {sport_key(text)}

    def families(self, sports: list[NamedNode]) -> set[str]:
        """Return what sports of the store are compared by: their families, and all their names."""
        found = {sport_key(family) for family in families(sports)}
        for sport in sports:
            facts = self._library.facts(sport)
            found |= {sport_key(label) for label in facts.labels} if facts else set()
        return found


def sport_key(text: str) -> str:
    """Return a sport as it is compared: para sports by the name of the sport.

    Example:
        >>> sport_key("Shooting Para Sport"), sport_key("parajudo"), sport_key("Para-Athletics")
        ('shooting', 'judo', 'athletics')

    """
    words = plain(text).replace("-", " ")
    return " ".join(_SPORT_WORDS.sub(" ", words).split()) or words


def year_in(text: str) -> int | None:
    """Return the one year that a text names, or None.

    Example:
        >>> year_in("Paris 2024"), year_in("2024.0"), year_in("Paris")
        (2024, 2024, None)

    """
    found = set(_YEAR.findall(text))
    return int(found.pop()) if len(found) == 1 else None


def sex_in(text: str) -> str:
    """Return F or M for a sex as people write it, else nothing.

    Example:
        >>> sex_in("Women"), sex_in("mg:M"), sex_in("?")
        ('F', 'M', '')

    """
    return _SEXES.get(re.split("[#:/]", text.strip())[-1].lower(), "")


def date_in(text: str) -> str:
    """Return a date as EDTF, or nothing where it is none or could be two.

    Example:
        >>> [date_in(text) for text in ("1994-02-27T00:00:00Z", "27.02.1994", "27 February 1994")]
        ['1994-02-27', '1994-02-27', '1994-02-27']
        >>> [date_in(text) for text in ("Feb. 27, 1994", "1994", "1994~", "2/27/1994", "3/4/1994")]
        ['1994-02-27', '1994', '1994~', '1994-02-27', '']
        >>> date_in("31.02.1994")
        ''

    """
    found = _spelled(text.strip())
    return "" if not_in_calendar(found) else found


def _spelled(said: str) -> str:
    if _ABOUT.fullmatch(said):
        return said
    if whole := _ISO.fullmatch(said):
        return "-".join(part for part in whole.groups() if part)
    if turned := _DAY_FIRST.fullmatch(said):
        return _turned(int(turned[1]), turned[2], int(turned[3]), turned[4])
    if words := _IN_WORDS.fullmatch(said.lower()):
        day, month = words[1] or words[3], words[2][:3]
        if month in _MONTHS:
            return f"{words[4]}-{_MONTHS.index(month) + 1:02}" + (f"-{int(day):02}" if day else "")
    year = said.partition(".0")[0]
    return year if _YEAR.fullmatch(year) else ""


def _turned(first: int, sign: str, second: int, year: str) -> str:
    """Return a date whose year stands last; with slashes the day has to show which it is."""
    if second > _TWELVE >= first and sign != ".":
        first, second = second, first
    elif sign != "." and first <= _TWELVE and first != second:
        return ""
    return f"{year}-{second:02}-{first:02}" if second <= _TWELVE else ""


def _called(nation: Facts) -> Called:
    keys = {key.partition(":")[2] for key in nation.ids}
    codes = {code.upper() for code in (*nation.codes, *keys)}
    return Called(local_name(nation.node), nation.labels, frozenset(codes))
