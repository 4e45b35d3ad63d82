"""A Turtle text as look-ups, for the few places that read one: shapes and the vocabulary."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse

from graph.errors import BadSyntax
from graph.names import RDF
from graph.terms import BlankNode, Literal, NamedNode, Term

FIRST, REST, NIL = (NamedNode(RDF + part) for part in ("first", "rest", "nil"))


class Statements:
    """What one Turtle text states, by subject and predicate.

    Args:
        text: Turtle.
        source: what errors call the text, such as its file name.

    Raises:
        BadSyntax: with line and column.

    Example:
        >>> from graph.names import RDFS_LABEL, mg
        >>> text = "@prefix mg: <https://w3id.org/medalgraph/ns#> . mg:born rdfs:label 'x' ."
        >>> Statements("PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " + text).objects(
        ...     mg("born"), RDFS_LABEL
        ... )
        [<Literal value=x datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>]

    """

    def __init__(self, text: str, *, source: str = "the text") -> None:
        self._found: dict[Term, dict[NamedNode, list[Term]]] = {}
        try:
            for quad in parse(text, RdfFormat.TURTLE, rename_blank_nodes=True):
                values = self._found.setdefault(quad.subject, {}).setdefault(quad.predicate, [])
                if quad.object not in values:
                    values.append(quad.object)
        except SyntaxError as error:
            raise BadSyntax(
                str(error.msg), source=source, line=error.lineno, column=error.offset
            ) from error

    def subjects(self) -> list[Term]:
        """Return each subject, in the order of the text."""
        return list(self._found)

    def predicates(self, subject: Term) -> list[NamedNode]:
        """Return each predicate that the subject has."""
        return list(self._found.get(subject, {}))

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property, in the order of the text."""
        return list(self._found.get(subject, {}).get(predicate, []))

    def listed(self, head: Term) -> list[Term] | None:
        """Return the members of an RDF list, or None where ``head`` is no list."""
        members = []
        while head != NIL:
            first = self.objects(head, FIRST)
            rest = self.objects(head, REST)
            if len(first) != 1 or len(rest) != 1:
                return None
            members.append(first[0])
            head = rest[0]
        return members

    def text(self, subject: Term, predicate: NamedNode, *, language: str = "en") -> str:
        """Return one value of a property as text, in this language or in none if there is one."""
        values = self.objects(subject, predicate)
        spoken = [v for v in values if isinstance(v, Literal) and v.language in (language, None)]
        found = (spoken or values)[:1]
        return found[0].value if found and not isinstance(found[0], BlankNode) else ""
