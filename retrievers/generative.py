"""The generative retriever of one store: dialogue in, items of this store out, by beam search over their IDs.

A store has it once ``python app.py train`` has made its file. The file holds the quantiser and the generator; IDs are
made from the vectors that the store has now, so an item that came later has one too. A file of another store or
another encoder is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Self

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional as F

from retrievers.base import Candidate, EncodedQuery
from retrievers.beam_search import Search, SearchSpace, ordered_items
from retrievers.dialogue_prefix import ItemFeatures, Pieces, Prefix, PrefixReader, collate
from retrievers.errors import GeneratorError
from retrievers.generator import Generator
from retrievers.quantiser import FROM_STATE, Quantiser
from retrievers.semantic_ids import IndexMethod, Mask, Trie, with_last_token

NAME = "generative"
FILE = "generator.safetensors"
BEAMS = 40
KNOWN_SHARE = 0.5  # of the items trained on must still be there, else it is another store's file


@dataclass(frozen=True, slots=True)
class TrainedOn:
    """What a generator's file belongs to."""

    store: str
    encoder: str  # fingerprint
    dim: int
    levels: int
    size: int
    index_method: IndexMethod = IndexMethod.SEMANTIC  # files from before there was a choice name none
    pictures: bool = True  # whether any item had one; files from before that was kept say nothing


@dataclass(frozen=True, slots=True)
class Reranking:
    """The powers of test-time reranking by evaluator, and the scale of the base score; see ``reranker.py``.

    ``held`` tells that they were fitted on dialogues that people held, not on made-up ones, whose wordings are those
    that the generator was trained on: what it earns there it does not earn on other people's words.
    """

    powers: Mapping[str, float] = field(default_factory=dict)
    sharpness: float = 1.0
    held: bool = False

    @property
    def words_trust(self) -> float:
        """The share of ``sharpness`` that counts where words alone ask, chosen on dev queries (docs/RESULTS.md)."""
        return 1.0 if self.held else 0.5


class Model:
    """Quantiser and generator, with what they were trained on and how their candidates are reranked."""

    def __init__(
        self,
        about: TrainedOn,
        quantiser: Quantiser,
        generator: Generator,
        known: Tensor,
        reranking: Reranking | None = None,
    ) -> None:
        self.about = about
        self.quantiser = quantiser
        self.generator = generator.eval()
        self.known = known  # (n_items,) int64, hashes of the item ids trained on
        self.reranking = reranking or Reranking()

    def save(self, path: Path) -> None:
        """Write in half precision, beside and then onto the place, so that no half-written file is found."""
        parts = (("quantiser.", self.quantiser.state_dict()), ("generator.", self.generator.state_dict()))
        tensors = {prefix + name: _half(tensor) for prefix, state in parts for name, tensor in state.items()}
        partial = path.with_suffix(".part")
        save_file(
            {name: t.contiguous() for name, t in tensors.items()} | {"known": self.known},
            partial,
            {"about": json.dumps(asdict(self.about)), "reranking": json.dumps(asdict(self.reranking))},
        )
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file.

        Raises
        ------
        GeneratorError
            It is not one that ``save`` wrote.
        """
        about = read_about(path)
        try:
            with safe_open(path, "pt") as file:
                reranking = Reranking(**json.loads(file.metadata()["reranking"]))
                state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 -- no mapping
            quantiser = FROM_STATE[about.index_method](_part("quantiser.", state))
            generator = Generator(about.dim, about.levels, about.size)
            generator.load_state_dict(_part("generator.", state))
        except (OSError, SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as error:
            raise GeneratorError(f"{path} is not a generator's file ({error}); {rebuild('NAME')}") from error
        return cls(about, quantiser, generator, state["known"], reranking)


def _half(tensor: Tensor) -> Tensor:
    return tensor.half() if tensor.is_floating_point() else tensor


def _part(prefix: str, state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors of one part, in full precision."""
    own = {name.removeprefix(prefix): tensor for name, tensor in state.items() if name.startswith(prefix)}
    return {name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in own.items()}


def read_about(path: Path) -> TrainedOn:
    """What a file belongs to, without loading it.

    Raises
    ------
    GeneratorError
        It is not one that ``Model.save`` wrote.
    """
    try:
        with safe_open(path, "pt") as file:
            about = TrainedOn(**json.loads(file.metadata()["about"]))
        return replace(about, index_method=IndexMethod(about.index_method))
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise GeneratorError(f"{path} is not a generator's file ({error}); {rebuild('NAME')}") from error


def rebuild(store: str) -> str:
    """The way out of every problem with a generator's file."""
    return f"train it with: python app.py train --store {store}"


def load_for(path: Path, store: str, encoder: str, item_ids: Sequence[str], pictures: bool) -> Model:
    """The model in a file that is to rank the items of a store; ``pictures`` tells that any of them has one.

    Raises
    ------
    GeneratorError
        The file is damaged, or belongs to another encoder or another store, or to this one before it had pictures.
    """
    model = Model.load(path)
    if model.about.encoder != encoder:
        raise GeneratorError(f"{path} was trained on vectors of another encoder; {rebuild(store)}")
    if pictures and not model.about.pictures:  # it would send every photo astray
        raise GeneratorError(f"{path} was trained when {store!r} had no pictures; {rebuild(store)}")
    present = torch.isin(model.known, id_hashes(item_ids)).float().mean()
    if present < KNOWN_SHARE:
        raise GeneratorError(
            f"{path} was trained on store {model.about.store!r}, of whose items {store!r} has {present:.0%}; "
            + rebuild(store)
        )
    return model


def id_hashes(item_ids: Sequence[str]) -> Tensor:
    """One number for each item id, (n,) int64."""
    digests = [hashlib.blake2b(i.encode(), digest_size=8).digest() for i in item_ids]
    return torch.from_numpy(np.frombuffer(b"".join(digests), dtype=np.int64).copy())


class GenerativeRetriever:
    """Beam search over one catalog, on the device of the model."""

    name = NAME

    def __init__(self, model: Model, item_ids: Sequence[str], features: ItemFeatures, pieces: Pieces) -> None:
        self.ids = with_last_token(model.quantiser.codes(features.joint))  # (n_items, levels + 1)
        self.trie = Trie.of(self.ids)
        self.paths = self.trie.paths(np.arange(len(self.ids)))  # (n_items, levels + 1)
        self.reranking = model.reranking
        self._model = model.generator
        self._item_ids = item_ids
        self.features = features
        self._reader = PrefixReader(pieces, item_ids)
        self._device = self._model.start.device
        self._table = pieces.table.to(self._device)
        joint = torch.from_numpy(features.joint).to(self._device)
        self._space = SearchSpace(self.trie, ordered_items(self._model, self.trie, joint))

    @classmethod
    def open(
        cls, path: Path, store: str, encoder: str, item_ids: Sequence[str], features: ItemFeatures, pieces: Pieces
    ) -> Self:
        """From a file.

        Raises
        ------
        GeneratorError
            It does not belong to the store; see ``load_for``.
        """
        model = load_for(path, store, encoder, item_ids, bool(features.image.any()))
        return cls(model, item_ids, features, pieces)

    def retrieve(self, query: EncodedQuery, k: int) -> list[Candidate]:
        """At most k allowed items, best first; scores are log-probabilities."""
        [beams] = self.search([query]).beams(BEAMS, k)
        return [
            Candidate(self._item_ids[at], float(score), NAME)
            for at, score in zip(beams.positions, beams.scores, strict=True)
        ]

    def search(self, queries: Sequence[EncodedQuery]) -> Search:
        """Dialogues, read and ready to search."""
        prefixes = [self._reader.read(query) for query in queries]
        return self.search_from(prefixes, np.stack([query.allowed for query in queries]))

    @torch.inference_mode()
    def search_from(self, prefixes: Sequence[Prefix], allowed: Mask) -> Search:
        """Prefixes ready to search; ``allowed`` is (len(prefixes), n_items)."""
        batch = collate(prefixes, self.features).to(self._device)
        read = self._model.read(F.embedding(batch.pieces, self._table), batch)
        return Search(self._model, read, self._space, torch.from_numpy(allowed).to(self._device))
