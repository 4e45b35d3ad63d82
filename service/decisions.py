"""What people type to decide a conflict: a thing, a property, and a value or its source."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING

from graph.conflicts import sayings
from graph.errors import BadInput, NotFound
from graph.explain.nearness import near_texts, spelled
from graph.names import MG, RDFS_LABEL, property_words
from graph.terms import Literal, NamedNode, iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graph.conflicts import Conflict
    from graph.engines.base import Reader
    from graph.gate import Single
    from graph.names import Names
    from graph.terms import Object, Term

NAME = "name"
"""What people call the property ``rdfs:label``."""


def words(predicate: NamedNode) -> str:
    """Return a property as people say it.

    Example:
        >>> words(RDFS_LABEL), words(NamedNode(MG + "weightClass"))
        ('name', 'weight class')

    """
    return NAME if predicate == RDFS_LABEL else property_words(predicate)


def property_text(predicate: NamedNode, language: str = "") -> str:
    """Return a property as it is typed.

    Example:
        >>> property_text(RDFS_LABEL, "en"), property_text(NamedNode(MG + "weightClass"))
        ('name@en', 'weightClass')

    """
    if predicate == RDFS_LABEL:
        return f"{NAME}@{language}" if language else NAME
    local = predicate.value.removeprefix(MG)
    return local if local != predicate.value else f"<{predicate.value}>"


def property_named(text: str, single: Sequence[Single]) -> tuple[NamedNode, str]:
    """Return the property that a person means, and the language behind ``@``, if any.

    Example:
        >>> from graph.gate import Single
        >>> property_named("name@fr", [Single(RDFS_LABEL, per_language=True)])[1]
        'fr'

    Raises:
        NotFound: naming the properties that are near, or all that can have one value only.

    """
    name, _, language = text.partition("@")
    known = {property_text(one.predicate): one.predicate for one in single}
    wanted = name.strip("<>").removeprefix("mg:").removeprefix(MG).replace("rdfs:label", NAME)
    plain = {_plain(each): each for each in known}
    if _plain(wanted) not in plain:
        near = [each.value for each in near_texts(Literal(wanted), map(Literal, known))]
        raise NotFound(
            f"There is no property {text!r} that can have one value only.",
            hint=f"Perhaps {_or(near)}." if near else f"There are: {', '.join(sorted(known))}.",
        )
    found = known[plain[_plain(wanted)]]
    if language and found != RDFS_LABEL:
        raise BadInput(
            f"{text!r} names a language, and only names have one.",
            hint=f"Write {property_text(found)}.",
        )
    return found, language.lower()


def subject_named(
    text: str, state: Reader, names: Names, known: Callable[[], Iterable[Term]]
) -> NamedNode:
    """Return the thing that a person means: an address, ``kind:slug``, or its name.

    Args:
        text: what the person wrote.
        state: the state.
        names: the names of the store.
        known: finds the things that sources differ about, of which one may be meant.

    Raises:
        NotFound: naming those that are near.

    """
    node = _node(text, names)
    if node is not None and next(state.quads(node), None) is not None:
        return node
    prefixes = names.prefixes()
    called: dict[str, set[NamedNode]] = {}
    for each in known():
        if isinstance(each, NamedNode):
            labels = (quad.object for quad in state.quads(each, RDFS_LABEL))
            for name in (spelled(each, prefixes), *(label.value for label in labels)):  # type: ignore[union-attr] # no quoted triples
                called.setdefault(name, set()).add(each)
    found = called.get(text, set())
    if len(found) == 1:
        return found.pop()
    near = [each.value for each in near_texts(Literal(text), map(Literal, called))]
    meant = found or {each for name in near for each in called[name]}
    listed = _or(sorted(spelled(each, prefixes) for each in meant))
    if found:
        raise BadInput(f"{len(found)} things are called {text!r}.", hint=f"Say {listed}.")
    raise NotFound(
        f"The store says nothing of {text!r}.",
        hint=f"Perhaps {listed}."
        if listed
        else "Name it as 'medalgraph conflicts' does, such as nation:KOR.",
    )


class Choice:
    """What a person chose, of what the sources say of one property of a thing.

    Args:
        state: the state.
        names: the names of the store.
        subject: the thing.
        predicate: the property.
        language: of a name, which; empty to tell it from the choice.

    Attributes:
        said: what the sources say, in one language once the choice is known.

    """

    def __init__(
        self,
        state: Reader,
        names: Names,
        subject: NamedNode,
        predicate: NamedNode,
        *,
        language: str = "",
    ) -> None:
        self._names, self._prefixes = names, names.prefixes()
        self._about = f"{spelled(subject, self._prefixes)}: {words(predicate)}"
        every = sayings(state, subject, predicate)
        values = {each.value for each in every}
        several = Counter(map(_language, values))
        wanted = {language} if language else {tag for tag, n in several.items() if n > 1}
        self.said = [each for each in every if not wanted or _language(each.value) in wanted]
        self._predicate = predicate

    def value(self, text: str) -> Object:
        """Return the value that is meant by itself, or by the source that gives it.

        Raises:
            BadInput: if there is nothing to choose, or one has to say which language.
            NotFound: if no source gives this, with what they give.

        """
        if not self.said:
            raise NotFound(
                f"No source says anything of {self._about}.",
                hint="'medalgraph conflicts' lists where sources differ.",
            )
        values = {each.value for each in self.said}
        if len(values) == len({_language(value) for value in values}):
            given = ", ".join(sorted(self._shown(value) for value in values))
            raise BadInput(
                f"There is nothing to decide about {self._about}: the sources give {given} only.",
                hint="'medalgraph conflicts' lists where they differ.",
            )
        found = self._meant(text)
        language = _language(found)
        self.said = [each for each in self.said if _language(each.value) == language]
        return found

    def _meant(self, text: str) -> Object:
        values = list(dict.fromkeys(each.value for each in self.said))
        exact = [value for value in values if text in self._spellings(value)]
        by_source = [
            each.value
            for each in self.said
            if text in (each.graph.value, spelled(each.graph, self._prefixes), _slug(each.graph))
        ]
        found = list(dict.fromkeys(exact or by_source))
        if len(found) == 1:
            return found[0]
        if found:
            found.sort(key=_language)
            several = [property_text(self._predicate, _language(value)) for value in found]
            raise BadInput(
                f"{text!r} can mean {_or([self._shown(value) for value in found])}.",
                hint=f"Say which is meant: {_or(several)} as the property, or the value itself.",
            )
        raise self._nobody(text, values)

    def _nobody(self, text: str, values: list[Object]) -> NotFound:
        known = [value.value for value in values] + [_slug(each.graph) for each in self.said]
        near = near_texts(Literal(text), map(Literal, known))
        givers: dict[Object, list[str]] = {}
        for each in self.said:
            mark = " (set aside)" if each.claim is not None else ""
            givers.setdefault(each.value, []).append(_slug(each.graph) + mark)
        listed = "; ".join(f"{self._shown(v)} from {', '.join(g)}" for v, g in givers.items())
        perhaps = f"Perhaps {_or([repr(each.value) for each in near])}. " if near else ""
        return NotFound(
            f"No source gives {text!r} for {self._about}, and none is called so.",
            hint=f"{perhaps}There are: {listed}.",
        )

    def _spellings(self, value: Object) -> tuple[str, ...]:
        """Return what may be typed for a value."""
        return value.value, spelled(value, self._prefixes), str(value)

    def _shown(self, value: Object) -> str:
        return spelled(value, self._prefixes)


def command(conflict: Conflict, value: Object, names: Names) -> str:
    """Return the command that keeps a value of a conflict, to be pasted into a shell."""
    prefixes = names.prefixes()
    typed = value.value if isinstance(value, Literal) else spelled(value, prefixes)
    parts = [
        spelled(conflict.subject, prefixes),
        property_text(conflict.predicate, conflict.language),
        typed,
    ]
    if any(part.startswith("-") for part in parts):
        return f'medalgraph decide --reason "..." -- {shlex.join(parts)}'
    return f'medalgraph decide {shlex.join(parts)} --reason "..."'


def counted_by_property(found: Iterable[Conflict]) -> dict[NamedNode, int]:
    """Return how many conflicts there are of each property, in the order of the list."""
    return dict(Counter(each.predicate for each in found))


def _node(text: str, names: Names) -> NamedNode | None:
    """Return the address that a text is or shortens, if it is one."""
    prefix, colon, rest = text.partition(":")
    if not colon:
        return None
    space = names.prefixes().get(prefix)
    if space is not None:
        return NamedNode(space + rest)
    return iri(text.strip("<>"))


def _language(value: Object) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def _slug(graph: NamedNode) -> str:
    return graph.value.rpartition("/")[2]


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _or(texts: Sequence[str]) -> str:
    *first, last = texts or [""]
    return f"{', '.join(first)} or {last}" if first else last
