"""What is asked: a name as somebody wrote it, and what else they know of whom they mean."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from typing import Literal as OneOf

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL_LIMIT = 10
MOST = 50
"""So many candidates are given at most."""
LONGEST = 200
"""No name has more characters; nothing is looked for that has."""

Quantifier = OneOf["any", "all", "none"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One property of whom is meant, with the values that somebody wrote down.

    Attributes:
        prop: the identifier of the property.
        values: texts, or identifiers of things that were reconciled before.
        required: whether only candidates that agree are wanted.
        quantifier: of how many values a candidate has to agree.

    """

    prop: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: Quantifier = "any"


@dataclass(frozen=True, slots=True)
class Query:
    """One name to reconcile.

    Attributes:
        texts: the name, or several of which one is right; none if only other evidence is given.
        kinds: the identifiers of the kinds of thing that may be meant; empty for all.
        limit: how many candidates are wanted.
        ids: identifiers that are known to be those of whom is meant.

    """

    texts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    limit: int = USUAL_LIMIT
    evidence: tuple[Evidence, ...] = ()
    ids: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the query as another process reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Query:
        """Return the query that ``to_json`` told."""
        evidence = tuple(
            Evidence(one["prop"], tuple(one["values"]), one["required"], one["quantifier"])
            for one in told["evidence"]
        )
        texts, kinds, ids = (tuple(told[name]) for name in ("texts", "kinds", "ids"))
        return cls(texts, kinds, told["limit"], evidence, ids)
