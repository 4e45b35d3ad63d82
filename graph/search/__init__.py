"""Finding things by their names, in any script, with slips, and with reasons."""

from .entities import Entity, Spelling
from .evidence import weighed
from .files import SearchFiles
from .filters import filtered
from .index import SearchIndex
from .question import LONGEST_TEXT, MOST_HITS, Evidence, Hit, Question
from .scoring import Likeness, likeness
from .sparql import SEARCH, Filled, Searching, searching
from .words import words_of

__all__ = [
    "LONGEST_TEXT",
    "MOST_HITS",
    "SEARCH",
    "Entity",
    "Evidence",
    "Filled",
    "Hit",
    "Likeness",
    "Question",
    "SearchFiles",
    "SearchIndex",
    "Searching",
    "Spelling",
    "filtered",
    "likeness",
    "searching",
    "weighed",
    "words_of",
]
