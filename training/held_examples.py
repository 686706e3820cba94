"""Dialogues that people held, as a generator learns from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL.Image import Image
from tqdm import tqdm

from retrievers.base import Encoder, Vectors
from retrievers.dialogue_prefix import PrefixReader
from retrievers.query_encoder import QueryEncoder
from retrievers.standalone import DialogueEncoder
from training.bench import OpenStore
from training.dialogues import Reader, asked, so_far
from training.generator_examples import Example
from training.sessions import Session

DEV_SHARE = 0.1  # of the sessions, by target


def held_examples(
    store: OpenStore, sessions: Sequence[Session], reader: Reader, pieces: PrefixReader
) -> list[Example]:
    """Every turn of every session as an example; sessions whose target the catalog does not hold are left out.

    A turn leads to the target, and where the next one speaks of a single item, to that item too: the answer to this
    turn's words that the shopper went on from.
    """
    held = []
    for session in sessions:
        if session.target not in store.catalog:
            continue
        dialogues = list(so_far(session, store.catalog))
        for number, turns in enumerate(dialogues, start=1):
            answer = dialogues[number][-1].shown if number < len(dialogues) else ()
            ends = dict.fromkeys([session.target, *(answer if len(answer) == 1 else ())])
            held.append((asked(reader(turns), turns, session.target), store.facts.positions(ends)))
    if not held:
        return []
    known = KnownTexts(store.encoder, [query.text for query, _ in held])
    encoder = DialogueEncoder(
        QueryEncoder(known, store.facts), store.catalog.get, store.facts, store.hybrid.text.vectors
    )
    everything = np.ones(len(store.facts), dtype=np.bool_)
    return [
        Example(prefix, end)
        for query, ends in tqdm(held, desc="Reading held dialogues", unit="turn")
        for prefix in [pieces.read(encoder.encode(query, everything))]
        for end in ends
    ]


class KnownTexts:
    """An encoder that has encoded some texts before, all at once, which takes a tenth of the time."""

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        self.name, self.fingerprint, self.dim = encoder.name, encoder.fingerprint, encoder.dim
        self._encoder = encoder
        different = list(dict.fromkeys(texts))
        self._known = dict(zip(different, encoder.encode_texts(different), strict=True))

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (len(texts), dim)."""
        rows = [self._known[t] if t in self._known else self._encoder.encode_texts([t])[0] for t in texts]
        return np.stack(rows)

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Unit vectors, (len(images), dim)."""
        return self._encoder.encode_images(images)


def split_by_target(sessions: Sequence[Session]) -> tuple[list[Session], list[Session]]:
    """Most for training, and about a tenth for choosing; no target is in both."""
    targets = sorted({session.target for session in sessions})
    chosen = set(np.random.default_rng(0).permutation(targets)[: int(len(targets) * DEV_SHARE)].tolist())
    train = [session for session in sessions if session.target not in chosen]
    return train, [session for session in sessions if session.target in chosen]
