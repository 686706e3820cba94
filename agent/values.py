"""Arithmetic of what was said: tuples of values, mappings of facts to such tuples, and both to and from JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from agent.utterance import Values

YES = frozenset(("yes", "true", "y"))
NO = frozenset(("no", "false", "n"))
# What a record writes where it has no value.
NONE = frozenset(("na", "n/a", "n.a.", "none", "nil", "null", "-", "not applicable", "not specified"))


def yes_values(values: Iterable[str]) -> tuple[str, ...]:
    """Those that say yes, where all of a fact's values say yes, no or nothing; beside words, 1 and 0 do too.

    >>> yes_values(["Yes", "No", "1"]), yes_values(["no", "none"]), yes_values(["0", "1"]), yes_values(["yes", "led"])
    (('Yes', '1'), (), (), ())
    """
    values = tuple(values)
    words = {value.lower() for value in values} - {"0", "1"}
    plain = words & (YES | NO) and words <= YES | NO | NONE
    return tuple(value for value in values if value.lower() in YES | {"1"}) if plain else ()


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in order."""
    return tuple(dict.fromkeys(values))


def without(values: Iterable[str], gone: Iterable[str]) -> tuple[str, ...]:
    """The values that are not gone."""
    leaving = set(gone)
    return tuple(value for value in values if value not in leaving)


def without_key(values: Values, key: str) -> dict[str, tuple[str, ...]]:
    """All facts but one."""
    return {name: kept for name, kept in values.items() if name != key}


def without_same(values: Values, others: Values) -> dict[str, tuple[str, ...]]:
    """The facts that have other values than in the others, or are not in them."""
    return {name: kept for name, kept in values.items() if others.get(name) != kept}


def union(left: Values, right: Values) -> dict[str, tuple[str, ...]]:
    """The values of either, fact by fact."""
    names = unique((*left, *right))
    return {name: unique((*left.get(name, ()), *right.get(name, ()))) for name in names}


def difference(left: Values, right: Values) -> dict[str, tuple[str, ...]]:
    """The values of the left that the right has not; facts that lose all of them are left out."""
    kept = {name: without(values, right.get(name, ())) for name, values in left.items()}
    return {name: values for name, values in kept.items() if values}


def in_force(phrases: Values, exclude: Values) -> tuple[str, ...]:
    """The phrases of whose values none is gone from what is excluded."""
    refused = {value for values in exclude.values() for value in values}
    return tuple(phrase for phrase, values in phrases.items() if refused.issuperset(values))


def set_fields(value: Any) -> dict[str, Any]:
    """The fields of a dataclass that are not as in an empty one."""
    empty = type(value)()
    return {name: v for name, v in asdict(value).items() if v != getattr(empty, name)}


def tuples(data: dict[str, Any]) -> dict[str, Any]:
    """The same with tuples in the place of JSON's lists, in mappings too."""
    for name, value in data.items():
        if isinstance(value, list):
            data[name] = tuple(value)
        elif isinstance(value, Mapping):
            data[name] = {key: tuple(values) for key, values in value.items()}
    return data
