"""A dialogue of other people as a query: the understanding folded over turns that nobody answered.

Refusals and price bounds are hard. Positive facts only rank (``Query.wishes``): in dialogues that were not held with
this shop, "a blue one" is said of items whose colours other people wrote down. Words are searched for as they are
read (``agent/asked_words.py``), where the shop goes on to name what it read in words of its own records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.asked_words import AskedWords
from agent.planner import SEARCHING
from agent.reading import Reader
from agent.shop import Shop, speller_of, understanding_of
from agent.shopping_agent import Understanding
from agent.state import DialogueState, fold
from agent.utterance import Intent
from retrievers.base import Encoder, PastTurn, Query


def dialogue_reader(shop: Shop, encoder: Encoder) -> DialogueReader:
    """The default reader of dialogues about a shop."""
    priced = any(item.price_now is not None for item in shop.catalog.items)
    return DialogueReader(
        understanding_of(shop, encoder), AskedWords(Reader(shop.vocabulary, speller_of(shop)), priced)
    )


@dataclass(frozen=True, slots=True)
class DialogueReader:
    """Reads dialogues about one shop."""

    understanding: Understanding
    words: AskedWords

    def __call__(self, turns: Sequence[PastTurn]) -> Query:
        """The query after the last turn, its ``turns`` as they are read.

        What was understood as nothing, or only refuses, still searches by its words.
        """
        state = DialogueState()
        for turn in turns:
            state = self._after(state.with_cards(turn.shown), turn)
        held = state.constraints
        hard = replace(held, include={}, in_stock=False, on_sale=False)
        photo = next((turn.image for turn in reversed(turns) if turn.image is not None), None)
        words = [self.words(turn.text) for turn in turns]
        read = tuple(replace(turn, text=heard.read) for turn, heard in zip(turns, words, strict=True))
        return Query(words[-1].asked or words[-1].read, photo, hard, turns=read, wishes=held.include)

    def _after(self, state: DialogueState, turn: PastTurn) -> DialogueState:
        """Every turn searches, whatever it was understood as; its own likes and refusals of items join."""
        said = self.understanding.understand(turn.text, state)
        intent = said.intent if said.intent in SEARCHING else Intent.SEARCH
        rejected = (*said.rejected, *turn.rejected)
        return fold(state, replace(said, intent=intent, rejected=rejected, liked=(*said.liked, *turn.liked)))
