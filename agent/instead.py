"""The broader kind where refusals leave nothing of the one in hand: other bags for handbags without leather.

Which words cover which kinds is general knowledge (``BROADER``), looked up among the store's own kinds. A wish that
nothing meets is no reason: there the nearest of the very kind are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.planner import SEARCHING
from agent.shop import Shop
from agent.shopping_words import BROADER
from agent.state import DialogueState, Need
from agent.utterance import Utterance
from agent.vocabulary import Vocabulary
from agent.wording import things
from store.schemas import Constraints

_UNCOUNTED = ("wear", "ware", "ery", "elry")


def broadened(said: Utterance, state: DialogueState, shop: Shop) -> tuple[DialogueState, str]:
    """The state with the broader kind, and what to say of that; as it is, with "", where any of the kind is left."""
    need, refused = state.need, state.constraints
    kind = {need.type_fact: need.type_values}
    ruled_out = Constraints(include=kind, exclude=refused.exclude, exclude_words=refused.exclude_words)
    if said.intent not in SEARCHING or need.type_fact != "category" or not (refused.exclude or refused.exclude_words):
        return state, ""
    if shop.passes(ruled_out) or not shop.passes(Constraints(include=kind)):
        return state, ""
    for words, kinds in _broader(need.type_values, shop.vocabulary):
        wider = state.with_need(replace(need, type_values=kinds, type_words=words))
        if shop.passes(wider.constraints):
            named = things(DialogueState((Need(need.type_fact, need.type_values, need.type_words),), 0))
            return wider, f"Of the {named} here none is left after what you ruled out, so these are other {words}. "
    return state, ""


def _broader(kinds: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, tuple[str, ...]]]:
    """The words that cover these kinds and more, in the plural, each with all that it covers; the narrowest first."""
    senses = ((word, vocabulary.sense(word)) for word in BROADER if " " not in word)  # and not "sit on"
    found = [
        (word if word.endswith(_UNCOUNTED) else f"{word}s", sense.values)
        for word, sense in senses
        if sense is not None and sense.fact == "category" and set(kinds) < set(sense.values)
    ]
    return sorted(found, key=lambda each: len(each[1]))
