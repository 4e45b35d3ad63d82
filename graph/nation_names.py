"""Nations as people write them: by a code, a name, an adjective, or another name of everyday.

Each of the other names belongs to the one nation that competes, or competed, under it: Holland
is NED, USSR is URS. A name that two of them could claim, such as Germany for the two of 1968 to
1988, does not belong here, and neither do names in other languages, which sources have.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .adjectives import codes_of
from .names import plain
from .spelling import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_OTHER_NAMES = {
    "BEN": ("Dahomey",),
    "BIH": ("Bosnia",),
    "BLR": ("Byelorussia", "Belorussia"),
    "BOL": ("Plurinational State of Bolivia",),
    "BRU": ("Brunei",),
    "BUR": ("Upper Volta",),
    "CGO": ("Congo-Brazzaville", "Republic of the Congo"),
    "CIV": ("Ivory Coast",),
    "COD": ("Congo-Kinshasa", "DR Congo", "DRC", "Zaire"),
    "CPV": ("Cape Verde",),
    "CZE": ("Czech Republic",),
    "EUN": ("CIS", "Commonwealth of Independent States"),
    "FRG": ("Federal Republic of Germany", "BRD"),
    "FSM": ("Micronesia",),
    "GBR": (
        *("United Kingdom", "UK", "U.K.", "Britain", "Team GB", "England", "Scotland", "Wales"),
        *("Great Britain and Northern Ireland", "Northern Ireland"),
    ),
    "GDR": ("German Democratic Republic", "DDR"),
    "HKG": ("Hong Kong",),
    "IRI": ("Iran", "Persia"),
    "IRL": ("Eire", "Republic of Ireland"),
    "KGZ": ("Kirghizia", "Kyrgyz Republic"),
    "KOR": ("South Korea", "Republic of Korea"),
    "LAO": ("Laos",),
    "MAC": ("Macau", "Macao"),
    "MDA": ("Moldova", "Moldavia"),
    "MKD": ("Macedonia", "FYROM"),
    "MYA": ("Burma",),
    "NED": ("Holland", "The Netherlands"),
    "PLE": ("Palestinian Territories", "State of Palestine"),
    "PRK": ("North Korea", "DPRK"),
    "RUS": ("Russia",),
    "SRI": ("Ceylon",),
    "SVK": ("Slovak Republic",),
    "SWZ": ("Swaziland", "Eswatini"),
    "SYR": ("Syria",),
    "TAN": ("Tanzania",),
    "THA": ("Siam",),
    "TLS": ("East Timor",),
    "TPE": ("Taiwan",),
    "TTO": ("Trinidad",),
    "TUR": ("Turkey",),
    "UAE": ("United Arab Emirates", "Emirates"),
    "URS": ("USSR", "U.S.S.R.", "Union of Soviet Socialist Republics"),
    "USA": ("US", "U.S.", "U.S.A.", "America", "United States of America"),
    "VEN": ("Bolivarian Republic of Venezuela",),
    "VIE": ("Viet Nam",),
    "VNM": ("Republic of Vietnam",),
    "ZIM": ("Rhodesia",),
}
_CODES = {plain(name): code for code, names in _OTHER_NAMES.items() for name in names}


def code_called(name: str) -> str:
    """Return the code of the nation with this other name, or nothing.

    Example:
        >>> code_called("Holland"), code_called("ivory coast"), code_called("Atlantis")
        ('NED', 'CIV', '')

    """
    return _CODES.get(plain(name), "")


_LISTED = 3
_ALIKE = 0.75
"""How alike two names have to be; codes of three letters are half alike by chance."""


@dataclass(frozen=True, slots=True)
class Called:
    """A nation by all that it is called.

    Attributes:
        code: its three letters.
        names: the one to show first, then other spellings.
        codes: those that it had, or has in other registers, in capitals.

    """

    code: str
    names: tuple[str, ...]
    codes: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """Return the code with the name.

        Example:
            >>> str(Called("URS", ("Soviet Union",)))
            'URS (Soviet Union)'

        """
        return f"{self.code} ({self.names[0]})" if self.names else self.code


class NationNames:
    """Finds which of some nations a text means.

    Args:
        nations: those that there are.

    Example:
        >>> names = NationNames([Called("NED", ("Netherlands",)), Called("URS", ("Soviet Union",))])
        >>> [names.meant(text) for text in ("urs", "USSR", "Dutch", "Atlantis")]
        [['URS'], ['URS'], ['NED'], []]

    """

    def __init__(self, nations: Iterable[Called]) -> None:
        self._nations = {one.code: one for one in sorted(nations, key=lambda one: one.code)}
        self._by_code: defaultdict[str, set[str]] = defaultdict(set)
        self._by_other_code: defaultdict[str, set[str]] = defaultdict(set)
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        self._by_words: defaultdict[str, set[str]] = defaultdict(set)
        self._by_ending: defaultdict[str, set[str]] = defaultdict(set)
        for one in self._nations.values():
            self._by_code[one.code.upper()].add(one.code)
            for name in one.names:
                self._by_name[plain(name)].add(one.code)
                self._by_words[name_key(name)].add(one.code)
                self._by_ending[_unhyphened(name)].add(one.code)
            for code in one.codes:
                self._by_other_code[code].add(one.code)

    def named(self, text: str) -> list[str]:
        """Return the codes of the nations that a text names, by the first way that finds any.

        The ways: its code; a name, whatever the capitals and accents, and then the order of the
        words; another name of everyday.
        """
        return self._first(
            lambda: self._by_code.get(text.strip().upper(), ()),
            lambda: self._by_name.get(plain(text), ()),
            lambda: self._by_words.get(name_key(text), ()),
            lambda: [code_called(text)],
        )

    def meant(self, text: str) -> list[str]:
        """Return the codes of the nations that a text may mean.

        They are those that it names, or else those with this code in earlier times or in another
        register, or else those of an adjective.
        """
        return self.named(text) or self._first(
            lambda: self.with_other_code(text),
            lambda: codes_of(_unhyphened(text), self._by_ending),
        )

    def with_other_code(self, text: str) -> list[str]:
        """Return the codes of the nations that had a code once, or have it in another register."""
        return sorted(self._by_other_code.get(text.strip().upper(), ()))

    def hint(self, text: str, *, if_new: str = "") -> str:
        """Return a sentence with those that may be meant by a text, or with how they are written.

        What it may mean comes first, then those whose code has the same letters after the same
        first one, then those whose name is alike, then those whose code differs in one letter.

        Args:
            text: what somebody wrote.
            if_new: a sentence for who means none of them.

        Example:
            >>> names = NationNames([Called("URS", ("Soviet Union",))])
            >>> names.hint("USR")
            'Did you mean URS (Soviet Union)?'

        """
        known, wanted = list(self._nations.values()), text.upper()
        if not known:
            return "The store has no nations yet: import a source that describes them first."
        meant = (
            [self._nations[code] for code in self.meant(text)]
            or [one for one in known if _has_letters(one.code, wanted)]
            or self._alike(text)
            or [one for one in known if _differs_in_one(one.code, wanted)]
        )
        if meant:
            return f"Did you mean {' or '.join(map(str, meant[:_LISTED]))}?"
        how = (
            f"Write the code of three letters or the name, as the store has it, such as {known[0]}."
        )
        return f"{how} {if_new}".rstrip()

    def _first(self, *ways: Callable[[], Iterable[str]]) -> list[str]:
        found = ([code for code in way() if code in self._nations] for way in ways)
        return sorted(next(filter(None, found), []))

    def _alike(self, text: str) -> list[Called]:
        near = difflib.get_close_matches(name_key(text), self._by_words, n=_LISTED, cutoff=_ALIKE)
        codes = dict.fromkeys(code for key in near for code in sorted(self._by_words[key]))
        return [self._nations[code] for code in codes]


def _has_letters(code: str, wanted: str) -> bool:
    return set(code) == set(wanted) and code[:1] == wanted[:1]


def _differs_in_one(code: str, wanted: str) -> bool:
    differing = [pair for pair in zip(code, wanted, strict=False) if pair[0] != pair[1]]
    return len(code) == len(wanted) and len(differing) == 1 and code[:1] == wanted[:1]


def _unhyphened(name: str) -> str:
    return plain(name).replace("-", " ")
