"""What a message wants beside a thing: kinds that complete it, or one kind that goes with it.

The thing is a card, or what the shopper has ("my black dress"); the conversation keeps it as the need's companion, so
that "a bag for it" and "complete the outfit" still mean the dress when shoes lie on the table.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.outfits import (
    MATCHING,
    Owned,
    asks_to_match,
    asks_what_goes_with,
    completing,
    in_its_colour,
    of_photo,
    rather_completing,
)
from agent.reading import Reading
from agent.shop_sense import ShopSense
from agent.state import DialogueState
from agent.utterance import Utterance
from agent.vocabulary import Vocabulary
from store.schemas import Item

_FOR_IT = re.compile(r"\b(?:for|with) (?:it|them)\b", re.IGNORECASE)


class OutfitReader:
    """Reads wishes for what goes with a thing in one store."""

    def __init__(self, vocabulary: Vocabulary, sense: ShopSense) -> None:
        self._vocabulary = vocabulary
        self._get_item = sense.get_item

    def completed(
        self, reading: Reading, said: Utterance, state: DialogueState, own: Owned | None
    ) -> Utterance | None:
        """ "What goes with it?" as a wish for kinds that complete the item in focus, or what is the shopper's own."""
        if not asks_what_goes_with(reading.text):
            return None
        if (said.photo or own) and not any(mention.sense.is_type for mention in reading.mentions):
            shown = own.kind if own else Item("", "", product_type=next(iter(said.type_values), ""))
            return completing(of_photo(said), shown, self._vocabulary)
        if said.type_values or said.unknown_type:
            return None
        pointed = [ref.item_id for ref in reading.references if not (ref.weak and state.need.companion)]
        in_focus = next((i for i in (*pointed, state.talked_about, state.need.companion, *state.cards) if i), "")
        found = completing(said, self._get_item(in_focus), self._vocabulary) if in_focus else None
        liked = {f: v for f, v in found.preferred.items() if f not in state.recipient} if found else {}
        return found and replace(found, preferred=liked, companion=in_focus)

    def matching(self, reading: Reading, said: Utterance, state: DialogueState, own: Owned | None) -> Utterance:
        """Of a kind those that go with the thing; "matching shoes" are rather in its colour."""
        pointed = tuple(ref.item_id for ref in reading.strong)
        cards = (
            () if state.need.type_words == MATCHING else state.cards
        )  # of what goes with it none is what is matched
        in_hand = (*reading.companions, *pointed, *filter(None, (state.talked_about, state.need.companion)), *cards)
        beside = self._beside(reading, said, state)
        if said.type_values and own:
            said = rather_completing(said, own.kind, self._vocabulary)
        elif said.type_values and beside:
            said = replace(rather_completing(said, self._get_item(beside), self._vocabulary), companion=beside)
        if not (said.type_values and in_hand and asks_to_match(reading.text)):
            return said
        return in_its_colour(said, state.need.include, self._get_item(in_hand[0]))

    def _beside(self, reading: Reading, said: Utterance, state: DialogueState) -> str:
        """The card that the kind asked for shall go with: "shoes for the first", "a bag for it"; "" for none."""
        if reading.companions:
            return reading.companions[0]
        if reading.strong and asks_what_goes_with(reading.text):
            return reading.strong[0].item_id
        it = (state.talked_about or state.need.companion) if _FOR_IT.search(reading.text) else ""
        return it if it and not self._get_item(it).levels & set(said.type_values) else ""
