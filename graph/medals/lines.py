"""On which line of a table an award counts: its nation's, a joined one, or that of mixed teams.

Tables, audits and explanations all ask here, so that they cannot differ.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import REPLACES, Names, local_name, mg
from graph.naming import ENGLISH
from graph.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.engines.base import Reader
    from graph.naming import Naming
    from graph.terms import Term

    from .rules import Rule
    from .standing import Award

MIXED = "MIX"
"""The code of the line on which medals of mixed teams stand where no nation shares them."""
_MIXED_TEAMS = Literal("Mixed teams", language=ENGLISH)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table under a rule.

    Attributes:
        rule: what is counted, and for whom.
        mixed: the line of mixed teams.
        later: the line of each nation that the rule joins to another.

    """

    rule: Rule
    mixed: Term
    later: Mapping[Term, Term]

    def line(self, nation: Term) -> Term:
        """Return the line that a nation's medals go to."""
        return self.later.get(nation, nation)

    def together(self, nation: Term) -> frozenset[Term]:
        """Return the nations whose medals go to the line that those of a nation go to."""
        line = self.line(nation)
        return frozenset({nation, line} | {one for one in self.later if self.line(one) == line})

    def of_nations(self, award: Award) -> tuple[Term, ...]:
        """Return the lines of the nations of an award, each once."""
        return tuple(dict.fromkeys(map(self.line, award.nations)))

    def of(self, award: Award) -> tuple[Term, ...]:
        """Return the line of each medal that an award is counted as.

        A team whose nations are all on one line is no mixed team. Where persons count, an
        entry whose members nobody names counts as one.
        """
        if self.rule.per_person and award.members:
            return tuple(self.line(own) if own else self.mixed for own in award.members)
        lines = self.of_nations(award)
        is_mixed = len(lines) > 1 and not self.rule.shares_mixed
        return (self.mixed,) if is_mixed else lines

    def counts(self, award: Award) -> bool:
        """Tell whether the rule counts medals of the award's sport."""
        return not award.sports & self.rule.left_out


def lines_under(reader: Reader, names: Names, rule: Rule) -> Lines:
    """Return the lines of a table under a rule.

    A committee's former code leads to the code of today, and a nation to the one that
    replaces it. A nation that several replace leads to none of them.

    Args:
        reader: the state.
        names: mints the IRI of a nation from its code.
        rule: says which of the two are followed.

    """
    after: defaultdict[Term, set[Term]] = defaultdict(set)
    if rule.merges_former_codes or rule.merges_successors:
        for quad in reader.quads(None, mg("formerCode")):
            if isinstance(quad.object, Literal):
                after[names.of("nation", quad.object.value)].add(quad.subject)  # type: ignore[arg-type]
    if rule.merges_successors:
        for quad in reader.quads(None, REPLACES):
            after[quad.object].add(quad.subject)  # type: ignore[index, arg-type]
    only = {nation: next(iter(later)) for nation, later in after.items() if len(later) == 1}
    later = {nation: _last(only, nation) for nation in only}
    return Lines(rule, names.of("nation", MIXED), later)


def line_name(naming: Naming, line: Term) -> Literal:
    """Return what a line is called: that of mixed teams has a name where no source gives one."""
    code = local_name(line)
    return naming.named(line) or (_MIXED_TEAMS if code == MIXED else Literal(code))


def _last(after: dict[Term, Term], nation: Term) -> Term:
    seen = {nation}
    while nation in after and after[nation] not in seen:
        nation = after[nation]
        seen.add(nation)
    return nation
