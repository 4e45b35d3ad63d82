"""How a thing lies in the index: the fields, and what each word of its names is found by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import tantivy

from .entities import Entity, Spelling
from .words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .words import Word

REVISION = 3
"""Raised whenever anything here, in ``words`` or in ``entities`` changes what an index holds."""

IRI, WORDS, SOUNDS, BONES, ABJAD = "iri", "words", "sounds", "bones", "abjad"
JOINED, WRITTEN, INITIALS, WEIGHT, KEPT, STATE = (
    "joined",
    "written",
    "initials",
    "weight",
    "kept",
    "state",
)
KIND, NATION, GAMES, SPORT = "kind", "nation", "games", "sport"

_OF_WORDS = (WORDS, SOUNDS, BONES, ABJAD, JOINED, WRITTEN, INITIALS)
_EXACT = (IRI, KIND, NATION, GAMES, SPORT, STATE)
_LONGEST_RUN = 4
"""So many neighbouring words are also found written together."""


def schema() -> tantivy.Schema:
    """Return the fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in _OF_WORDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in _EXACT:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(WEIGHT, fast=True)
    builder.add_bytes_field(KEPT, stored=True)
    return builder.build()


def document(entity: Entity) -> tantivy.Document:
    """Return what the index holds of a thing."""
    found = tantivy.Document()
    named = [words_of(spelling.text) for spelling in entity.spellings]
    every = [word for words in named for word in words]
    texts = {
        WORDS: {form for word in every for form in word.forms},
        SOUNDS: {word.sound for word in every},
        BONES: {word.bones for word in every},
        ABJAD: {word.bones for word in every if word.is_abjad},
        JOINED: {run for words in named for run in runs(words)},
        WRITTEN: {word.written for word in every if not word.written.isascii()},
        INITIALS: {word.plain[0] for word in every},
    }
    for field, terms in texts.items():
        if terms:
            found.add_text(field, " ".join(sorted(terms)))
    found.add_text(IRI, entity.iri)
    filters = {KIND: [kind.lower() for kind in entity.kinds], NATION: entity.nations}
    filters |= {GAMES: entity.games, SPORT: entity.sports}
    for field, values in filters.items():
        for value in values:
            found.add_text(field, value)
    found.add_unsigned(WEIGHT, entity.weight)
    found.add_bytes(KEPT, _told(entity))
    return found


def entity_of(found: tantivy.Document) -> Entity:
    """Return the thing that a document was made of."""
    iri, label, spellings, kinds, nations, games, sports, born, weight, labels = json.loads(
        bytes(found.get_first(KEPT))  # type: ignore[arg-type] # bytes
    )
    return Entity(
        iri,
        label,
        tuple(Spelling(text, language) for text, language in spellings),
        tuple(kinds),
        tuple(nations),
        tuple(games),
        tuple(sports),
        born,
        weight,
        tuple(Spelling(text, language) for text, language in labels),
    )


def _told(entity: Entity) -> bytes:
    """Return a thing as the index keeps it; a list without names takes half the room."""
    told = [getattr(entity, name) for name in entity.__slots__]
    for place in (2, -1):
        told[place] = [(spelling.text, spelling.language) for spelling in told[place]]
    return json.dumps(told, ensure_ascii=False).encode()


def runs(words: Sequence[Word]) -> Iterator[str]:
    """Yield neighbouring words written together, as other spellings of a name do.

    Example:
        >>> list(runs(words_of("Reza Zadeh")))
        ['rezazadeh']

    """
    for start in range(len(words)):
        for end in range(start + 2, min(start + _LONGEST_RUN, len(words)) + 1):
            yield "".join(word.plain for word in words[start:end])
