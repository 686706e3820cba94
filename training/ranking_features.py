"""What a ranking model may know an item by: rows of one table of embeddings, or its content vector.

The contenders of Singh et al. 2024 (arXiv:2306.08121): random hashing of the item id, hashed n-grams of the semantic
ID, and SentencePiece's pieces of it, all with a table of equal size; and the raw content vector in place of a table.

This module does not know who ranks what.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.trainers import UnigramTrainer
from torch import Tensor, nn

from retrievers.base import Vectors
from retrievers.semantic_ids import Codes

FIRST_LETTER = 0xE000  # codes are written as letters of Unicode's private use area


class TableFeature(nn.Module):
    """An item as the sum of its rows, from ``rows`` (n_items, most), where 0 pads."""

    rows: Tensor

    def __init__(self, rows: NDArray[np.int64], size: int, width: int) -> None:
        super().__init__()
        self.register_buffer("rows", torch.from_numpy(rows))
        self.table = nn.Embedding(size + 1, width, padding_idx=0)
        self.table.weight.data *= 0.1  # keeps the padding at zero

    def forward(self, items: Tensor) -> Tensor:
        """Items (...) to their embeddings (..., width)."""
        found: Tensor = self.table(self.rows[items]).sum(-2)
        return found


class ContentFeature(nn.Module):
    """An item as one linear map of its content vector, (n_items, dim)."""

    vectors: Tensor

    def __init__(self, vectors: Vectors, width: int) -> None:
        super().__init__()
        self.register_buffer("vectors", torch.from_numpy(vectors))
        self.map = nn.Linear(vectors.shape[1], width)

    def forward(self, items: Tensor) -> Tensor:
        """Items (...) to their embeddings (..., width)."""
        found: Tensor = self.map(self.vectors[items])
        return found


def hashed_ids(items: int, size: int) -> NDArray[np.int64]:
    """One row for each item, by nothing but its id."""
    return np.array([[_row(f"item {item}", size)] for item in range(items)])


def hashed_ngrams(codes: Codes, size: int) -> NDArray[np.int64]:
    """The codes of each item and its pairs of neighbouring codes, each with its level, hashed."""
    return np.array([[_row(gram, size) for gram in _ngrams(codes_of)] for codes_of in codes.tolist()])


def _ngrams(codes: Sequence[int]) -> Iterable[str]:
    for level, code in enumerate(codes):
        yield f"{level}:{code}"
        if level:
            yield f"{level - 1}:{codes[level - 1]} {level}:{code}"


def _row(text: str, size: int) -> int:
    return 1 + zlib.crc32(text.encode()) % size


def pieces(codes: Codes, visited: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """The pieces of each item's ID, (n_items, levels): at most ``size``, learned on the IDs as often as visited.

    Runs of codes that are often seen become one piece, rare ones fall apart into single codes. Every code of every
    level is a piece, so no ID is unknown.
    """
    book = int(codes.max()) + 1
    letters = [[chr(FIRST_LETTER + level * book + code) for level, code in enumerate(row)] for row in codes.tolist()]
    words = ["".join(row) for row in letters]  # one letter a code and level
    alphabet = sorted({letter for row in letters for letter in row})
    tokenizer = Tokenizer(Unigram())
    trainer = UnigramTrainer(vocab_size=size, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator((words[item] for item in visited.tolist()), trainer)
    rows = np.zeros(codes.shape, dtype=np.int64)
    for item, encoding in enumerate(tokenizer.encode_batch(words)):
        rows[item, : len(encoding.ids)] = np.array(encoding.ids) + 1
    return rows
