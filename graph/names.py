"""Prefixes, names of graphs, and the minting of IRIs: the only file that spells them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .errors import BadTerm
from .terms import NamedNode, iri

MG = "https://w3id.org/medalgraph/ns#"
SHAPES = "https://w3id.org/medalgraph/shapes#"
DEFAULT_BASE = "https://w3id.org/medalgraph"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SH = "http://www.w3.org/ns/shacl#"

KINDS = (
    "award",
    "claim",
    "class",
    "classification",
    "decision",
    "delegation",
    "entry",
    "event",
    "games",
    "graph",
    "nation",
    "occasion",
    "org",
    "part",
    "person",
    "place",
    "result",
    "rule",
    "sport",
    "tally",
    "tenure",
)
"""Every kind of thing that has an IRI of its own, as its path segment spells it."""

_KINDS = frozenset(KINDS)

OUTSIDE_PREFIXES = {
    "mg": MG,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "sh": SH,
}
"""Prefixes that do not depend on the store; with one prefix a kind they are the house prefixes."""

RDF_TYPE = NamedNode(RDF + "type")
RDFS_LABEL = NamedNode(RDFS + "label")
SKOS_ALT_LABEL = NamedNode(OUTSIDE_PREFIXES["skos"] + "altLabel")
SAME_AS = NamedNode(OUTSIDE_PREFIXES["owl"] + "sameAs")
REPLACES = NamedNode(OUTSIDE_PREFIXES["dcterms"] + "replaces")


@lru_cache(maxsize=1024)
def mg(term: str) -> NamedNode:
    """Return the term of the medalgraph vocabulary with this local name.

    Example:
        >>> mg("Gold").value
        'https://w3id.org/medalgraph/ns#Gold'

    """
    return NamedNode(MG + term)


@lru_cache(maxsize=1 << 14)
def slug(text: str) -> str:
    """Return ``text`` as a part of an IRI: ASCII letters, digits and single hyphens.

    Example:
        >>> slug("Men's Épée -- Category A")
        'mens-epee-category-a'

    """
    letters = text if text.isascii() else _ascii(text)
    found = _BETWEEN.sub("-", letters.replace("'", "").lower()).strip("-")
    if not found:
        raise BadTerm(
            f"No address can be made from {text!r}: it has no letter or digit that fits one.",
            value=text,
            hint="Give a name in Latin letters as well.",
        )
    return found


def plain(text: str) -> str:
    """Return a name without regard to capitals, accents and other signs, to compare it.

    Example:
        >>> plain("Côte d'Ivoire") == plain("Cote D'Ivoire")
        True

    """
    try:
        return slug(text)
    except BadTerm:
        return text.casefold()


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return decomposed.encode("ascii", "ignore").decode()


_BETWEEN = re.compile(r"[^a-z0-9]+")

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    dict(zip("ßæÆœŒøØ", ["ss", "ae", "AE", "oe", "OE", "o", "O"], strict=True))
    | dict(zip("đĐłŁəƏþÞðÐ", ["d", "D", "l", "L", "a", "A", "th", "Th", "d", "D"], strict=True))
    | {"\N{LATIN SMALL LETTER DOTLESS I}": "i", "\N{RIGHT SINGLE QUOTATION MARK}": ""}
)


def property_words(predicate: NamedNode) -> str:
    """Return a property as words made from its name.

    Example:
        >>> property_words(mg("sportClass"))
        'sport class'

    """
    name = re.split("[#/:]", predicate.value)[-1] or predicate.value
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


def local_name(node: object) -> str:
    """Return the end of an IRI, after its last slash or hash; nothing for what is no IRI.

    Example:
        >>> local_name(Names().of("nation", "AZE")), local_name(mg("Gold"))
        ('AZE', 'Gold')

    """
    return re.split("[/#]", node.value)[-1] if isinstance(node, NamedNode) else ""


_PLAIN = re.compile(r"[A-Za-z0-9_][\w-]*")
_RESTRICTED = "/id/graph/restricted-"


def is_restricted(graph: object) -> bool:
    """Tell whether a graph holds claims that only those with a token may see.

    The name says so, and not a statement, so that no older state shows what is hidden now.

    Example:
        >>> is_restricted(Names().graph("restricted-classes")), is_restricted(Names().local)
        (True, False)

    """
    return isinstance(graph, NamedNode) and _RESTRICTED in graph.value


@dataclass(frozen=True, slots=True)
class Names:
    """Mints the IRIs of one store, all under its base.

    Args:
        base: an absolute IRI without a slash at the end, fixed when the store is made.

    Example:
        >>> Names().of("nation", "AZE").value
        'https://w3id.org/medalgraph/id/nation/AZE'

    """

    base: str = DEFAULT_BASE

    def of(self, kind: str, *parts: str) -> NamedNode:
        """Return the IRI ``{base}/id/{kind}/{parts joined by --}``; parts are slugs already."""
        if kind not in _KINDS:
            raise BadTerm(f"{kind!r} is not a kind of thing in the graph.", value=kind)
        return iri(f"{self.base}/id/{kind}/{'--'.join(parts)}")

    def graph(self, source: str) -> NamedNode:
        """Return the named graph that holds what one source says."""
        return self.of("graph", source)

    def is_source(self, node: NamedNode) -> bool:
        """Tell whether an IRI is one that ``graph`` mints."""
        return node.value.startswith(f"{self.base}/id/graph/")

    def about(self, what: str) -> NamedNode:
        """Return the graph that describes the store itself; it is none of a source."""
        return iri(f"{self.base}/about/{what}")

    @property
    def meta(self) -> NamedNode:
        """The graph that describes the sources themselves."""
        return self.graph("meta")

    @property
    def restricted_meta(self) -> NamedNode:
        """The graph that describes the restricted sources, and is restricted itself."""
        return self.graph("restricted-meta")

    def meta_of(self, source: NamedNode) -> NamedNode:
        """Return the graph that describes a source.

        Example:
            >>> Names().meta_of(Names().graph("restricted-classes")).value.rpartition("/")[2]
            'restricted-meta'

        """
        return self.restricted_meta if is_restricted(source) else self.meta

    @property
    def local(self) -> NamedNode:
        """The graph of statements that were written without naming a source."""
        return self.graph("local")

    def prefixes(self) -> dict[str, str]:
        """Return the house prefixes: the vocabularies, and one a kind of thing."""
        return OUTSIDE_PREFIXES | {kind: f"{self.base}/id/{kind}/" for kind in KINDS}

    def iri(self, text: str) -> NamedNode:
        """Return the IRI that a house prefix and a name, or the whole IRI, spell.

        Raises:
            BadTerm: if it is neither.

        Example:
            >>> Names().iri("mg:nation") == Names().iri(MG + "nation")
            True

        """
        prefix, colon, name = text.partition(":")
        if not colon:
            raise BadTerm(
                f"{text!r} is no address of a thing.",
                value=text,
                hint="Write a short one such as nation:AZE, or a whole one (IRI), which begins with"
                " a scheme such as https://.",
            )
        space = self.prefixes().get(prefix) if colon and not name.startswith("//") else None
        return iri(text if space is None else space + name)

    def short(self, node: NamedNode) -> str:
        """Return the prefixed name of an IRI, or the IRI where no prefix fits.

        Where the rest has signs that a prefixed name would have to escape, the IRI stays.

        Example:
            >>> Names().short(mg("nation"))
            'mg:nation'

        """
        for prefix, start in _longest_first(self):
            rest = node.value.removeprefix(start)
            if rest != node.value and _PLAIN.fullmatch(rest):
                return f"{prefix}:{rest}"
        return node.value


@lru_cache(maxsize=16)
def _longest_first(names: Names) -> list[tuple[str, str]]:
    return sorted(names.prefixes().items(), key=lambda pair: -len(pair[1]))
