"""Arithmetic of what was said: tuples of values, and mappings of facts to such tuples."""

from __future__ import annotations

from collections.abc import Iterable

from agent.utterance import Values


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


def union(left: Values, right: Values) -> dict[str, tuple[str, ...]]:
    """The values of either, fact by fact."""
    names = unique((*left, *right))
    return {name: unique((*left.get(name, ()), *right.get(name, ()))) for name in names}


def difference(left: Values, right: Values) -> dict[str, tuple[str, ...]]:
    """The values of the left that the right has not; facts that lose all of them are left out."""
    kept = {name: without(values, right.get(name, ())) for name, values in left.items()}
    return {name: values for name, values in kept.items() if values}
