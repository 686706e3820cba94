"""What training a generator and searching with it cost: ``python -m training.bench_generator --store-size N``.

On a GPU where there is one, else on the processor. The store, its vectors and its dialogues are synthetic
(``synthetic_store.py``); the dialogues' drawing, the loss, the optimiser, the trie and the search are those of
``python app.py train`` and of a trained store, so times are, while what is found means nothing.

Beside the search stands a floor: the time that its weights and the items' vectors take to come once from the
device's memory, the writing layers' once a level, at the bandwidth of a copy within that memory.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from typing import TypeVar

import numpy as np
import torch
from torch import nn

from retrievers import fsq, rqvae
from retrievers.beam_search import Beams
from retrievers.dialogue_prefix import Prefix
from retrievers.generative import BEAMS, GenerativeRetriever, Model, TrainedOn, id_hashes
from retrievers.generator import Generator
from retrievers.quantiser import Quantiser
from retrievers.semantic_ids import IndexMethod
from training.device import best_device
from training.generator_examples import MadeUpDialogues, every_item
from training.id_shape import LEVELS, book_size
from training.materials import DialogueMaterial
from training.simulated_dialogues import Simulator
from training.synthetic_store import DIM, SyntheticEncoder, SyntheticPieces, SyntheticStore, synthetic_store
from training.timing import peak_memory_mb, percentiles
from training.train_generator import BATCHES, FOLLOW_EVERY, Run

Result = TypeVar("Result")

NAME = "synthetic"
DEPTH = 50  # items that a search returns
TOGETHER = (1, 64)  # dialogues in one search
WARM_UP = 3  # of what is timed
COPIED = {"cuda": 1 << 30, "cpu": 1 << 28}  # bytes, far beyond any cache
COPIES = 10
METHODS: dict[IndexMethod, Callable[..., fsq.Fsq | rqvae.RqVae]] = {
    IndexMethod.FSQ: fsq.fit,
    IndexMethod.SEMANTIC: rqvae.fit,
}


@dataclass(frozen=True, slots=True)
class Costs:
    """Everything that was measured; ``synthetic`` says that no real store was."""

    device: str
    items: int
    parameters: int
    train: dict[str, float]
    search: dict[str, dict[str, float]]  # dialogues at once -> ms a search
    floor: dict[str, float]
    peak_mb: int  # of the process, on the processor's side
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and of the processors' work; beside other work on a machine the latter is steadier."""

    clock: float
    processor: float


def _median(times: Sequence[Took]) -> Took:
    return Took(float(np.median([t.clock for t in times])), float(np.median([t.processor for t in times])))


def _searched(retriever: GenerativeRetriever, prefixes: Sequence[Prefix]) -> list[Beams]:
    everything = np.ones((len(prefixes), len(retriever.ids)), dtype=np.bool_)
    return retriever.search_from(prefixes, everything).beams(BEAMS, DEPTH)


class Bench:
    """One synthetic store on one device."""

    def __init__(self, size: int, method: IndexMethod, device: torch.device) -> None:
        self._device = device
        self._store: SyntheticStore = synthetic_store(size)
        self._pieces = SyntheticPieces()
        features = self._store.features
        self._quantiser: Quantiser = METHODS[method](features.joint, LEVELS, book_size(size)).half().float()
        simulator = Simulator(self._store.items, features, 0)
        self._source = MadeUpDialogues(simulator, features, self._pieces, SyntheticEncoder(), every_item(size))
        self._ids = [item.item_id for item in self._store.items]
        about = TrainedOn(NAME, NAME, DIM, LEVELS, book_size(size), method)
        material = DialogueMaterial(features, self._source, self._source, 1.0)
        self._run = Run(about, self._quantiser, [material], id_hashes(self._ids), self._pieces.table, device)
        self._about = about

    def train(self, batches: int) -> dict[str, float]:
        """Medians in milliseconds: drawing the dialogues, and learning from them; and the minutes of a training."""
        rng = np.random.default_rng(0)
        draws, steps = [], []
        for _ in range(WARM_UP + batches):
            batch, took = self._timed(lambda: self._run.draw(rng))
            draws.append(took)
            steps.append(self._timed(partial(self._run.step, batch))[1])
        follow = self._timed(self._run.follow)[1]
        draw, step = _median(draws[WARM_UP:]), _median(steps[WARM_UP:])
        a_batch = draw.clock + step.clock + follow.clock / FOLLOW_EVERY
        return {
            "dialogues": len(batch.examples),
            "draw_ms": round(draw.clock * 1000, 1),
            "step_ms": round(step.clock * 1000, 1),
            "draw_processor_ms": round(draw.processor * 1000, 1),
            "step_processor_ms": round(step.processor * 1000, 1),
            "seconds_per_batch": round(a_batch, 4),
            "minutes": round(a_batch * BATCHES / 60, 2),
        }

    def search(self, searches: int) -> dict[str, dict[str, float]]:
        """Milliseconds of one search from prefixes to items, by how many dialogues are searched at once."""
        model = Model(self._about, self._quantiser, self._run.best, id_hashes(self._ids))
        retriever = GenerativeRetriever(model, self._ids, self._store.features, self._pieces)
        rng = np.random.default_rng(1)
        found = {}
        for together in TOGETHER:
            batches = ([e.prefix for e in self._source.draw(together, rng)] for _ in range(WARM_UP + searches))
            took = [self._timed(partial(_searched, retriever, prefixes))[1] for prefixes in batches][WARM_UP:]
            figures = percentiles(each.clock for each in took)
            found[str(together)] = figures | {
                "ms_each": round(figures["ms_p50"] / together, 3),
                "processor_ms": round(_median(took).processor * 1000, 2),
            }
        return found

    def _timed(self, work: Callable[[], Result]) -> tuple[Result, Took]:
        """What work gives, and how long it took until the device had finished."""
        began, worked = time.perf_counter(), time.process_time()
        result = work()
        finish(self._device)
        return result, Took(time.perf_counter() - began, time.process_time() - worked)

    @property
    def parameters(self) -> int:
        """Of the generator."""
        return sum(parameter.numel() for parameter in self._run.best.parameters())

    def floor(self) -> dict[str, float]:
        """Megabytes that a search reads, and the milliseconds that this takes."""
        model = self._run.best
        reading, writing = weight_bytes(model)
        items = len(self._ids) * model.project.out_features * 4
        total, bandwidth = reading + LEVELS * writing + items, copy_bandwidth(self._device)
        return {
            "reading_mb": round(reading / 1e6, 2),
            "a_level_mb": round(writing / 1e6, 2),
            "items_mb": round(items / 1e6, 2),
            "copy_gb_s": round(bandwidth / 1e9, 1),
            "ms": round(total / bandwidth * 1000, 4),
        }


def weight_bytes(model: Generator) -> tuple[int, int]:
    """Of what reads a dialogue, and of what writes one level: the layers and that level's codes."""
    once: tuple[nn.Module, ...] = (
        model.word,
        model.vector,
        model.readers,
        model.read_norm,
        model.project,
        model.wish,
    )
    return _bytes(once), _bytes((model.writers, model.write_norm)) + model.code[0].nbytes


def _bytes(modules: Sequence[nn.Module]) -> int:
    parameters: Iterator[nn.Parameter] = chain.from_iterable(module.parameters() for module in modules)
    return sum(parameter.nbytes for parameter in parameters)


def copy_bandwidth(device: torch.device) -> float:
    """Bytes a second that a copy within the device's memory reads and writes, the best of a few."""
    source = torch.zeros(COPIED[device.type], dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    seconds = []
    for _ in range(COPIES):
        finish(device)
        began = time.perf_counter()
        target.copy_(source)
        finish(device)
        seconds.append(time.perf_counter() - began)
    return 2 * source.nbytes / min(seconds)


def finish(device: torch.device) -> None:
    """Wait until the device has done what it was asked."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def measure(size: int, batches: int, searches: int, method: IndexMethod) -> Costs:
    """All of it on the best device."""
    device = best_device()
    bench = Bench(size, method, device)
    train = bench.train(batches)
    search = bench.search(searches)
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else f"{torch.get_num_threads()} threads"
    return Costs(name, size, bench.parameters, train, search, bench.floor(), peak_memory_mb())


def main(argv: Sequence[str] | None = None) -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store-size", type=int, default=10_000, help="items")
    parser.add_argument("--batches", type=int, default=30, help="of training, after a few to warm up")
    parser.add_argument("--searches", type=int, default=50, help="for each number of dialogues at once")
    parser.add_argument("--index-method", type=IndexMethod, choices=METHODS, default=IndexMethod.FSQ)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    args = parser.parse_args(argv)
    costs = asdict(measure(args.store_size, args.batches, args.searches, args.index_method))
    print(json.dumps(costs) if args.json else "\n".join(f"{name}: {value}" for name, value in costs.items()))


if __name__ == "__main__":
    main()
