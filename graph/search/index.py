"""The index of one state: questions in, scored hits out."""

from __future__ import annotations

import re
from itertools import chain
from math import log2
from typing import TYPE_CHECKING

import tantivy

from .documents import (
    ABJAD,
    BONES,
    GAMES,
    INITIALS,
    IRI,
    JOINED,
    KIND,
    NATION,
    SOUNDS,
    SPORT,
    WEIGHT,
    WORDS,
    WRITTEN,
    entity_of,
    runs,
)
from .evidence import weighed
from .question import Evidence, Hit, Question
from .scoring import NOT_ALIKE, likeness
from .words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .entities import Entity
    from .words import Word

_MOST_WORDS = 12
"""Of a longer question the first words count."""

_CANDIDATES, _CANDIDATES_TYPED = 150, 60
"""So many documents are compared with the question, or three times as many as hits are wanted."""

_SHORTEST_SLIP, _SHORTEST_SOUND = 4, 3
_KNOWN, _MOST_KNOWN = 0.03, 0.15
"""What a doubling of the weight of a hit is worth in the order of hits, and what it is at most."""

_MOST_THINGS = 5_000

_LEAST = 0.35
"""A score below that is no hit."""

_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should
_Q = tantivy.Query


class SearchIndex:
    """Finds things by their names in one state of the store.

    Args:
        searcher: sees one state of the index, whatever becomes of its files.
        schema: its fields.
        version: the snapshot of the store that it is of.

    """

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, version: int) -> None:
        self._searcher, self._schema = searcher, schema
        self.version = version

    def __len__(self) -> int:
        """Return how many things can be found."""
        return max(self._searcher.num_docs - 1, 0)

    def find(  # noqa: PLR0913 - what can be asked, each by name
        self,
        text: str,
        *,
        kinds: Sequence[str] = (),
        nation: str = "",
        games: str = "",
        sport: str = "",
        limit: int = 20,
        evidence: Evidence | None = None,
    ) -> list[Hit]:
        """Return what a name may mean, the best first; see ``Question``."""
        question = Question(
            text,
            kinds=tuple(kinds),
            nation=nation,
            games=games,
            sport=sport,
            limit=limit,
            evidence=evidence or Evidence(),
        )
        return self.answer(question)

    def begins(self, prefix: str, *, kinds: Sequence[str] = (), limit: int = 10) -> list[Hit]:
        """Return what somebody may be typing, the best first: the last word may go on."""
        return self.answer(Question(prefix, begins=True, kinds=tuple(kinds), limit=limit))

    def answer(self, question: Question) -> list[Hit]:
        """Return the hits of a question, the best first: by score, and by how much there is."""
        asked = words_of(question.text)[:_MOST_WORDS]
        if not asked:
            return []
        found = self._candidates(asked, question)
        hits = [hit for entity in found if (hit := _hit(asked, entity, question)) is not None]
        hits.sort(key=lambda hit: (-_rank(hit), hit.label, hit.iri))
        return hits[: question.limit]

    def things(self, kind: str) -> list[Entity]:
        """Return everything of a class of which there are hundreds at most, such as Nation."""
        query = self._term(KIND, kind.lower())
        found = self._searcher.search(query, _MOST_THINGS, count=False).hits
        return sorted(
            (entity_of(self._searcher.doc(address)) for _, address in found),
            key=lambda one: (one.label, one.iri),
        )

    def has_any(self, kind: str) -> bool:
        """Tell whether anything of a class can be found."""
        return bool(self._searcher.search(self._term(KIND, kind.lower()), 1, count=False).hits)

    def addresses(self, beginning: str, *, limit: int) -> list[str]:
        """Return the IRIs of things that begin so, in capitals or not."""
        signs = (
            f"[{sign.lower()}{sign.upper()}]" if sign.isalpha() else re.escape(sign)
            for sign in beginning
        )
        query = _Q.regex_query(self._schema, IRI, "".join(signs) + ".*")
        found = self._searcher.search(query, limit, count=False).hits
        return [entity_of(self._searcher.doc(address)).iri for _, address in found]

    def labels(self, iris: Iterable[str], languages: Sequence[str] = ()) -> dict[str, str]:
        """Return what each of these things is called, of those that have a name.

        Args:
            iris: the things.
            languages: the tags of those in which to name them, the best first.

        """
        found = {}
        for iri in iris:
            hits = self._searcher.search(self._term(IRI, iri), 1, count=False).hits
            if hits:
                found[iri] = entity_of(self._searcher.doc(hits[0][1])).label_in(languages)
        return found

    def _candidates(self, asked: Sequence[Word], question: Question) -> Iterator[Entity]:
        limit = max(_CANDIDATES_TYPED if question.begins else _CANDIDATES, 3 * question.limit)
        filters = list(self._filters(question))
        seen: set[tuple[int, int]] = set()
        for query, by_weight in self._queries(asked, begins=question.begins):
            whole = _Q.boolean_query([(_MUST, query), *((_MUST, one) for one in filters)])
            order = WEIGHT if by_weight else None
            found = self._searcher.search(whole, limit, count=False, order_by_field=order).hits
            for _, address in found:
                place = (address.segment_ord, address.doc)
                if place not in seen:
                    seen.add(place)
                    yield entity_of(self._searcher.doc(address))
            if question.begins and len(found) == limit and len(asked[-1].plain) >= _SHORTEST_SLIP:
                return  # so many begin like that that slips need not be thought of

    def _filters(self, question: Question) -> Iterator[tantivy.Query]:
        if question.kinds:
            kinds = [kind.lower() for kind in question.kinds]
            yield _Q.term_set_query(self._schema, KIND, kinds)
        wanted = ((NATION, question.nation), (GAMES, question.games), (SPORT, question.sport))
        for field, value in wanted:
            if value:
                yield self._term(field, value)

    def _queries(
        self, asked: Sequence[Word], *, begins: bool
    ) -> Iterator[tuple[tantivy.Query, bool]]:
        """Yield what finds candidates, and whether the known or the fitting come first.

        Names that have all words of the question are found by how much there is of them,
        since so many may be alike that not all can be compared.
        """
        last = len(asked) - 1
        exact = [self._exact(word) for word in asked]
        if begins:
            exact[last] = self._prefix(asked[last])
            yield _all_of(exact), True
        elif last <= 1:
            yield _all_of(exact), True
        wide = [self._wide(word) for word in asked]
        if begins:
            wide[last] = _any_of([wide[last], exact[last], *self._typed(asked[last])])
        needed = (len(asked) + 1) // 2
        joined = [self._term(WORDS, run) for run in runs(asked)]
        parts = [(_SHOULD, query) for query in wide]
        yield (
            _any_of([_Q.boolean_query(parts, minimum_number_should_match=needed), *joined]),
            False,
        )

    def _exact(self, word: Word) -> tantivy.Query:
        if len(word.plain) == 1:
            return self._term(INITIALS, word.plain)
        return _any_of([self._term(WORDS, form) for form in word.forms])

    def _prefix(self, word: Word) -> tantivy.Query:
        """Return what finds words that begin with a word; initials are quicker to look up."""
        if len(word.plain) == 1:
            return self._term(INITIALS, word.plain)
        return _Q.fuzzy_term_query(self._schema, WORDS, word.plain, distance=0, prefix=True)

    def _wide(self, word: Word) -> tantivy.Query:
        """Return what finds a word in every way in which it may be spelled."""
        if len(word.plain) == 1:
            initial = _Q.const_score_query(self._term(INITIALS, word.plain), 1.0)
            return _any_of([initial, *self._in_own_script(word)])
        ways = [_Q.boost_query(self._exact(word), 2.0), *self._in_own_script(word)]
        ways.append(_Q.boost_query(self._term(JOINED, word.plain), 1.5))
        ways.append(self._term(SOUNDS, word.sound))
        ways.append(self._term(BONES if word.is_abjad else ABJAD, word.bones))
        ways.append(_Q.const_score_query(self._term(WORDS, word.plain[0]), 0.5))
        ways += self._slips(WORDS, word.plain)
        ways += self._slips(SOUNDS, word.sound)
        return _Q.disjunction_max_query(ways)

    def _in_own_script(self, word: Word) -> list[tantivy.Query]:
        if word.written.isascii():
            return []
        return [_Q.boost_query(self._term(WRITTEN, word.written), 3.0)]

    def _typed(self, word: Word) -> Iterator[tantivy.Query]:
        """Yield what finds words that begin almost with a word."""
        yield from self._slips(WORDS, word.plain, is_prefix=True)
        if len(word.sound) >= _SHORTEST_SOUND:
            yield _Q.fuzzy_term_query(self._schema, SOUNDS, word.sound, distance=0, prefix=True)

    def _slips(self, field: str, text: str, *, is_prefix: bool = False) -> list[tantivy.Query]:
        if len(text) < _SHORTEST_SLIP:
            return []
        fuzzy = _Q.fuzzy_term_query(self._schema, field, text, distance=1, prefix=is_prefix)
        return [_Q.boost_query(fuzzy, 3.0)]

    def _term(self, field: str, text: str) -> tantivy.Query:
        return _Q.term_query(self._schema, field, text, index_option="freq")


def _rank(hit: Hit) -> float:
    """Return by what hits are ordered: who is known comes a little before who is not."""
    return hit.score + min(_KNOWN * log2(1 + hit.weight), _MOST_KNOWN)


def _all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return _Q.boolean_query([(_MUST, query) for query in queries])


def _any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return _Q.boolean_query([(_SHOULD, query) for query in queries])


def _hit(asked: Sequence[Word], entity: Entity, question: Question) -> Hit | None:
    best, matched = NOT_ALIKE, entity.spellings[0]
    for spelling in entity.spellings:
        found = likeness(asked, words_of(spelling.text), begins=question.begins)
        if found.score > best.score:
            best, matched = found, spelling
    if best.score < _LEAST:
        return None
    score, more = weighed(best.score, entity, question.evidence)
    label = entity.label_in(question.languages)
    other = () if matched.text == label else (f"Also called {matched.text}.",)
    return Hit(
        iri=entity.iri,
        label=label,
        matched=matched.text,
        language=matched.language,
        score=score,
        reasons=tuple(chain(other, best.reasons, more)),
        kinds=entity.kinds,
        nations=entity.nations,
        games=entity.games,
        sports=entity.sports,
        born=entity.born,
        weight=entity.weight,
    )
