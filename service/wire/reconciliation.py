"""The Reconciliation Service API 0.2 and 1.0-draft: from the parts of a request to what is asked.

Texts: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ and
https://reconciliation-api.github.io/specs/1.0-draft/. Fields that they do not have are refused,
as their schemas do: a slip in the name of a field would else lose evidence in silence.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from graph.reconciling.asking import LONGEST, MOST, USUAL_LIMIT, Evidence, Quantifier, Query
from graph.reconciling.kinds import kind_named, property_named

from .faults import BadRequest, BodyTooLarge, UnsupportedBody
from .forms import decode, one, pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .forms import Params

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
BATCH_SIZE = 25
"""How many queries there may be in a batch; OpenRefine sends ten, or a tenth of the rows."""
MOST_IDS = 1_000
"""Of so many things values are given at a time; OpenRefine asks for ten."""
MOST_PROPERTIES = 30
MOST_SUGGESTED = 20
_MOST_EVIDENCE, _MOST_VALUES = 20, 20
_SMALL = re.compile("[0-9]{1,9}")

_QUERY = ("query", "type", "limit", "properties", "type_strict")
_PROPERTY = ("pid", "v")
_MATCH = ("type", "limit", "conditions", "lang", "dir")
_CONDITION = ("matchType", "propertyId", "propertyValue", "required", "matchQuantifier")
_STRICT = ("any", "should", "all")


class Deed(Enum):
    """What a request to the endpoint of 0.2 wants."""

    MANIFEST = "manifest"
    BATCH = "queries"
    SINGLE = "query"
    EXTENSION = "extend"


_SENT = (Deed.BATCH, Deed.SINGLE, Deed.EXTENSION)
"""What a request names by a parameter; one that names nothing wants the manifest."""


@dataclass(frozen=True, slots=True)
class Extension:
    """Values that are asked for: of which things, which properties, how many of each."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]


def wanted(params: Params) -> tuple[Deed, str]:
    """Return what the parameters of the address and of a form ask for, with the JSON of it.

    Parameters that are not known are passed over: clients add a time against caches, and more.

    Raises:
        BadRequest: if they ask for two things, or for an answer as a script.

    """
    if one(params, "callback") is not None:
        raise BadRequest(
            "Answers as a script (JSONP) are not given.",
            hint="Ask without the parameter callback; every address here allows CORS.",
        )
    said = [(deed, text) for deed in _SENT if (text := one(params, deed.value)) is not None]
    if len(said) > 1:
        names = " and ".join(deed.value for deed, _ in said)
        raise BadRequest(f"The request has {names}.", hint="Send one of them at a time.")
    return said[0] if said else (Deed.MANIFEST, "")


def form_of(media_type: str, body: bytes) -> Params:
    """Return the parameters of a form.

    Raises:
        UnsupportedBody: if the body is no form.
        BadRequest: if it is not UTF-8.

    """
    kind = media_type.partition(";")[0].strip().lower()
    if body and kind != FORM:
        raise UnsupportedBody(_unread(kind), offers=[FORM])
    return pairs(body)


def json_of(media_type: str, body: bytes) -> str:
    """Return the text of a JSON body; 1.0-draft has no other.

    Raises:
        UnsupportedBody: if it says that it is something else.
        BadRequest: if it is not UTF-8.

    """
    kind = media_type.partition(";")[0].strip().lower()
    if kind != JSON:
        raise UnsupportedBody(_unread(kind), offers=[JSON])
    return decode(body, what="The body")


def _unread(kind: str) -> str:
    said = f"The media type {kind!r}" if kind else "A body without a Content-Type"
    return f"{said} is not read here."


def batch(text: str) -> dict[str, Query]:
    """Return the queries of a batch by their keys (0.2, "Structure of a Reconciliation Query").

    Raises:
        BadRequest: saying where in the batch which field is wrong.
        BodyTooLarge: if there are more than ``BATCH_SIZE``.

    """
    told = _object(document(text, what="queries"), "queries")
    _few(told)
    return {key: _query(_object(one, key), key) for key, one in told.items()}


def single(text: str) -> Query:
    """Return the one query of the parameter ``query``: a name, or an object as in a batch (0.1)."""
    if not text.lstrip().startswith("{"):
        return Query(_named(text))
    return _query(_object(document(text, what="query"), "query"), "query")


def matches(body: str) -> list[Query]:
    """Return the queries of a batch in their order (1.0-draft, "Match Service")."""
    told = _object(document(body, what="The body"), "The body")
    queries = _list(told.get("queries"), "queries")
    _few(queries)
    return [_match(_object(one, f"queries[{n}]"), f"queries[{n}]") for n, one in enumerate(queries)]


def extension(text: str) -> Extension:
    """Return what a data extension query asks for, which is the same in both versions."""
    told = _object(document(text, what="extend"), "extend")
    ids = [_text(one, f"ids[{n}]") for n, one in enumerate(_list(told.get("ids"), "ids"))]
    asked = _list(told.get("properties"), "properties")
    if len(ids) > MOST_IDS or len(asked) > MOST_PROPERTIES:
        raise BodyTooLarge(
            f"Values are given for at most {MOST_IDS:,} things and {MOST_PROPERTIES} properties"
            f" at a time; here are {len(ids):,} and {len(asked)}.",
            hint="Ask in several requests.",
        )
    return Extension(tuple(dict.fromkeys(ids)), tuple(map(_extended, asked, range(len(asked)))))


def document(text: str, *, what: str) -> Any:  # noqa: ANN401 - JSON is what it is
    """Return a JSON document.

    Raises:
        BadRequest: with line and column, if it is none.

    """
    try:
        text.encode()
        found = json.loads(text, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise BadRequest(
            f"{what} is no JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error
    except RecursionError as error:
        raise BadRequest(f"{what} is nested too deeply.") from error
    except ValueError as error:  # a number of thousands of digits, or half a character
        raise BadRequest(f"{what} holds a number or a text that cannot be kept.") from error
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _few(queries: Mapping[str, Any] | Sequence[Any]) -> None:
    if len(queries) > BATCH_SIZE:
        raise BodyTooLarge(
            f"A batch has at most {BATCH_SIZE} queries, as the manifest says (batchSize);"
            f" here are {len(queries):,}.",
            hint="Send several batches.",
        )


def _query(told: Mapping[str, Any], where: str) -> Query:
    _only(told, _QUERY, where)
    asked = _list(told.get("properties", []), f"{where}.properties")
    if "query" not in told and not asked:
        raise BadRequest(f"{where} has neither a query nor properties.", hint="Give one of them.")
    _not_too_many(asked, f"{where}.properties")
    strict = told.get("type_strict", "should")
    if strict not in _STRICT:
        _wrong(f"{where}.type_strict", f"one of {', '.join(_STRICT)}")
    return Query(
        _named(_text(told.get("query", ""), f"{where}.query")),
        _kinds(told.get("type", []), f"{where}.type"),
        _limit(told.get("limit"), f"{where}.limit"),
        tuple(_evidence(one, f"{where}.properties[{n}]") for n, one in enumerate(asked)),
    )


def _not_too_many(asked: Sequence[object], where: str) -> None:
    if len(asked) > _MOST_EVIDENCE:
        raise BodyTooLarge(f"{where} has more than {_MOST_EVIDENCE} entries.")


def _evidence(told: object, where: str) -> Evidence:
    item = _object(told, where)
    _only(item, _PROPERTY, where)
    prop = property_named(_text(item.get("pid"), f"{where}.pid")).id
    return Evidence(prop, _values(item.get("v"), f"{where}.v"))


def _match(told: Mapping[str, Any], where: str) -> Query:
    _only(told, _MATCH, where)
    conditions = _list(told.get("conditions"), f"{where}.conditions")
    if not conditions:
        raise BadRequest(f"{where} has no conditions.", hint="Give one condition at least.")
    _not_too_many(conditions, f"{where}.conditions")
    found: dict[str, list[str]] = {"name": [], "id": []}
    evidence: list[Evidence] = []
    for number, condition in enumerate(conditions):
        place = f"{where}.conditions[{number}]"
        item = _object(condition, place)
        _only(item, _CONDITION, place)
        values = _values(item.get("propertyValue"), f"{place}.propertyValue")
        kind = _text(item.get("matchType"), f"{place}.matchType")
        if kind in found:
            found[kind] += values
        elif kind == "property":
            evidence.append(_condition(item, values, place))
        else:
            _wrong(f"{place}.matchType", "name, id or property")
    kinds = _kinds(told.get("type", []), f"{where}.type")
    limit = _limit(told.get("limit"), f"{where}.limit")
    texts = _named(*found["name"])
    return Query(texts, kinds, limit, tuple(evidence), tuple(found["id"]))


def _named(*texts: str) -> tuple[str, ...]:
    """Return names as they are looked for: none that is empty, or longer than any name."""
    names = (text.strip() for text in texts)
    return tuple(name for name in names if name and len(name) <= LONGEST)


def _condition(told: Mapping[str, Any], values: tuple[str, ...], where: str) -> Evidence:
    prop = property_named(_text(told.get("propertyId"), f"{where}.propertyId")).id
    required = told.get("required", False)
    if not isinstance(required, bool):
        _wrong(f"{where}.required", "true or false")
    quantifier = told.get("matchQuantifier", "any")
    if quantifier not in get_args(Quantifier):
        _wrong(f"{where}.matchQuantifier", "any, all or none")
    return Evidence(prop, values, required, quantifier)


def _extended(told: object, number: int) -> tuple[str, int]:
    where = f"properties[{number}]"
    item = _object(told, where)
    settings = _object(item.get("settings") or {}, f"{where}.settings")
    prop = property_named(_text(item.get("id"), f"{where}.id")).id
    said = settings.get("limit", 0)
    # OpenRefine sends the content of a field as text, and an empty one for no limit.
    said = int(said) if isinstance(said, str) and _SMALL.fullmatch(said) else said
    if said in ("", None, 0):
        return prop, 0
    return prop, _limit(said, f"{where}.settings.limit")


def _kinds(told: object, where: str) -> tuple[str, ...]:
    several = told if isinstance(told, list) else [told]
    names = [
        _text(one.get("id") if isinstance(one, dict) else one, where) for one in several if one
    ]
    return tuple(dict.fromkeys(kind_named(name).id for name in names))


def _values(told: object, where: str) -> tuple[str, ...]:
    several = told if isinstance(told, list) else [told]
    if len(several) > _MOST_VALUES:
        raise BodyTooLarge(f"{where} has more than {_MOST_VALUES} values.")
    return tuple(_value(one, where) for one in several)


def _value(told: object, where: str) -> str:
    """Return a value as text; of a thing that was reconciled before its identifier."""
    if isinstance(told, dict):
        return _text(told.get("id"), f"{where}.id")
    if isinstance(told, bool | int | float):
        return f"{told:g}" if isinstance(told, float) else str(told).lower()
    return _text(told, where).strip()


def _limit(told: object, where: str) -> int:
    if told is None:
        return USUAL_LIMIT
    if isinstance(told, float) and told.is_integer():
        told = int(told)
    if isinstance(told, bool) or not isinstance(told, int) or told < 1:
        _wrong(where, "a whole number from 1")
    return min(told, MOST)


def _only(told: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    other = next((name for name in told if name not in known), None)
    if other is not None:
        raise BadRequest(
            f"{where} has a field {other!r} that is not known here.",
            hint=f"There are: {', '.join(known)}.",
        )


def _object(told: object, where: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        _wrong(where, "a JSON object")
    return told


def _list(told: object, where: str) -> list[Any]:
    if not isinstance(told, list):
        _wrong(where, "a list")
    return told


def _text(told: object, where: str) -> str:
    if not isinstance(told, str):
        _wrong(where, "a text")
    return told


def _wrong(where: str, needed: str) -> NoReturn:
    raise BadRequest(f"{where} has to be {needed}.")
