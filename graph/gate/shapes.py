"""Reading SHACL shapes: what the gate knows becomes a constraint, what it does not is an error."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import shapes
from graph.errors import BadInput
from graph.names import OUTSIDE_PREFIXES, RDF_TYPE, RDFS
from graph.terms import BlankNode, Literal, NamedNode, Term
from shapes import WITHIN_SOURCE

from .components import COMPONENTS, FLAGS, MANY, ON_PROPERTIES, UNSAID, Parameter, sh
from .constraints import (
    Constraint,
    MaxCount,
    Path,
    Scope,
    Severity,
    Sparql,
    Step,
    Target,
    UniqueLang,
)
from .queries import query_block
from .turtle import Statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .constraints import Component

CLASS, SUBJECTS_OF, PATH, PROPERTY = (
    sh(word) for word in ("targetClass", "targetSubjectsOf", "path", "property")
)
SPARQL, SELECT, PREFIXES, DECLARE = (
    sh(word) for word in ("sparql", "select", "prefixes", "declare")
)
MESSAGE, SEVERITY, DEACTIVATED, NAME = (
    sh(word) for word in ("message", "severity", "deactivated", "name")
)
IMPORTS = NamedNode(OUTSIDE_PREFIXES["owl"] + "imports")
CLASSES = {NamedNode(RDFS + "Class"), NamedNode(OUTSIDE_PREFIXES["owl"] + "Class")}

_NOTES = {MESSAGE, SEVERITY, DEACTIVATED, NAME} | {sh(w) for w in ("description", "order", "group")}
_ON_SHAPE = (
    {CLASS, SUBJECTS_OF, PATH, PROPERTY, SPARQL, FLAGS, DECLARE} | _NOTES | COMPONENTS.keys()
)
_ON_SPARQL = {SELECT, PREFIXES, MESSAGE, DEACTIVATED}
_NO_SHAPE = {DECLARE, sh("prefix"), sh("namespace"), sh("inversePath")}
_KNOWN = ", ".join(sorted(f"sh:{p.value.rpartition('#')[2]}" for p in _ON_SHAPE))
_SEVERITIES: dict[Term, Severity] = {
    sh("Violation"): "Violation",
    sh("Warning"): "Warning",
    sh("Info"): "Info",
}


@dataclass(frozen=True, slots=True)
class Single:
    """A property of which one source may state one value; several are a conflict of sources.

    Attributes:
        per_language: whether it may have one value in each language.

    """

    predicate: NamedNode
    per_language: bool = False


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shapes that were read: each condition as data, and the texts for the reference validator.

    Attributes:
        constraints: each condition of each shape.
        texts: the Turtle texts that they were read from, by scope.

    """

    constraints: tuple[Constraint, ...]
    texts: Mapping[Scope, tuple[str, ...]]

    def of(self, scope: Scope) -> list[Constraint]:
        """Return the constraints that are checked on this scope."""
        return [constraint for constraint in self.constraints if constraint.scope is scope]

    def single_valued(self) -> list[Single]:
        """Return each property that has one value in one source, whatever has it, by name."""
        found = {
            Single(constraint.path[0].predicate, isinstance(constraint.component, UniqueLang))
            for constraint in self.of(Scope.SOURCE)
            if constraint.component in (MaxCount(1), UniqueLang())
            and len(constraint.path) == 1
            and not constraint.path[0].inverse
        }
        return sorted(found, key=lambda single: single.predicate.value)


def read_shapes(files: Mapping[str, str]) -> Shapes:
    """Read shapes from Turtle texts by file name.

    A file named ``within-source.ttl`` is checked inside each named graph, all others
    on the record. SHACL that the gate does not know, ``owl:imports`` (nothing is ever
    fetched) and SPARQL with SERVICE are errors, never skipped.

    Raises:
        BadInput: naming the shape and the construct, or saying that there is no shape at all.
        BadSyntax: if a text is not Turtle.

    """
    texts: dict[Scope, list[str]] = {Scope.RECORD: [], Scope.SOURCE: []}
    constraints: list[Constraint] = []
    for name, text in files.items():
        scope = Scope.SOURCE if name == WITHIN_SOURCE else Scope.RECORD
        texts[scope].append(text)
        constraints += _File(name, text, scope).constraints()
    if not constraints:
        raise BadInput(
            f"No shape was found in {', '.join(files) or 'no file at all'}, so that everything"
            " would conform.",
            hint="Give each shape a sh:targetClass and at least one condition.",
        )
    return Shapes(tuple(constraints), {scope: tuple(found) for scope, found in texts.items()})


@cache
def load_shapes() -> Shapes:
    """Return the shapes that come with the program.

    Example:
        >>> {constraint.scope.value for constraint in load_shapes().constraints} <= {
        ...     "record", "source"}
        True

    """
    return read_shapes(shapes.texts())


class _File:
    """One Turtle text with shapes."""

    def __init__(self, name: str, text: str, scope: Scope) -> None:
        self._name, self._scope = name, scope
        self._said = Statements(text, source=name)
        self._reached: set[Term] = set()

    def constraints(self) -> list[Constraint]:
        """Return every condition, after checking that nothing was left unread."""
        self._refuse_imports()
        found: list[Constraint] = []
        for node in self._said.subjects():
            targets = self._targets(node)
            if targets:
                found += self._of_shape(node, _Owner(self._named(node), targets, self._scope))
        self._refuse_leftovers()
        return found

    def _refuse_imports(self) -> None:
        for node in self._said.subjects():
            for imported in self._said.objects(node, IMPORTS):
                raise BadInput(
                    f"{self._name} imports {imported}, which is never fetched, so that its shapes"
                    " would be skipped.",
                    hint="Put the imported shapes into a file of their own and drop owl:imports.",
                )

    def _refuse_leftovers(self) -> None:
        """Refuse a node with SHACL terms that no target leads to: it would check nothing."""
        for node in self._said.subjects():
            words = [*self._said.predicates(node), *self._said.objects(node, RDF_TYPE)]
            unread = [w for w in words if str(w).startswith("<" + sh("").value)]
            unread = [w for w in unread if w not in _NO_SHAPE]
            if unread and node not in self._reached:
                raise self._unknown(node, unread[0], "it is in no shape that has a target")

    def _targets(self, node: Term) -> tuple[Target, ...]:
        types = self._said.objects(node, RDF_TYPE)
        if sh("NodeShape") in types and CLASSES & set(types):
            raise self._unknown(node, RDF_TYPE, "a shape that is a class needs a sh:targetClass")
        classes = [Target("class", self._iri(node, CLASS, v)) for v in self._values(node, CLASS)]
        subjects = [
            Target("subjects-of", self._iri(node, SUBJECTS_OF, value))
            for value in self._values(node, SUBJECTS_OF)
        ]
        return (*classes, *subjects)

    def _of_shape(self, node: Term, owner: _Owner) -> Iterator[Constraint]:
        self._reached.add(node)
        self._refuse_unknown(node, _ON_SHAPE)
        if Literal(value=True) in self._values(node, DEACTIVATED):
            self._reached.update(self._values(node, PROPERTY) + self._values(node, SPARQL))
            return
        path = self._path(node)
        for predicate in COMPONENTS:
            for component in self._components(node, predicate, path):
                yield self._constraint(node, owner, component, path=path)
        for query in self._values(node, SPARQL):
            yield from self._of_query(node, query, owner, path=path)
        for part in self._values(node, PROPERTY):
            if path or not self._path(part):
                raise self._unknown(node, PROPERTY, "it wants a shape with a sh:path, and no path")
            yield from self._of_shape(part, owner)

    def _components(self, node: Term, predicate: NamedNode, path: Path) -> list[Component]:
        values = self._values(node, predicate)
        if values and not path and predicate in ON_PROPERTIES:
            raise self._unknown(node, predicate, "it needs a sh:path")
        if len(values) > 1 and predicate not in MANY:
            raise self._unknown(node, predicate, "it is given more than once")
        try:
            made = [COMPONENTS[predicate](self._said, node, value) for value in values]
        except Parameter as error:
            raise self._unknown(node, predicate, f"it {error}") from error
        return [component for component in made if component is not None]

    def _of_query(
        self, node: Term, query: Term, owner: _Owner, *, path: Path
    ) -> Iterator[Constraint]:
        self._reached.add(query)
        self._refuse_unknown(query, _ON_SPARQL)
        if path:
            raise self._unknown(node, SPARQL, "it may stand on a shape without a path only")
        if Literal(value=True) in self._values(query, DEACTIVATED):
            return
        component = Sparql(self._said.text(query, SELECT), self._prologue(query))
        try:
            query_block(component)
        except BadInput as error:
            raise self._unknown(node, SPARQL, f"its query cannot be used: {error}") from error
        yield self._constraint(
            node, owner, component, path=(), message=self._said.text(query, MESSAGE)
        )

    def _prologue(self, query: Term) -> str:
        lines = []
        for declared in self._values(query, PREFIXES):
            for entry in self._values(declared, DECLARE):
                prefix = self._said.text(entry, sh("prefix"))
                lines.append(f"PREFIX {prefix}: <{self._said.text(entry, sh('namespace'))}>\n")
        return "".join(sorted(set(lines)))

    def _constraint(
        self, node: Term, owner: _Owner, component: Component, *, path: Path, message: str = ""
    ) -> Constraint:
        said = message or self._said.text(node, MESSAGE) or UNSAID.get(type(component), "")
        return Constraint(
            shape=owner.shape,
            targets=owner.targets,
            path=path,
            component=component,
            message=said or "The node does not fit its shape.",
            severity=self._severity(node),
            scope=owner.scope,
            name=self._said.text(node, NAME),
        )

    def _severity(self, node: Term) -> Severity:
        given = self._values(node, SEVERITY)
        if not given:
            return "Violation"
        if len(given) > 1 or given[0] not in _SEVERITIES:
            raise self._unknown(node, SEVERITY, "it is sh:Violation, sh:Warning or sh:Info")
        return _SEVERITIES[given[0]]

    def _path(self, node: Term) -> Path:
        given = self._values(node, PATH)
        if not given:
            return ()
        members = self._said.listed(given[0]) if isinstance(given[0], BlankNode) else given
        if len(given) > 1 or members == []:
            raise self._unknown(node, PATH, "it is one path")
        return tuple(self._step(node, member) for member in members or given)

    def _step(self, node: Term, member: Term) -> Step:
        if isinstance(member, NamedNode):
            return Step(member)
        back = self._values(member, sh("inversePath"))
        if len(back) != 1 or len(self._said.predicates(member)) != 1:
            raise self._unknown(node, PATH, "it knows properties, their inverse and sequences only")
        return Step(self._iri(node, PATH, back[0]), inverse=True)

    def _values(self, node: Term, predicate: NamedNode) -> list[Term]:
        return self._said.objects(node, predicate)

    def _iri(self, node: Term, predicate: NamedNode, value: Term) -> NamedNode:
        if not isinstance(value, NamedNode):
            raise self._unknown(node, predicate, f"it wants an IRI, not {value}")
        return value

    def _named(self, node: Term) -> NamedNode:
        return self._iri(node, CLASS, node)

    def _refuse_unknown(self, node: Term, known: set[NamedNode]) -> None:
        for predicate in self._said.predicates(node):
            if predicate.value.startswith(sh("").value) and predicate not in known:
                raise self._unknown(node, predicate, "the gate does not know it here")

    def _unknown(self, node: Term, word: Term, why: str) -> BadInput:
        short = str(word).replace(sh("").value, "sh:").strip("<>")
        place = node if isinstance(node, NamedNode) else self._owner(node)
        return BadInput(
            f"{self._name}: {short} in the shape {place} cannot be used: {why}.",
            hint=f"On shapes the gate knows {_KNOWN}.",
        )

    def _owner(self, node: Term) -> Term:
        """Return the named shape that a blank node is written in."""
        for subject in self._said.subjects():
            for predicate in self._said.predicates(subject):
                if node in self._values(subject, predicate):
                    return subject if isinstance(subject, NamedNode) else self._owner(subject)
        return node


@dataclass(frozen=True, slots=True)
class _Owner:
    """The named shape that conditions belong to."""

    shape: NamedNode
    targets: tuple[Target, ...]
    scope: Scope
