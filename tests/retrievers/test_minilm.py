"""The text encoder with its real weights."""

from __future__ import annotations

import numpy as np
import pytest

from retrievers.encoders import EmbeddedEncoder

# The first numbers of the published model's vector of "a red summer dress" (transformers' BertModel, mean-pooled).
PUBLISHED = [-0.05618, 0.01348, -0.01984, 0.06614]


def test_texts_have_the_published_vectors(embedded: EmbeddedEncoder) -> None:
    vector = embedded.encode_texts(["a red summer dress"])[0]
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert vector[:4] == pytest.approx(PUBLISHED, abs=1e-4)


def test_order_and_batch_do_not_matter(embedded: EmbeddedEncoder) -> None:
    texts = [
        "red dress",
        "",
        "word " * 400,
        "emoji \U0001f457",
        "shoes",
        "a rather long sentence about shoes",
    ] * 9
    together = embedded.encode_texts(texts)
    alone = np.concatenate([embedded.encode_texts([text]) for text in texts[:6]])
    assert together[:6] == pytest.approx(alone, abs=1e-5)
    assert together[48:] == pytest.approx(alone, abs=1e-5)
