"""Simulated dialogues as queries, just as the shop and the bench would ask them of a store."""

from __future__ import annotations

from dataclasses import replace

from retrievers.base import EncodedQuery, PastTurn, Query
from retrievers.dialogue_prefix import Role
from store.facts import FactTable
from training.bench import Bench, OpenStore
from training.dialogues import Reader, asked, words_of_now
from training.simulated_dialogues import Dialogue


class MadeUpQueries:
    """Makes queries over one store, read by ``reader`` as those of shoppers are."""

    def __init__(self, store: OpenStore, reader: Reader = words_of_now) -> None:
        self._reader = reader
        self._facts = store.facts
        self._shop = store.queries
        self._bench = Bench(store, {}).encoder

    def shop(self, dialogue: Dialogue) -> EncodedQuery:
        """The wish as one message."""
        query = self._asked(dialogue.told_at_once())
        encoded = self._shop.encode(query, self._facts.allowed(query.constraints))
        return replace(encoded, image_vector=dialogue.photo)

    def bench(self, dialogue: Dialogue) -> EncodedQuery:
        """The last message, joined with what it speaks of."""
        query = self._asked(dialogue)
        encoded = self._bench.encode(query, self._facts.allowed(query.constraints))
        return replace(encoded, image_vector=dialogue.photo)

    def _asked(self, dialogue: Dialogue) -> Query:
        turns = past_turns(dialogue, self._facts)
        return asked(self._reader(turns), turns, self._facts.item_ids[dialogue.target])


def past_turns(dialogue: Dialogue, facts: FactTable) -> tuple[PastTurn, ...]:
    """A simulated dialogue as retrieval sees one."""

    def named(role: Role, turn: int) -> tuple[str, ...]:
        return tuple(facts.item_ids[at] for r, t, at in dialogue.items if r is role and t == turn)

    return tuple(
        PastTurn(text, None, named(Role.SHOWN, turn), named(Role.LIKED, turn), named(Role.REFUSED, turn))
        for turn, text in enumerate(dialogue.texts)
    )
