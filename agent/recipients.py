"""Whom a thing is for where no kind of thing is named: "a present for my mum" may be a vase, but nothing for men.

What is for her then comes first, and nothing is left out for not saying whom it is for. Once a kind is named whose
records tell it ("a scarf"), it is a condition like any other. Of prose it reads only what follows somebody who is
named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from agent.shopping_words import RECIPIENTS
from agent.state import DialogueState, Need
from agent.utterance import Utterance, Values
from agent.vocabulary import Sense
from agent.words import stem, stems

_CHILDREN = frozenset(map(stem, ("kid", "child", "children", "boy", "girl", "baby", "infant", "toddler", "junior")))

# "My wife thinks checks are ugly" says nothing of for whom the shirts are.
_JUDGES = r"thinks?|says?|said|finds?|told"
_FEELS = re.compile(
    r"\s+(?:also |just |really |always )?"
    rf"(?:(?P<judges>{_JUDGES})|loves?|likes?|hates?|prefers?|has|have|had|dislikes?)\b"
    r"(?! (?:that )?(?:he|she|they)\b)",
    re.IGNORECASE,
)


def only_judges(after: str, state: DialogueState) -> bool:
    """Whether somebody who is named before these words is no recipient: it is for another, or a thing is in hand."""
    feels = _FEELS.match(after)
    return feels is not None and bool(state.recipient or (feels["judges"] and state.need.type_values))


class People(Protocol):
    """What a shop's records tell of people; ``agent.shop.Shop`` has it."""

    def recipient(self, word: str) -> Sense | None:
        """Whom an item is for, in the store's words."""
        ...


def preferring(said: Utterance, need: Need, recipient: Values) -> Utterance:
    """The utterance with whom the thing is for as what would be liked, where no kind of thing is named."""
    whom = {**recipient, **said.recipient}
    if need.type_values or need.unknown_type or need.photo or need.anchor:
        known = {f: v for f, v in whom.items() if need.preferred.get(f) == v and f not in said.unrecorded}
        return replace(said, include={**known, **said.include})
    return replace(
        said, preferred={**whom, **said.preferred}, unrecorded=tuple(dict.fromkeys((*said.unrecorded, *whom)))
    )


def of_children(wanted: Values, facts: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The ages that name children, where it is wanted for somebody who is none: men's shirts are no boys'."""
    if not wanted or any(_names_children(value) for values in wanted.values() for value in values):
        return {}
    ages = {fact: values for fact, values in facts.items() if "age" in stems(fact.replace("_", " "))}
    named = {fact: tuple(value for value in values if _names_children(value)) for fact, values in ages.items()}
    return {fact: values for fact, values in named.items() if values and fact not in wanted}


def _names_children(value: str) -> bool:
    return not _CHILDREN.isdisjoint(stems(value.replace("-", " ")))


def only_preferred(state: DialogueState) -> Values:
    """For whom the thing in hand is, where that is no condition."""
    return {f: v for f, v in state.recipient.items() if f in state.need.preferred and f in state.need.unrecorded}


def for_others(wanted: Values, people: People, shared: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The values of the same facts that are for somebody else; ``shared`` are those of items that are for her too."""
    senses = [sense for word in RECIPIENTS if (sense := people.recipient(word)) is not None]
    kept = set(shared)
    found: dict[str, tuple[str, ...]] = {}
    for fact, values in wanted.items():
        named = [value for sense in senses if sense.fact == fact for value in sense.wide]
        found[fact] = tuple(dict.fromkeys(value for value in named if value not in {*values, *kept}))
    return {fact: values for fact, values in found.items() if values}
