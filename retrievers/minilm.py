"""all-MiniLM-L6-v2 in plain torch: short texts to unit vectors.

The published model is a six-layer BERT with mean pooling (Wang et al. 2020, arXiv:2002.10957; Reimers and Gurevych
2019, arXiv:1908.10084). ``torch.nn.TransformerEncoder`` has the same arithmetic, so the weights are loaded into it
by renaming; importing transformers for the same numbers would add seconds to every start of the program.

This module does not know where the files come from, nor anything about images.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from retrievers.base import Vectors

DIM = 384
HEADS = 12
LAYERS = 6
FEED_FORWARD = 1536
VOCABULARY = 30522
POSITIONS = 512
NORM_EPS = 1e-12
MAX_TOKENS = 256  # longer texts are cut, as the published model does
BATCH_TOKENS = 2048  # padded tokens in one forward pass

# BERT's names -> torch.nn.TransformerEncoderLayer's; query, key and value are stacked into one matrix below.
RENAMED = {
    "attention.output.dense": "self_attn.out_proj",
    "attention.output.LayerNorm": "norm1",
    "intermediate.dense": "linear1",
    "output.dense": "linear2",
    "output.LayerNorm": "norm2",
}


class MiniLM(nn.Module):
    """Token ids to one unit vector per text: embeddings, six post-norm layers, mean over the tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, DIM, _weight=torch.empty(VOCABULARY, DIM))  # draws no random numbers
        self.positions = nn.Embedding(POSITIONS, DIM)
        self.segments = nn.Embedding(2, DIM)
        self.norm = nn.LayerNorm(DIM, eps=NORM_EPS)
        layer = nn.TransformerEncoderLayer(
            DIM, HEADS, FEED_FORWARD, dropout=0.0, activation="gelu", layer_norm_eps=NORM_EPS, batch_first=True
        )
        self.layers = nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:  # both (batch, tokens) -> (batch, DIM)
        """Unit vectors; ``mask`` is True on real tokens."""
        hidden = self.states(ids, mask)
        kept = mask.unsqueeze(-1).to(hidden.dtype)
        return nn.functional.normalize((hidden * kept).sum(1) / kept.sum(1), dim=-1)

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:  # both (batch, tokens) -> (batch, tokens, DIM)
        """What each token means where it stands."""
        places = torch.arange(ids.shape[1], device=ids.device)
        hidden = self.norm(self.words(ids) + self.positions(places) + self.segments.weight[0])
        states: Tensor = self.layers(hidden, src_key_padding_mask=~mask)
        return states


class MiniLMTexts:
    """Texts in, unit vectors out; safe to call from several threads."""

    def __init__(self, folder: Path) -> None:
        """Load ``model.safetensors`` and ``tokenizer.json`` from ``folder``."""
        self._model = MiniLM()
        self._model.load_state_dict(_rename(load_file(folder / "model.safetensors")), assign=True)
        self._model.eval()
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (len(texts), DIM) float32, in the order of ``texts``."""
        vectors = np.empty((len(texts), DIM), dtype=np.float32)
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]))  # alike lengths waste no padding
        batches = []
        while order:
            batches.append(_take_batch(order, ids))
            order = order[len(batches[-1]) :]
        if len(batches) < 2:
            return self._encode_ids(ids) if ids else vectors
        # As for pictures (``image_tower``): a core for each batch beats all cores on one batch.
        with ThreadPoolExecutor(os.cpu_count(), initializer=torch.set_num_threads, initargs=(1,)) as workers:
            found = workers.map(self._encode_ids, [[ids[row] for row in batch] for batch in batches])
            for batch, rows in zip(batches, found, strict=True):
                vectors[batch] = rows
        return vectors

    @torch.inference_mode()
    def states(self, texts: Sequence[str], most: int) -> tuple[Tensor, Tensor]:
        """States of the first ``most`` tokens, (len(texts), most, DIM) half precision, and which are real, bool."""
        ids = [encoding.ids[:most] for encoding in self._tokenizer.encode_batch(list(texts))]
        states = torch.zeros(len(ids), most, DIM, dtype=torch.float16)
        said = torch.zeros(len(ids), most, dtype=torch.bool)
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        while order:
            batch = _take_batch(order, ids)
            padded, mask = _padded([ids[row] for row in batch])
            states[batch, : padded.shape[1]] = self._model.states(padded, mask).half()
            said[batch, : padded.shape[1]] = mask
            order = order[len(batch) :]
        return states, said

    @torch.inference_mode()
    def _encode_ids(self, ids: list[list[int]]) -> Vectors:
        vectors: Vectors = self._model(*_padded(ids)).numpy()
        return vectors


class WordPieces:
    """MiniLM's word pieces and their vectors, for models that read words one by one.

    The vectors are those that MiniLM starts from, before any context: words of like meaning lie near each other.
    """

    def __init__(self, folder: Path) -> None:
        """Load ``tokenizer.json`` and the table of ``model.safetensors`` from ``folder``."""
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        with safe_open(folder / "model.safetensors", "pt") as file:
            self.table: Tensor = file.get_tensor("embeddings.word_embeddings.weight")  # (VOCABULARY, DIM)

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of each text, without marks of begin and end."""
        return [found.ids for found in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def _padded(ids: list[list[int]]) -> tuple[Tensor, Tensor]:  # -> two of (len(ids), longest)
    longest = max(map(len, ids))
    padded = torch.tensor([row + [0] * (longest - len(row)) for row in ids])
    mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in ids])
    return padded, mask


def _take_batch(order: list[int], ids: list[list[int]]) -> list[int]:
    """The longest prefix of ``order`` (ascending lengths) that fits ``BATCH_TOKENS`` once padded."""
    taken = 1
    while taken < len(order) and (taken + 1) * len(ids[order[taken]]) <= BATCH_TOKENS:
        taken += 1
    return order[:taken]


def _rename(bert: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The published state dict under the names of ``MiniLM``."""
    state = {
        "words.weight": bert["embeddings.word_embeddings.weight"],
        "positions.weight": bert["embeddings.position_embeddings.weight"],
        "segments.weight": bert["embeddings.token_type_embeddings.weight"],
        "norm.weight": bert["embeddings.LayerNorm.weight"],
        "norm.bias": bert["embeddings.LayerNorm.bias"],
    }
    for name, tensor in bert.items():
        if (found := re.fullmatch(r"encoder\.layer\.(\d+)\.(.+)\.(weight|bias)", name)) and found[2] in RENAMED:
            state[f"layers.layers.{found[1]}.{RENAMED[found[2]]}.{found[3]}"] = tensor
    for layer in range(LAYERS):
        for part in ("weight", "bias"):
            attention = f"encoder.layer.{layer}.attention.self"
            stacked = [bert[f"{attention}.{role}.{part}"] for role in ("query", "key", "value")]
            state[f"layers.layers.{layer}.self_attn.in_proj_{part}"] = torch.cat(stacked)
    return state
