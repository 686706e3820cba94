"""Which values of a fact say that there is some of what it is called: 1 and 2 of "drawers", "led" of "lighting".

Beside them stand those that say there is none ("0", "no", "none", "without rail") or nothing special ("plain"). Knows
the words that shops write for none, no fact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from agent.values import NO, NONE, YES
from agent.words import stem, stems

DENYING = frozenset(("no", "without"))  # before what a value says that there is none of
_NONE = frozenset(map(stem, ("flat", "no", "none", "not", "without")))
_PLAIN = frozenset(map(stem, ("plain", "solid")))
_ZERO = re.compile(r"0+(?:[.,]0+)?")


def having_some(values: Collection[str]) -> tuple[str, ...]:
    """The values that say there is some, () where none of them says that there is none.

    >>> having_some(("0", "1", "2")), having_some(("led", "none")), having_some(("striped", "plain"))
    (('1', '2'), ('led',), ())
    """
    return having(values) if any(map(_denies, values)) else ()


def having(values: Iterable[str]) -> tuple[str, ...]:
    """The values that say there is some."""
    return tuple(value for value in values if not (_denies(value) or _PLAIN & {*stems(value)}))


def denies_part(value: str) -> bool:
    """Whether a value says by its first word that something is not there: "without rail"."""
    return stems(value)[:1] in {(word,) for word in DENYING}


def _denies(value: str) -> bool:
    written = value.strip().lower()
    return written in (NO | NONE) - YES or bool(_ZERO.fullmatch(written)) or bool(_NONE & {*stems(value)})
