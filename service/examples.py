"""Questions that the first pages offer, each of which runs with one click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .context import Service


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words, and as SPARQL; the house prefixes need no declaration.

    Attributes:
        topic: what it is about, which it has in common with others.
        person: the end of the address of whom it names; nothing if it names nobody.

    """

    topic: str
    title: str
    query: str
    person: str = ""


KEYWORDS = ("Paralympic Games", "medals", "sport")
"""What all the questions are about."""

EXAMPLES = (
    Example(
        "Medals",
        "Which medals did Azerbaijan win in Paris, and who won them?",
        """\
SELECT ?medal ?event ?athlete WHERE {
  ?entry mg:nation nation:AZE ;
         mg:won ?medal ;
         mg:event ?event ;
         mg:athlete ?athlete .
  ?event mg:games games:2024-summer-para .
}
ORDER BY (?medal != mg:Gold) (?medal = mg:Bronze) ?event""",
    ),
    Example(
        "Medals",
        "How many medals of each colour in each sport did Azerbaijan win?",
        """\
SELECT ?sport
       (SUM(IF(?medal = mg:Gold, 1, 0)) AS ?gold)
       (SUM(IF(?medal = mg:Silver, 1, 0)) AS ?silver)
       (SUM(IF(?medal = mg:Bronze, 1, 0)) AS ?bronze)
WHERE {
  ?entry mg:nation nation:AZE ; mg:won ?medal ; mg:event ?event .
  ?event mg:games games:2024-summer-para ; mg:sport ?sport .
}
GROUP BY ?sport
ORDER BY DESC(?gold) DESC(?silver) DESC(?bronze)""",
    ),
    Example(
        "Reports against results",
        "What does the news report claim that official results contradict?",
        """\
SELECT ?about ?property ?claimed ?why WHERE {
  GRAPH graph:azernews-2024-09-17 {
    ?claim a mg:Claim ;
           mg:verdict mg:SetAside ;
           rdf:subject ?about ;
           rdf:predicate ?property ;
           rdf:object ?claimed ;
           mg:reason ?why .
  }
}
ORDER BY ?about ?property""",
    ),
    Example(
        "Reports against results",
        "Who says what about Azerbaijan's medals in Tokyo?",
        """\
SELECT ?source ?count ?number ?standing WHERE {
  VALUES ?count { mg:gold mg:silver mg:bronze mg:total }
  GRAPH ?source {
    ?tally mg:nation nation:AZE ;
           mg:games games:2020-summer-para .
    {
      ?tally ?count ?number .
      FILTER NOT EXISTS { ?tally mg:sport ?sport }
      BIND("stated" AS ?standing)
    } UNION {
      ?claim rdf:subject ?tally ;
             rdf:predicate ?count ;
             rdf:object ?number .
      BIND("set aside" AS ?standing)
    }
  }
}
ORDER BY ?count ?source""",
    ),
    Example(
        "People and their names",
        "Who is the swimmer that the report calls “Roman Saleh”?",
        """\
SELECT ?person ?born ?medal ?event WHERE {
  ?person rdfs:label|skos:altLabel ?name .
  FILTER(STR(?name) = "Roman Saleh")
  OPTIONAL { ?person mg:born ?born }
  OPTIONAL { ?entry mg:athlete ?person ; mg:won ?medal ; mg:event ?event }
}
ORDER BY ?event""",
        person="raman-salei-1994",
    ),
    Example(
        "Offices",
        "Who held which office, according to the report?",
        """\
SELECT ?person ?office ?body WHERE {
  ?tenure a mg:Tenure ;
          mg:person ?person ;
          mg:role ?office ;
          mg:organization ?body .
}
ORDER BY ?body ?person""",
    ),
    Example(
        "Medals",
        "Who won the most medals in Paris?",
        """\
SELECT ?person
       (GROUP_CONCAT(DISTINCT ?code; separator=", ") AS ?team)
       (COUNT(DISTINCT ?entry) AS ?medals)
WHERE {
  ?entry mg:won ?medal ;
         mg:event/mg:games games:2024-summer-para ;
         mg:nation/mg:code ?code ;
         mg:athlete|mg:guide ?person .
}
GROUP BY ?person
ORDER BY DESC(?medals) ?person
LIMIT 20""",
    ),
    Example(
        "People and their names",
        "Who were the youngest gold medallists in Paris?",
        """\
SELECT DISTINCT ?person ?born ?event WHERE {
  ?entry mg:won mg:Gold ;
         mg:event ?event ;
         mg:athlete ?person .
  ?event mg:games games:2024-summer-para .
  ?person mg:born ?born .
}
ORDER BY DESC(?born)
LIMIT 20""",
    ),
    Example(
        "Events and sports",
        "In which sports were most events held in Paris?",
        """\
SELECT ?sport (COUNT(?event) AS ?events) WHERE {
  ?event a mg:Event ;
         mg:games games:2024-summer-para ;
         mg:sport ?sport .
}
GROUP BY ?sport
ORDER BY DESC(?events) ?sport""",
    ),
    Example(
        "Events and sports",
        "In which cities are Games held? (The map shows them.)",
        """\
SELECT ?city ?games ?year WHERE {
  ?games a mg:Games ;
         mg:place ?city ;
         mg:year ?year .
  ?city mg:kind mg:City .
}
ORDER BY ?year ?games""",
    ),
    Example(
        "People and their names",
        "What is known of the sprinter Lamiya Valiyeva?",
        "DESCRIBE person:lamiya-valiyeva-2002",
        person="lamiya-valiyeva-2002",
    ),
)


def by_topic(examples: Sequence[Example]) -> dict[str, list[Example]]:
    """Return questions by what they are about, in the order of the first of each topic."""
    found: dict[str, list[Example]] = {}
    for example in examples:
        found.setdefault(example.topic, []).append(example)
    return found


def offered(service: Service) -> tuple[Example, ...]:
    """Return the questions, but for those that name somebody who was erased."""
    names = service.store.names
    return tuple(
        example
        for example in EXAMPLES
        if not (
            example.person and service.traces.is_erased(names.of("person", example.person).value)
        )
    )
