"""Names of events as they are compared: without sex, sport, units and habits of sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.names import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

SEXES = {
    sex: frozenset(ways.split())
    for sex, ways in {
        "F": "womens women woman ladies girls femmes dames frauen damen mujeres",
        "M": "mens men man boys hommes messieurs manner herren hombres varones",
        "Mixed": "mixed mixte mixto mixta gemischt open",
    }.items()
}
"""Words that say for whom an event is."""

_SIGNS = tuple(
    (re.compile(pattern), plain_sign)
    for pattern, plain_sign in (
        (r"\bk-?([124])\b", r"kayak \1"),
        (r"\bc-?([124])\b", r"canadian \1"),
        (r"(?<=kayak )1|(?<=canadian )1", "singles"),
        (r"(?<=kayak )2|(?<=canadian )2", "doubles"),
        (r"(?<=kayak )4|(?<=canadian )4", "fours"),
        (r"(?<=\d)[,.\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE} ](?=\d{3}\b)", ""),
        (r"\s*\N{MULTIPLICATION SIGN}\s*|(?<=\d) ?x ?(?=\d)", "x"),
        (r"(?:\+|>|\N{GREATER-THAN OR EQUAL TO}|\b(?:over|above|plus)\s) ?(?=\d)", " plus"),
        (r"(\d+)(?= ?kg?\b)\+| ?(?<=\d)kg\+", r"\1"),
        (r"\b(\d+) ?(?:k|km|kilomet(?:er|re)s?|kilom\wtres?|kil\wmetros?)\b", r"\g<1>000m"),
        (r"(?<=\d) ?-?(?:m|met(?:er|re)s?|m\wtres?|metros|metri)\b", "m"),
        (r"(?<=\d) ?(?:kg|kilograms?|kilos?)\b", "kg"),
        (r"three[- ]day event|military", "eventing"),
    )
)
"""Signs, units and short forms, each to one way of writing it, in this order."""

_FILLERS = frozenset(
    {"event", "events", "tournament", "tournoi", "turnier", "torneo", "competition", "final"}
    | {"the", "of", "and", "de", "du", "la", "le", "les", "el", "los", "der", "die", "das"}
    | {"im", "in", "au", "a", "exercise", "horse", "race"}
)
"""Words that sources add or leave out at will."""
_SAME = {
    way: word
    for word, ways in {
        "backstroke": "dos rucken ruckenschwimmen espalda",
        "breaststroke": "brasse brust brustschwimmen braza pecho",
        "butterfly": "papillon schmetterling mariposa delfin",
        "discus": "disque diskus diskuswurf disco",
        "doubles": "double doppel dobles",
        "epee": "degen espada",
        "foil": "fleuret florett florete",
        "freestyle": "libre freistil kraul",
        "hammer": "marteau hammerwurf martillo",
        "hurdles": "haies hurden vallas",
        "individual": "individuel individuelle einzel einzelwertung",
        "javelin": "javelot speer speerwurf jabalina",
        "marathon": "maraton",
        "medley": "lagen quatrenages",
        "mountainbike": "mtb",
        "pursuit": "poursuite verfolgung persecucion",
        "relay": "relais staffel relevo relevos",
        "sabre": "saber sabel sable",
        "shot": "poids kugelstossen peso",
        "singles": "simple single einzelspiel",
        "skiff": "einer",
        "steeplechase": "steeple hindernis obstaculos",
        "synchronized": "synchronised synchro synchronisee",
        "team": "teams equipe equipes mannschaft equipo equipos",
        "walk": "marche gehen marcha",
    }.items()
    for way in ways.split()
}
"""What common words are called in English, by what other languages call them."""


def event_words(label: str, sports: Iterable[str] = ()) -> frozenset[str]:
    """Return the words that tell an event from others of its Games, sport and sex.

    Args:
        label: what a source calls the event.
        sports: what the sport is called, whose words tell nothing.

    Example:
        >>> one = event_words("Men's 4 \N{MULTIPLICATION SIGN} 100 metres relay")
        >>> one == event_words("4 x 100 m Staffel der Herren") == frozenset({"4x100m", "relay"})
        True
        >>> sorted(event_words("Women's K-1 1,000 metres")), sorted(event_words("Men's +105 kg"))
        (['1000m', 'kayak', 'singles'], ['plus105kg'])

    """
    words = {_SAME.get(word, word) for word in _words(label)}
    spoken = {word for sport in sports for word in _words(sport)}
    return frozenset(words - _FILLERS - _ALL_SEXES - spoken - {"s", ""})


def sexes_said(label: str) -> frozenset[str]:
    """Return for whom the name of an event says that it is: ``M``, ``F``, ``Mixed``.

    Example:
        >>> sexes_said("100 m\N{LATIN SMALL LETTER E WITH GRAVE}tres femmes")
        frozenset({'F'})

    """
    words = set(_words(label))
    return frozenset(sex for sex, ways in SEXES.items() if words & ways)


def numbers_in(words: Iterable[str]) -> frozenset[str]:
    """Return those of some words that have a number in them: lengths, weights, classes."""
    return frozenset(word for word in words if any(sign.isdigit() for sign in word))


_ALL_SEXES = frozenset[str]().union(*SEXES.values())


def _words(text: str) -> list[str]:
    text = text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for pattern, plain_sign in _SIGNS:
        text = pattern.sub(plain_sign, text)
    return plain(text).split("-")
