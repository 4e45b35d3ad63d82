"""Counting rules: the choices by which two medal tables can differ and both be right.

A rule is a node of the graph (``mg:CountingRule``), so that anybody can read it, cite it
and add one; its choices are what the code runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.names import RDF_TYPE, mg, slug
from graph.naming import Naming
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.terms import Term


NEUTRAL = mg("Neutral")
"""The kind of nation of athletes who compete under no flag."""


class CutOff(Enum):
    """Up to when decisions on awards are heeded."""

    CLOSING = mg("AtClosing")
    LATEST = mg("AtLatest")
    GIVEN = mg("AtGivenDate")


@dataclass(frozen=True, slots=True)
class Rule:
    """One counting rule.

    Attributes:
        label: its name.
        node: its IRI; None for one that the graph does not have.
        cut_off: up to when decisions are heeded.
        per_person: whether each member of a team counts, guides too; an entry whose members
            nobody names counts as one.
        unranked: the kinds of nations that are shown without a rank.
        left_out: the seasons, kinds of Games and sports that are not counted.
        merges_former_codes: whether one committee's codes are one line.
        merges_successors: whether a nation is one line with the nation that replaces it.
        shares_mixed: whether a mixed team's medal counts for each of its nations, instead
            of on a line of mixed teams.
        choices: what is counted otherwise than the node says, in words.

    """

    label: str
    node: NamedNode | None = None
    cut_off: CutOff = CutOff.LATEST
    per_person: bool = False
    unranked: frozenset[Term] = frozenset()
    left_out: frozenset[Term] = frozenset()
    merges_former_codes: bool = False
    merges_successors: bool = False
    shares_mixed: bool = False
    choices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its name with the choices that were made otherwise."""
        return ", ".join((self.label, *self.choices))

    @property
    def key(self) -> str:
        """The end of the IRI, as the command line names the rule."""
        return self.iri.rpartition("/")[2]

    @property
    def iri(self) -> str:
        """The whole IRI, empty for a rule that the graph does not have."""
        return self.node.value if self.node else ""


HELD_NOW = Rule("medals held now", unranked=frozenset({NEUTRAL}))
"""Every medal of the Games that an entry holds now, once; neutral athletes take no rank."""


USUAL = "after-reallocations"
"""The rule by which tables are counted where nobody names one, if the graph has it."""


def usual_rule(reader: Reader) -> Rule:
    """Return the rule by which tables are counted where nobody names one."""
    return next((one for one in rules(reader) if one.key == USUAL), HELD_NOW)


def rules(reader: Reader) -> list[Rule]:
    """Return every counting rule of the graph, by name."""
    found = {quad.subject for quad in reader.quads(None, RDF_TYPE, mg("CountingRule"))}
    read = [_rule(reader, node) for node in found if isinstance(node, NamedNode)]
    return sorted(read, key=lambda rule: rule.label)


def left_out_sports(reader: Reader) -> frozenset[Term]:
    """Return the sports that some rule of the graph leaves out."""
    nodes = frozenset().union(*(rule.left_out for rule in rules(reader)))
    return frozenset(
        node
        for node in nodes
        if any(quad.object == mg("Sport") for quad in reader.quads(node, RDF_TYPE))  # type: ignore[arg-type]
    )


def rule_at(reader: Reader, node: NamedNode) -> Rule | None:
    """Return the rule with this IRI, None if the graph does not describe it."""
    known = any(quad.object == mg("CountingRule") for quad in reader.quads(node, RDF_TYPE))
    return _rule(reader, node) if known else None


def rule_named(reader: Reader, text: str) -> Rule:
    """Return the rule with this name or end of its IRI, or the one whose end has it in it.

    Raises:
        NotFound: naming the rules that there are.

    """
    known = rules(reader)
    wanted = text.lower().removeprefix("rule:")
    exact = [rule for rule in known if wanted in (rule.label.lower(), rule.key, rule.iri)]
    found = exact or [rule for rule in known if slug(wanted) in rule.key]
    if len(found) == 1:
        return found[0]
    what = "more than one counting rule" if found else "no counting rule"
    there = ", ".join(rule.key for rule in found or known) or "none; load the bundled sources"
    raise NotFound(f"There is {what} {text!r}.", hint=f"There are: {there}.")


def _rule(reader: Reader, node: NamedNode) -> Rule:
    said: dict[NamedNode, set[Term]] = {}
    for quad in reader.quads(node):
        said.setdefault(quad.predicate, set()).add(quad.object)  # type: ignore[arg-type]

    def chosen(prop: str) -> frozenset[Term]:
        return frozenset(said.get(mg(prop), ()))

    def is_true(prop: str) -> bool:
        return any(value.value == "true" for value in chosen(prop) if isinstance(value, Literal))

    cut_offs = [cut_off for cut_off in CutOff if cut_off.value in chosen("asOf")]
    return Rule(
        node=node,
        label=Naming(reader).label(node),
        cut_off=cut_offs[0] if cut_offs else CutOff.LATEST,
        per_person=mg("Person") in chosen("countedPer"),
        unranked=chosen("unranked"),
        left_out=chosen("leavesOut"),
        merges_former_codes=is_true("mergesFormerCodes"),
        merges_successors=is_true("mergesSuccessors"),
        shares_mixed=is_true("sharesMixed"),
    )
