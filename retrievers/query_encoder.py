"""A query's words and photo as vectors, once, for all retrievers.

A photo whose facts the words change ("like this but in blue") is moved in the common space before it searches. With
t(value) the text vector of a value, new the wanted value and old the shop's other value nearest to the photo,

    d = unit(t(new) - t(old)),    v = unit(image - <image, d> d + STRENGTH d)

so the photo's own value no longer pulls back, the new one pulls, and everything at right angles to the change, the
style, stays. On "same product, other colour" pairs this finds the other colourway a fifth more often at the first
rank than the photo itself among items of that colour (docs/RESULTS.md, "Composed queries").

This module does not know items' vectors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
from PIL.Image import Image

from retrievers.base import EncodedQuery, Encoder, Query, Vectors
from retrievers.content_words import content_words
from store.facts import FactTable, Mask
from store.words import fold

STRENGTH = 0.5  # chosen on the dev half of the pairs from 0.2 to 1
MOST_VALUES = 200  # of one fact; the commonest ones
KEPT_PHOTOS = 512  # vectors of photos that are remembered
SAME = 1e-3  # below this length a difference of text vectors is no direction


class QueryEncoder:
    """Encodes queries for one catalog; keeps the vectors of a fact's values once they were needed."""

    def __init__(self, encoder: Encoder, facts: FactTable) -> None:
        self._encoder = encoder
        self.encoder_name = encoder.name
        self._facts = facts
        self._photos: dict[bytes, Vectors] = {}  # by content, a pure cache
        self._values: dict[str, dict[str, Vectors]] = {}  # by fact and folded value

    def encode(self, query: Query, allowed: Mask) -> EncodedQuery:
        """The vectors of a query's words and photo beside the mask of its constraints.

        Beside a photo, words that the constraints already took care of are dropped ("like this but in blue" leaves
        none): as a ranking of their own they only draw away from what the photo shows.
        """
        if query.image is not None:
            taken = [value for values in query.constraints.include.values() for value in values]
            query = replace(query, text=" ".join(content_words(query.text, but=taken)))
        text_vector = self.text_vector(query.text) if query.text.strip() else None
        image_vector = None
        if query.image is not None:
            image_vector = self.moved(self.photo_vector(query.image), query.overrides)
        return EncodedQuery(query, allowed, text_vector, image_vector)

    def text_vector(self, text: str) -> Vectors:
        """The vector of words, (dim,)."""
        vector: Vectors = self._encoder.encode_texts([text])[0]
        return vector

    def photo_vector(self, photo: Image) -> Vectors:
        """The vector of a photo; a conversation comes back to the same one turn after turn."""
        digest = hashlib.blake2b(photo.tobytes(), digest_size=16).digest()
        known = self._photos.get(digest)
        if known is None:
            known = self._encoder.encode_images([photo])[0]
            self._photos[digest] = known
            while len(self._photos) > KEPT_PHOTOS:
                self._photos.pop(next(iter(self._photos)), None)  # oldest first; another thread may have been faster
        return known

    def moved(self, image: Vectors, overrides: Mapping[str, Sequence[str]]) -> Vectors:
        """A photo's vector with its own values of these facts replaced; values unknown to the shop change nothing."""
        for name, values in overrides.items():
            image = self._replaced(image, name, values)
        return image

    def _replaced(self, image: Vectors, name: str, values: Sequence[str]) -> Vectors:
        known = self._value_vectors(name)
        wanted = {fold(value) for value in values}
        new = [vector for value, vector in known.items() if value in wanted]
        others = [vector for value, vector in known.items() if value not in wanted]
        if not new or not others:
            return image
        old = max(others, key=lambda vector: float(vector @ image))
        return replace_direction(image, np.mean(new, axis=0), old)

    def _value_vectors(self, name: str) -> dict[str, Vectors]:
        if name not in self._values:
            values = list(islice(self._facts.facets(name), MOST_VALUES))
            vectors = self._encoder.encode_texts([_phrase(name, value) for value in values]) if values else ()
            self._values[name] = {fold(value): vector for value, vector in zip(values, vectors, strict=True)}
        return self._values[name]


def replace_direction(image: Vectors, new: Vectors, old: Vectors) -> Vectors:
    """The image vector with its component along new - old set to ``STRENGTH``; all (dim,)."""
    difference = new - old
    length = np.linalg.norm(difference)
    if length < SAME:
        return image
    direction = difference / length
    moved = image + (STRENGTH - image @ direction) * direction
    unit: Vectors = (moved / np.linalg.norm(moved)).astype(np.float32)
    return unit


def _phrase(name: str, value: str) -> str:
    """A value as words: a colour stands alone, "long" of sleeve is "long sleeve"."""
    name, value = name.replace("_", " ").lower(), value.lower()
    return value if name == "color" or name in value else f"{value} {name}"
