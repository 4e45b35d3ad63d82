"""What can be chosen for a medal table: Games, rules, sports, sexes and sport classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.medals.choices import Choices, Succession
from graph.medals.near import Option, option_named
from graph.medals.portion import Portion
from graph.medals.rules import CutOff, rule_named, rules, usual_rule
from graph.names import RDFS, local_name, mg
from graph.naming import Naming
from graph.selecting import rows, values
from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.engines.base import Reader
    from graph.medals.ledger import Ledger
    from graph.medals.portion import Fields
    from graph.medals.rules import Rule
    from graph.terms import Term
    from service.wire.problem import Json

    from .asked import Asked

_COMMENT = NamedNode(RDFS + "comment")
_SEXES = {"M": "men", "F": "women", "Mixed": "mixed teams", "Open": "open to all"}
RANKED, UNRANKED = "ranked", "unranked"


def rule_asked(reader: Reader, text: str, *, neutral: str = "", succession: str = "") -> Rule:
    """Return the rule that is asked for, with what is to be otherwise than it says.

    Args:
        reader: the state.
        text: its key or name; empty for the usual one.
        neutral: ranked or unranked; empty as the rule has it.
        succession: apart, codes or successors; empty as the rule has it.

    Raises:
        NotFound: naming the rules that there are.

    """
    rule = rule_named(reader, text) if text else usual_rule(reader)
    choices = Choices(
        succession=Succession(succession) if succession else None,
        neutral_ranked={RANKED: True, UNRANKED: False}.get(neutral),
    )
    return rule if choices == Choices() else choices.made_in(rule, reader)


def rules_told(reader: Reader, languages: Sequence[str]) -> list[Json]:
    """Return every rule of the graph with what it means in a sentence, by name."""
    naming = Naming(reader, languages)
    return [
        {
            "key": rule.key,
            "label": rule.label,
            "comment": naming.text(rule.node, _COMMENT) if rule.node else "",
            "needs_day": rule.cut_off is CutOff.GIVEN,
        }
        for rule in rules(reader)
    ]


def rule_told(reader: Reader, rule: Rule, languages: Sequence[str]) -> dict[str, Json]:
    """Return a rule: its name with the choices made in it, and what it means."""
    naming = Naming(reader, languages)
    comment = naming.text(rule.node, _COMMENT) if rule.node else ""
    return {"key": rule.key, "iri": rule.iri, "title": rule.title, "comment": comment}


@dataclass(frozen=True, slots=True)
class Options:
    """The sports, sexes and sport classes of which there is anything at some Games."""

    sports: tuple[Option, ...]
    sexes: tuple[Option, ...]
    classes: tuple[Option, ...]

    def portion(self, asked: Asked) -> Portion:
        """Return the part of the events that is asked for.

        Raises:
            NotFound: for a sport, sex or class that is not at these Games, with near names.

        """
        return Portion(
            _node(asked.sport, self.sports, "sport"),
            _node(asked.sex, self.sexes, "kind of events"),
            _node(asked.sport_class, self.classes, "sport class"),
        )

    def told(self) -> dict[str, Json]:
        """Return them for a page or a program."""
        return {
            name: [{"key": one.key, "label": one.label} for one in options]
            for name, options in (
                ("sports", self.sports),
                ("sexes", self.sexes),
                ("classes", self.classes),
            )
        }


def options_of(
    reader: Reader, ledgers: Iterable[Ledger], fields: Fields, languages: Sequence[str]
) -> Options:
    """Return what a table of some Games can be narrowed to."""
    every = list(ledgers)
    naming = Naming(reader, languages)
    awards = [award for ledger in every for award in ledger.awards]
    events = {award.event for award in awards}
    sports = {sport for award in awards for sport in award.sports}
    sports |= _counted_sports(reader, [ledger.games for ledger in every])
    sexes = {sex for event in events for sex in fields.sexes.get(event, ())}
    classes = {one for event in events for one in fields.classes.get(event, ())}
    return Options(
        _options(naming, sports),
        tuple(
            Option(node, local_name(node), words)
            for name, words in _SEXES.items()
            if (node := mg(name)) in sexes
        ),
        _options(naming, classes),
    )


def _counted_sports(reader: Reader, games: Sequence[NamedNode]) -> set[Term]:
    """Return the sports of which sources publish counts by nation."""
    some = f"{values('games', games)} ?tally mg:games ?games ; a mg:Tally"
    text = f"SELECT DISTINCT ?sport WHERE {{ {some} ; mg:nation ?nation ; mg:sport ?sport }}"
    return {row["sport"] for row in rows(reader, text)}


def _options(naming: Naming, nodes: Iterable[Term]) -> tuple[Option, ...]:
    found = [
        Option(node, local_name(node), naming.label(node))
        for node in nodes
        if isinstance(node, NamedNode)
    ]
    return tuple(sorted(found, key=lambda one: (one.label.casefold(), one.key)))


def _node(text: str, options: Sequence[Option], what: str) -> NamedNode | None:
    return option_named(text, options, what=what).node if text else None
