"""A dialogue as one query: the words of now joined with what the items that they speak of are like.

"Shorter, and in blue" says nothing alone; said of a red maxi dress it asks for a short blue dress. For lexical search
the words are joined with the item's own, the turn of now twice and everything before it once. For dense search the
vector of the words is mixed with that of the item. Weights are from the dev part of multi-turn FashionIQ
(docs/RESULTS.md, "Dialogues").

This module does not know how a message is understood: refusals and wishes come with the query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from retrievers.base import EncodedQuery, PastTurn, Query, Vectors
from retrievers.content_words import content_words
from retrievers.query_encoder import QueryEncoder
from store.facts import FactTable, Mask
from store.item_vectors import ItemVectors
from store.schemas import Constraints, Item

NOW = 2  # how often the turn of now counts in the text, earlier ones counting once
ITEM_SHARE = 0.5  # of the item's vector in the mixed vector, the words having the rest


def standalone_text(
    turns: Sequence[PastTurn], get_item: Callable[[str], Item], refused: Iterable[str] = (), words: str | None = None
) -> str:
    """The dialogue as words to search by.

    Parameters
    ----------
    turns
        Oldest first, the message of now last; every item of them must be known to ``get_item``.
    refused
        Words and values that nothing may have: they are left out, also where an item has them.
    words
        What stands for the words of now; those of the last turn when None.
    """
    if not turns:
        return words or ""
    now = _said([turns[-1].text if words is None else words, *_like(spoken_of(turns), get_item)], refused)
    before = [text for turn in turns[:-1] for text in (turn.text, *_like(_of(turn), get_item))]
    return " ".join([now] * NOW + [_said(before, refused)]).strip()


def spoken_of(turns: Sequence[PastTurn]) -> tuple[str, ...]:
    """The items that the last words speak of: those of the latest turn that had any on the table."""
    return next((found for turn in reversed(turns) if (found := _of(turn))), ())


class DialogueEncoder:
    """Encodes queries of one catalog; one with ``turns`` as its dialogue asks, any other as it stands."""

    def __init__(
        self, queries: QueryEncoder, get_item: Callable[[str], Item], facts: FactTable, texts: ItemVectors
    ) -> None:
        self._queries = queries
        self._get_item = get_item
        self._facts = facts
        self._texts = texts

    def lexical(self, query: Query, allowed: Mask) -> EncodedQuery:
        """Only what lexical search needs: no vector is made."""
        return EncodedQuery(self._with_text(query), allowed, None, None)

    def encode(self, query: Query, allowed: Mask) -> EncodedQuery:
        """Text and vectors; the photo, if there is one, is left as it is."""
        encoded = self._queries.encode(query, allowed)
        if not query.turns:
            return encoded
        vector = self._mixed(encoded.text_vector, spoken_of(query.turns))
        return replace(encoded, query=self._with_text(query), text_vector=vector)

    def _with_text(self, query: Query) -> Query:
        if not query.turns:
            return query
        text = standalone_text(query.turns, self._get_item, refusals(query.constraints), query.text)
        return replace(query, text=text)

    def _mixed(self, words: Vectors | None, item_ids: Sequence[str]) -> Vectors | None:
        rows = [self._texts.rows_of(position) for position in self._facts.positions(item_ids)]
        return mixed(words, np.concatenate(rows) if rows else np.empty((0, 0), dtype=np.float32))


def mixed(words: Vectors | None, items: Vectors) -> Vectors | None:
    """The unit vector between that of words, (dim,), and the mean of the items', (n, dim); None without either."""
    if not items.size:
        return words
    mean = _unit(items.mean(axis=0))
    return mean if words is None else _unit(ITEM_SHARE * mean + (1 - ITEM_SHARE) * words)


def refusals(constraints: Constraints) -> list[str]:
    """The words and values that constraints exclude."""
    return [*constraints.exclude_words, *(value for values in constraints.exclude.values() for value in values)]


def _of(turn: PastTurn) -> tuple[str, ...]:
    """The items of one turn that lead on: the liked ones, else those on the table that were not refused."""
    return turn.liked or tuple(item_id for item_id in turn.shown if item_id not in turn.rejected)


def _like(item_ids: Sequence[str], get_item: Callable[[str], Item]) -> list[str]:
    """What most of these items say in title, type and attributes."""
    said = Counter(word for item_id in item_ids for word in dict.fromkeys(_words(get_item(item_id))))
    return [word for word, items in said.items() if 2 * items > len(item_ids)]


def _words(item: Item) -> list[str]:
    values = [value for values in item.attributes.values() for value in values]
    return " ".join([item.title, item.product_type, *values]).lower().split()


def _said(texts: Sequence[str], refused: Iterable[str]) -> str:
    """Each word of the texts once, in order, without refused ones and those that ask for nothing."""
    words = dict.fromkeys(" ".join(texts).lower().split())
    return " ".join(word for word in words if content_words(word, but=refused))


def _unit(vector: Vectors) -> Vectors:
    unit: Vectors = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit
