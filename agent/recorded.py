"""Wants that no record can answer: a fact that this shop keeps for other kinds of things only.

"A waterproof jacket" where only bags say whether they are: nothing would pass such a filter, and nothing is known to
fail it. The fact then ranks, by the words of titles and descriptions too, and the reply says that it is not recorded.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from agent.planner import SEARCHING
from agent.recipients import preferring
from agent.shopping_words import RECIPIENTS, SOFT_FACTS
from agent.state import DialogueState, fold
from agent.utterance import Utterance
from agent.words import stems
from retrievers.relaxation import KIND
from store.schemas import Constraints

_PEOPLE = frozenset(word for words in RECIPIENTS.values() for name in words for word in stems(name))


class Records(Protocol):
    """What the records of a shop hold; ``agent.shop.Shop`` is one."""

    def held(self, fact: str, type_fact: str, types: tuple[str, ...]) -> tuple[str, ...]:
        """The values of a fact among items of these types."""
        ...

    def passes(self, constraints: Constraints) -> bool:
        """Whether any item satisfies these constraints."""
        ...


def with_unrecorded(said: Utterance, state: DialogueState, records: Records) -> Utterance:
    """The utterance with the wanted facts named that can only rank.

    They are those that no item of the wanted kind has a value of, and moods ("summer", "casual") that nothing passes.
    """
    if said.intent not in SEARCHING:
        return said
    need = fold(state, said).need
    if need.type_values:
        wanted = {**state.recipient, **said.recipient, **need.include}
        kind = (need.type_fact, need.type_values)
        said = replace(said, unrecorded=tuple(f for f in wanted if not _is_recorded(f, *kind, records)))
    said = preferring(said, need, state.recipient)
    for mood in (fact for fact in need.include if fact in SOFT_FACTS and fact not in said.unrecorded):
        if records.passes(fold(state, said).constraints):
            break
        said = replace(said, unrecorded=(*said.unrecorded, mood))
    return said


def _is_recorded(fact: str, type_fact: str, types: tuple[str, ...], records: Records) -> bool:
    if fact in KIND and fact == type_fact:
        return True
    values = records.held(fact, type_fact, types)
    if fact == "product_type":  # departments for men and women; a watch is in neither
        return any(_PEOPLE & set(stems(value)) for value in values if ">" not in value)
    return bool(values)
