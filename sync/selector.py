r"""Selectors: a condition on documents as JSON (CouchDB, «Selector Syntax»), for feeds that want only some of them.

`{"type": "task", "places": {"$gt": 2}}` is turned once into a function. Members may be reached by a path (`a.b`, a
dot within a name is written `\.`). Values compare in CouchDB's order: null, booleans, numbers, strings, arrays,
objects. `$regex` is not known here: a pattern from outside can keep a processor busy for hours.
"""

import re
from collections.abc import Callable
from typing import Any, cast

from sync.errors import BAD_REQUEST, SyncError

Test = Callable[[Any], bool]
Members = dict[str, Any]

_MISSING = object()
_DEPTH = 20
_DOT = re.compile(r"(?<!\\)\.")
_TYPES = {"null": 0, "boolean": 1, "number": 2, "string": 3, "array": 4, "object": 5}


def compiled(selector: object) -> Test:
    """The function that says whether a document meets the selector; 400 when it is no selector."""
    if not isinstance(selector, dict):
        raise SyncError(BAD_REQUEST, "Selector error: expected a JSON object")
    return _all_of(cast("Members", selector), 0)


def rank(value: Any) -> int:
    """The place of a value's kind in CouchDB's order."""
    if value is None:
        return 0
    if isinstance(value, bool):
        return 1
    if isinstance(value, (int, float)):
        return 2
    return 3 if isinstance(value, str) else 4 if isinstance(value, list) else 5


def order(value: Any) -> Any:
    """A key by which any two JSON values compare."""
    if isinstance(value, list):
        return 4, [order(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return 5, [(name, order(one)) for name, one in cast("Members", value).items()]
    return rank(value), 0 if value is None else value


def _all_of(selector: Members, depth: int) -> Test:
    if depth > _DEPTH:
        raise SyncError(BAD_REQUEST, "The selector is nested too deep.")
    tests = [_member(name, condition, depth + 1) for name, condition in selector.items()]
    return lambda value: all(test(value) for test in tests)


def _member(name: str, condition: Any, depth: int) -> Test:
    if name.startswith("$"):
        return _operator(name, condition, depth)
    path = [part.replace("\\.", ".") for part in _DOT.split(name)]
    test = _condition(condition, depth)
    return lambda value: test(_reach(value, path))


def _condition(condition: Any, depth: int) -> Test:
    """What one member must meet: operators, a deeper selector, or simply this value."""
    if isinstance(condition, dict) and condition:
        return _all_of(cast("Members", condition), depth)
    return _operator("$eq", condition, depth)


def _reach(value: Any, path: list[str]) -> Any:
    for part in path:
        if not isinstance(value, dict) or part not in value:
            return _MISSING
        value = cast("Members", value)[part]
    return value


def _operator(name: str, told: Any, depth: int) -> Test:
    if name in _COMBINED:
        return _combined(name, told, depth)
    make = _OPERATORS.get(name)
    if make is None:
        raise SyncError(BAD_REQUEST, f"Invalid operator: {name}")
    test = make(told)
    return test if name == "$exists" else lambda value: value is not _MISSING and test(value)


def _combined(name: str, told: Any, depth: int) -> Test:
    if name == "$not":
        inner = _condition(told, depth)
        return lambda value: not inner(value)
    if name in ("$elemMatch", "$allMatch"):
        inner = _condition(told, depth)
        enough = any if name == "$elemMatch" else all
        return lambda value: bool(_elements(value)) and enough(map(inner, _elements(value)))
    tests = [_condition(one, depth) for one in _listed(told)]
    if name == "$and":
        return lambda value: all(test(value) for test in tests)
    found = name == "$or"
    return lambda value: any(test(value) for test in tests) is found


def _elements(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []


def _listed(told: Any) -> list[Any]:
    if not isinstance(told, list):
        raise SyncError(BAD_REQUEST, "This operator needs an array.")
    return cast("list[Any]", told)


def _compared(holds: Callable[[Any, Any], bool]) -> Callable[[Any], Test]:
    def make(told: Any) -> Test:
        wanted = order(told)
        return lambda value: holds(order(value), wanted)

    return make


def _within(told: Any) -> Test:
    wanted = [order(one) for one in _listed(told)]

    def test(value: Any) -> bool:
        if order(value) in wanted:
            return True
        return isinstance(value, list) and any(order(one) in wanted for one in cast("list[Any]", value))

    return test


def _every(told: Any) -> Test:
    wanted = [order(one) for one in _listed(told)]

    def test(value: Any) -> bool:
        found = [order(one) for one in cast("list[Any]", value)] if isinstance(value, list) else []
        return bool(wanted) and isinstance(value, list) and all(one in found for one in wanted)

    return test


def _not_within(told: Any) -> Test:
    inner = _within(told)
    return lambda value: not inner(value)


def _exists(told: Any) -> Test:
    return lambda value: (value is not _MISSING) is bool(told)


def _typed(told: Any) -> Test:
    if told not in _TYPES:
        raise SyncError(BAD_REQUEST, "$type needs the name of a JSON type.")
    return lambda value: rank(value) == _TYPES[told]


def _sized(told: Any) -> Test:
    return lambda value: isinstance(value, list) and len(cast("list[Any]", value)) == told


def _divided(told: Any) -> Test:
    match told:
        case [int(divisor), int(remainder)] if divisor:
            return lambda value: isinstance(value, int) and value % divisor == remainder
        case _:
            raise SyncError(BAD_REQUEST, "$mod needs a divisor and a remainder.")


_COMBINED = {"$and", "$or", "$nor", "$not", "$elemMatch", "$allMatch"}
_OPERATORS: dict[str, Callable[[Any], Test]] = {
    "$eq": _compared(lambda one, other: one == other),
    "$ne": _compared(lambda one, other: one != other),
    "$gt": _compared(lambda one, other: one > other),
    "$gte": _compared(lambda one, other: one >= other),
    "$lt": _compared(lambda one, other: one < other),
    "$lte": _compared(lambda one, other: one <= other),
    "$in": _within,
    "$nin": _not_within,
    "$all": _every,
    "$exists": _exists,
    "$type": _typed,
    "$size": _sized,
    "$mod": _divided,
}
