"""What a shape asks of a node, as plain data: target, path, condition, message and severity."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Literal, TypeAlias

from graph.names import OUTSIDE_PREFIXES

if TYPE_CHECKING:
    from graph.terms import Literal as Value
    from graph.terms import NamedNode, Term

Severity: TypeAlias = Literal["Violation", "Warning", "Info"]
TargetKind: TypeAlias = Literal["class", "subjects-of"]


class Scope(Enum):
    """What a constraint is checked on."""

    RECORD = "record"
    """The record: each triple that at least one source states."""
    SOURCE = "source"
    """Each named graph on its own."""


@dataclass(frozen=True, slots=True)
class Target:
    """Which nodes a shape looks at: instances of a class, or subjects of a property."""

    kind: TargetKind
    iri: NamedNode


@dataclass(frozen=True, slots=True)
class Step:
    """One step along a property, backwards if ``inverse``."""

    predicate: NamedNode
    inverse: bool = False

    def __str__(self) -> str:
        """Return the step as SPARQL 1.1 property path syntax."""
        return f"^<{self.predicate.value}>" if self.inverse else f"<{self.predicate.value}>"


Path: TypeAlias = tuple[Step, ...]
"""A sequence path; empty means the focus node itself."""


def path_text(path: Path) -> str:
    """Return a path as SPARQL 1.1 property path syntax (section 9.1).

    Example:
        >>> from graph.names import mg
        >>> path_text((Step(mg("event")), Step(mg("games"), inverse=True)))
        '<https://w3id.org/medalgraph/ns#event>/^<https://w3id.org/medalgraph/ns#games>'

    """
    return "/".join(str(step) for step in path)


@dataclass(frozen=True, slots=True)
class MinCount:
    """At least ``count`` value nodes."""

    count: int


@dataclass(frozen=True, slots=True)
class MaxCount:
    """At most ``count`` value nodes."""

    count: int


@dataclass(frozen=True, slots=True)
class Datatype:
    """Each value node is a well-formed literal of this datatype."""

    datatype: NamedNode


@dataclass(frozen=True, slots=True)
class Class:
    """Each value node is an instance of this class or of a subclass."""

    iri: NamedNode


@dataclass(frozen=True, slots=True)
class NodeKind:
    """Each value node is of one of these kinds: "IRI", "Blank", "Literal"."""

    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class In:
    """Each value node is one of these terms, exactly."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """The text of each value node matches this regular expression; a blank node never does."""

    regex: str
    flags: str = ""


@dataclass(frozen=True, slots=True)
class MinInclusive:
    """``bound <= value`` is true for each value node."""

    bound: Value


@dataclass(frozen=True, slots=True)
class MaxInclusive:
    """``value <= bound`` is true for each value node."""

    bound: Value


@dataclass(frozen=True, slots=True)
class LessThanOrEquals:
    """Each value node is ``<=`` each value that the focus node has for ``predicate``."""

    predicate: NamedNode


@dataclass(frozen=True, slots=True)
class UniqueLang:
    """No language tag is used by two value nodes."""


@dataclass(frozen=True, slots=True)
class HasValue:
    """One of the value nodes is this term."""

    term: Term


@dataclass(frozen=True, slots=True)
class Sparql:
    """The query has no solution for the focus node.

    Attributes:
        select: the query as the shape gives it, ``$this`` standing for the focus node.
        prologue: the prefixes that the shape declares for it, as SPARQL text.

    """

    select: str
    prologue: str


Component: TypeAlias = (
    MinCount
    | MaxCount
    | Datatype
    | Class
    | NodeKind
    | In
    | Pattern
    | MinInclusive
    | MaxInclusive
    | LessThanOrEquals
    | UniqueLang
    | HasValue
    | Sparql
)


@dataclass(frozen=True, slots=True)
class Constraint:
    """One condition of one shape.

    Attributes:
        shape: the named shape that the condition belongs to.
        targets: whom it is asked of; a node that any of them names.
        path: from the focus node to the value nodes; empty for the focus node itself.
        message: the sentence for whoever broke it: what is wrong and how to mend it.
        name: what the property is called in sentences, or an empty string.

    """

    shape: NamedNode
    targets: tuple[Target, ...]
    path: Path
    component: Component
    message: str
    severity: Severity = "Violation"
    scope: Scope = Scope.RECORD
    name: str = ""
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compute the hash once: a check of a small change needs it some thousand times."""
        parts = self.shape, self.targets, self.path, self.component, self.message, self.scope
        object.__setattr__(self, "_hash", hash(parts))

    def __hash__(self) -> int:
        """Return the same for equal conditions."""
        return self._hash

    @property
    def component_iri(self) -> str:
        """What SHACL calls this kind of condition: the IRI of sh:MinCountConstraintComponent."""
        kind = type(self.component).__name__
        name = "SPARQL" if isinstance(self.component, Sparql) else kind
        return f"{OUTSIDE_PREFIXES['sh']}{name}ConstraintComponent"

    @property
    def path_text(self) -> str | None:
        """The path as text: the IRI of a single property, else SPARQL property path syntax."""
        if not self.path:
            return None
        only = self.path[0]
        if len(self.path) == 1 and not only.inverse:
            return only.predicate.value
        return path_text(self.path)
