"""Which terms are near to one that is not there: other spellings of an address, similar names."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, TypeVar

from graph.names import XSD
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.terms import Term

Found = TypeVar("Found")
_ALIKE = 0.7
"""How alike two names have to be, from 0 to 1, as difflib measures it."""
_MOST = 3
_SHORTEST = 2
"""So many characters of the beginning of a name tell what could be meant."""
_BARE = {
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    "boolean": re.compile(r"true|false"),
}
_END = re.compile(r"[/#:]")


def spelled(term: Term, prefixes: Mapping[str, str]) -> str:
    """Return a term as a query would write it, with a prefix that needs no declaration."""
    if isinstance(term, NamedNode):
        for prefix, space in sorted(prefixes.items(), key=lambda item: -len(item[1])):
            rest = term.value.removeprefix(space)
            if rest != term.value and re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_\-]*", rest):
                return f"{prefix}:{rest}"
    if not isinstance(term, Literal):
        return str(term)
    datatype = term.datatype.value.removeprefix(XSD)
    if datatype in _BARE and _BARE[datatype].fullmatch(term.value):
        return term.value
    if term.language or datatype == "string":
        return str(term)
    return f"{Literal(term.value)}^^{spelled(term.datatype, prefixes)}"


def near_iris(wanted: NamedNode, known: Iterable[Term]) -> list[NamedNode]:
    """Return the addresses that could have been meant, the most likely first, at most three.

    An address that differs only in http or https, a slash at its end, or in capitals
    leaves no doubt; else one with the same name elsewhere; else those with similar names.
    """
    addresses = [term for term in known if isinstance(term, NamedNode) and term != wanted]
    plain = _plain(wanted.value)
    same = [term for term in addresses if _plain(term.value) == plain]
    return same[:_MOST] or _near(_name(wanted.value), {_name(a.value): a for a in addresses})


def near_texts(wanted: Literal, known: Iterable[Term]) -> list[Literal]:
    """Return the literals that could have been meant: the same text in another form comes first."""
    literals = [term for term in known if isinstance(term, Literal) and term != wanted]
    same = [term for term in literals if term.value == wanted.value]
    return same[:_MOST] or _near(wanted.value, {term.value: term for term in literals})


def _near(wanted: str, known: Mapping[str, Found]) -> list[Found]:
    """Return what has the same name but for capitals, else a longer one, else a similar one."""
    by_name: dict[str, Found] = {}
    for name, term in known.items():
        by_name.setdefault(name.casefold(), term)
    name = wanted.casefold()
    if name in by_name:
        return [by_name[name]]
    longer = [other for other in by_name if len(name) >= _SHORTEST and other.startswith(name)]
    alike = difflib.get_close_matches(name, by_name, n=_MOST, cutoff=_ALIKE)
    return [by_name[other] for other in dict.fromkeys((*sorted(longer), *alike))][:_MOST]


def names_in(path: str) -> Iterator[str]:
    """Yield each address and prefixed name of a property path."""
    yield from re.findall(r"<[^>]*>|[^\s<>^!()*+?/|]*:[^\s<>^!()*+?/|]*", path)


def _plain(iri: str) -> str:
    """Return an address without what people get wrong in it."""
    return re.sub(r"^https?://(www\.)?", "", iri).rstrip("/#").casefold()


def _name(iri: str) -> str:
    return _END.split(iri.rstrip("/#"))[-1]
