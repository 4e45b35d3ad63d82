"""What a person may have meant by a name that the store does not have."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.spelling import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

_LISTED = 3
_ALIKE = 0.75
"""How alike two names have to be; codes of three letters are half alike by chance."""


def near(text: str, names: Iterable[str]) -> str:
    """Return a sentence with the names that are most alike, or with what to do.

    Example:
        >>> near("Jude", ["Judo", "Rowing"])
        'Did you mean Judo?'

    """
    found = difflib.get_close_matches(text, sorted(set(names)), n=_LISTED)
    return f"Did you mean {' or '.join(found)}?" if found else "Import a source that describes it."


@dataclass(frozen=True, slots=True)
class Team:
    """A nation as a person may write it.

    Attributes:
        code: its three letters.
        names: its name first, then other spellings.
        codes: those that it had, or has in other registers.

    """

    code: str
    names: tuple[str, ...]
    codes: frozenset[str]

    def __str__(self) -> str:
        """Return the code with the name.

        Example:
            >>> str(Team("URS", ("Soviet Union",), frozenset()))
            'URS (Soviet Union)'

        """
        return f"{self.code} ({self.names[0]})" if self.names else self.code


def near_nation(text: str, teams: Iterable[Team]) -> str:
    """Return a sentence with the nations that may be meant, or with how nations are written.

    Those that had the code, or have it in another register, come first; then those whose code
    has the same letters after the same first one, then those whose name is alike.

    Example:
        >>> teams = [Team("URS", ("Soviet Union",), frozenset()), Team("GER", ("Germany",),
        ...          frozenset({"DEU"}))]
        >>> near_nation("USSR", teams), near_nation("deu", teams)
        ('Did you mean URS (Soviet Union)?', 'Did you mean GER (Germany)?')

    """
    known, wanted = sorted(teams, key=lambda team: team.code), text.upper()
    if not known:
        return "The store has no nations yet: import a source that describes them first."
    meant = (
        [team for team in known if wanted in team.codes]
        or [team for team in known if _has_letters(team.code, wanted)]
        or _alike(text, known)
    )
    if meant:
        return f"Did you mean {' or '.join(map(str, meant[:_LISTED]))}?"
    return (
        f"Write the code of three letters or the name, as the store has it, such as {known[0]}; "
        "if it is new, import a source that describes it."
    )


def _has_letters(code: str, wanted: str) -> bool:
    return set(code) == set(wanted) and code[:1] == wanted[:1]


def _alike(text: str, teams: list[Team]) -> list[Team]:
    by_name = {name_key(name): team for team in teams for name in team.names}
    close = difflib.get_close_matches(name_key(text), by_name, n=_LISTED, cutoff=_ALIKE)
    return list(dict.fromkeys(by_name[name] for name in close))
