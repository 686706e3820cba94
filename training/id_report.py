"""How well a store's semantic IDs use their codes: ``python -m training.id_report --home HOME --store NAME``.

Collapse shows as unused codes and large groups; that codes mean something shows as cosines that rise with the length
of a shared prefix.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrievers.encoders import EMBEDDED, load_encoder
from retrievers.errors import GeneratorError
from retrievers.generative import Model, rebuild
from retrievers.pipeline import generator_file
from retrievers.semantic_ids import Codes
from training.bench import open_store
from training.train_store import features_of


@dataclass(frozen=True, slots=True)
class IdReport:
    """How well a catalog's IDs use their codes.

    ``usage`` is the share of the codes of each level that some item has, ``unique`` the share of items alone with
    their codes before the last token, ``largest`` the size of the largest group with equal codes, and ``cosines[p]``
    the mean cosine of the vectors of two items that share exactly p first codes (NaN where there are no such pairs).
    """

    usage: tuple[float, ...]
    unique: float
    largest: int
    cosines: tuple[float, ...]


def report(codes: Codes, size: int, vectors: NDArray[np.float32], pairs: int = 200_000) -> IdReport:
    """Measure codes (n_items, levels) of codebooks of ``size`` against the unit vectors that they stand for."""
    _, counts = np.unique(codes, axis=0, return_counts=True)
    usage = tuple(len(np.unique(level)) / size for level in codes.T)
    rng = np.random.default_rng(0)
    one, other = _pairs(codes, rng, pairs)
    shared = np.cumprod(codes[one] == codes[other], axis=1).sum(1)
    cosine = np.einsum("ij,ij->i", vectors[one], vectors[other])
    means = tuple(
        float(cosine[shared == p].mean()) if (shared == p).any() else np.nan for p in range(codes.shape[1] + 1)
    )
    return IdReport(usage, float((counts == 1).sum() / len(codes)), int(counts.max()), means)


def _pairs(codes: Codes, rng: np.random.Generator, count: int) -> tuple[Codes, Codes]:
    """Pairs of different items: half drawn at random, half neighbours in the order of their codes."""
    order = np.lexsort(codes.T[::-1])
    at = rng.integers(0, len(codes), count // 2)
    near = (at + rng.integers(1, 8, count // 2)) % len(codes)
    one = np.concatenate([rng.integers(0, len(codes), count // 2), order[at]])
    other = np.concatenate([rng.integers(0, len(codes), count // 2), order[near]])
    different = one != other
    return one[different], other[different]


def as_text(found: IdReport) -> str:
    """The report in lines."""
    cosines = ", ".join(f"{cosine:.2f}" for cosine in found.cosines)
    return "\n".join(
        (
            f"codes used per level: {', '.join(f'{share:.0%}' for share in found.usage)}",
            f"alone with their codes: {found.unique:.0%} of the items; largest group: {found.largest}",
            f"mean cosine of two items that share 0, 1, ... codes: {cosines}",
        )
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Print the report of one store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MERCER_HOME of the store")
    parser.add_argument("--store", required=True)
    args = parser.parse_args(argv)
    store = open_store(args.store, args.home, load_encoder(EMBEDDED, args.home / "models"), None, progress=False)
    file = generator_file(store.folder)
    if file is None:
        raise GeneratorError(f"Store {args.store!r} has no generator yet; {rebuild(args.store)}")
    joint = features_of(store).joint
    model = Model.load(file)
    unit = joint / np.linalg.norm(joint, axis=1, keepdims=True).clip(1e-6)
    print(as_text(report(model.quantiser.codes(joint), model.about.size, unit)))


if __name__ == "__main__":
    main()
