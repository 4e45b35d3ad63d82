"""What a source says, as sentences of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.medals.cells import GAMES_COUNT, MEASURES, RANK, SIZE
from graph.names import RDFS_LABEL, SKOS_ALT_LABEL, mg
from graph.terms import NamedNode
from service.spoken import DECISION, PARTICIPATION, RESULT, TENURE
from service.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.terms import Subject
    from service.spoken import Spoken

    from .items import Item
    from .stated import Stated

_COMMENT = NamedNode(RDFS_LABEL.value.replace("label", "comment"))


class Wording:
    """Words items of one source.

    Args:
        stated: what is said; what the source does not say itself is taken from others.
        spoken: says what things are called.

    """

    def __init__(self, stated: Stated, spoken: Spoken) -> None:
        self._stated, self.spoken = stated, spoken
        self._ways: dict[NamedNode, Callable[[Subject], str]] = {
            PARTICIPATION: self._participation,
            TENURE: self._tenure,
            mg("Entry"): self._entry,
            RESULT: self._result,
            mg("Award"): self._award,
            DECISION: self._decision,
        }

    def sentence(self, item: Item) -> str:
        """Return an item as a sentence."""
        if item.measure is not None:
            return self._count(item)
        if item.is_whole:
            return self._whole(item)
        [quad] = item.quads
        said = self.spoken.value(quad.object)  # type: ignore[arg-type] # no triples
        if quad.predicate == RDFS_LABEL:
            kinds = sorted(label_of(kind) for kind in item.kinds if isinstance(kind, NamedNode))
            if mg("Games") in item.kinds:
                return f"The Games are called “{said}”"
            return f"{_a(next(filter(None, kinds), 'thing'))} is called “{said}”"
        if quad.predicate == SKOS_ALT_LABEL:
            return f"{self.spoken.thing(item.subject)} is also written “{said}”"
        return self.spoken.sentence(quad)

    def comment(self, subject: Subject) -> str:
        """Return what a source remarks on a thing."""
        return " ".join(self._all(subject, _COMMENT))

    def _count(self, item: Item) -> str:
        [quad] = item.quads
        subject, measure = item.subject, item.measure
        number = int(self.spoken.value(quad.object))  # type: ignore[arg-type] # a count
        games = subject if mg("Games") in item.kinds else None
        who = self._one(subject, "person") or self._one(subject, "nation")
        who = who or self._one(subject, "place")
        at = self.spoken.thing(games) if games is not None else self._one(subject, "games")
        where = "".join(
            f" {word} {said}"
            for word, said in (
                ("at", at),
                ("in", self._one(subject, "sport")),
                ("until", self._one(subject, "until")),
            )
            if said
        )
        if measure == SIZE and games is not None:
            return f"{_counted(number, 'athletes').capitalize()} took part in {at}"
        if measure == SIZE:
            return f"{who or 'All nations together'} had {_counted(number, 'athletes')}{where}"
        if measure == RANK:
            return f"{who} had rank {number}{where}"
        if measure == GAMES_COUNT:
            return f"{who}: {number} Games{where}"
        words = MEASURES[measure] if measure is not None else ""
        return f"{who or 'All'} won {_counted(number, words)}{where}"

    def _whole(self, item: Item) -> str:
        for kind, say in self._ways.items():
            if kind in item.kinds:
                return say(item.subject)
        return self.spoken.thing(item.subject)

    def _participation(self, subject: Subject) -> str:
        person, event = self._one(subject, "person"), self._one(subject, "event")
        where = self._one(subject, "games") or self._one(subject, "occasion")
        said = f"{person} was {f'at {where}' if where else f'in {event}'}"
        return said + self._joined(subject, as_="role", for_="nation", in_="sport")

    def _tenure(self, subject: Subject) -> str:
        post = f"{self._one(subject, 'person')}: {self._one(subject, 'role')}"
        return post + self._joined(subject, of="organization", from_="from", until="until")

    def _entry(self, subject: Subject) -> str:
        said = f"{self.spoken.thing(subject)} competed in {self._one(subject, 'event')}"
        won = self._one(subject, "won")
        return f"{said} and won {won}" if won else said

    def _result(self, subject: Subject) -> str:
        parts = [(name, self._one(subject, name)) for name in ("rank", "mark", "status")]
        reached = ", ".join(f"{name} {said}" for name, said in parts if said)
        return f"{self.spoken.thing(subject)}: {reached or 'took part'}"

    def _award(self, subject: Subject) -> str:
        return f"{self.spoken.thing(subject)}: {self._one(subject, 'entry') or 'nobody'}"

    def _decision(self, subject: Subject) -> str:
        said = f"{self._one(subject, 'action')}: {self._one(subject, 'award')}"
        return said + self._joined(subject, on="date")

    def _joined(self, subject: Subject, **parts: str) -> str:
        """Return what is said of a thing, each part behind its word."""
        told = ((word.strip("_"), self._one(subject, name)) for word, name in parts.items())
        return "".join(f" {word} {said}" for word, said in told if said)

    def _one(self, subject: Subject, name: str) -> str:
        return " and ".join(self._all(subject, mg(name)))

    def _all(self, subject: Subject, predicate: NamedNode) -> list[str]:
        return sorted(set(map(self.spoken.value, self._stated.values(subject, predicate))))


def _counted(number: int, words: str) -> str:
    """Return a number of things in words.

    Example:
        >>> _counted(1, "gold medals"), _counted(0, "athletes")
        ('1 gold medal', 'no athletes')

    """
    if number == 1:
        words = words.replace("medals", "medal").replace("athletes", "athlete")
    return f"{number:,} {words}" if number else f"no {words}"


def _a(kind: str) -> str:
    return f"{'An' if kind[:1] in 'aeiou' else 'A'} {kind}"
