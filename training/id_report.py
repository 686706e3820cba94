"""How well a store's semantic IDs use their codes: ``python -m training.id_report --home HOME --store NAME``.

Collapse shows as unused codes and large groups; that codes mean something shows as cosines that rise with the length
of a shared prefix. Measured are the IDs of the store's generator, or with ``--index-method`` those of a quantiser
that is fitted for the report alone. With ``--new SHARE`` it is fitted without this share of the items, which then get
their codes as an item does that comes later; a second curve compares them with the items it knows.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrievers.base import Vectors
from retrievers.encoders import EMBEDDED, load_encoder
from retrievers.generative import Model
from retrievers.pipeline import generator_file
from retrievers.quantiser import Quantiser
from retrievers.semantic_ids import Codes, IndexMethod
from store.interactions import Visits
from training.bench import OpenStore, open_store
from training.id_shape import book_size
from training.index_methods import fit, read_visits
from training.train_store import features_of

MOST_COMPARED = 2000  # items drawn to be compared with all others
AT_ONCE = 250
SEED = 0


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


def report(codes: Codes, size: int, vectors: Vectors) -> IdReport:
    """Measure codes (n_items, levels) of codebooks of ``size`` against the unit vectors that they stand for."""
    _, counts = np.unique(codes, axis=0, return_counts=True)
    usage = tuple(len(np.unique(level)) / size for level in codes.T)
    everything = np.arange(len(codes))
    cosines = cosines_by_prefix(codes, vectors, everything, everything)
    return IdReport(usage, float((counts == 1).sum() / len(codes)), int(counts.max()), cosines)


def cosines_by_prefix(
    codes: Codes, vectors: Vectors, some: NDArray[np.int64], others: NDArray[np.int64]
) -> tuple[float, ...]:
    """Mean cosine of an item of ``some`` with another of ``others``, by how many first codes they share.

    The result has levels + 1 numbers. Of ``some`` at most MOST_COMPARED are drawn.
    """
    if len(some) > MOST_COMPARED:
        some = np.random.default_rng(SEED).permutation(some)[:MOST_COMPARED]
    sums, counts = np.zeros(codes.shape[1] + 1), np.zeros(codes.shape[1] + 1)
    for shared, cosine in _compared(codes, vectors, some, others):
        sums += np.bincount(shared, cosine, len(sums))
        counts += np.bincount(shared, minlength=len(sums))
    return tuple(np.where(counts > 0, sums / np.maximum(counts, 1), np.nan).tolist())


def _compared(
    codes: Codes, vectors: Vectors, some: NDArray[np.int64], others: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
    """Of all pairs of different items, part by part: how many first codes they share, and their cosine."""
    for at in range(0, len(some), AT_ONCE):
        part = some[at : at + AT_ONCE]
        alike = np.ones((len(part), len(others)), dtype=np.bool_)
        shared = np.zeros(alike.shape, dtype=np.int64)
        for level in codes.T:
            alike &= level[part][:, None] == level[others]
            shared += alike
        different = part[:, None] != others
        yield shared[different], (vectors[part] @ vectors[others].T)[different]


def as_text(found: IdReport) -> str:
    """The report in lines."""
    return "\n".join(
        (
            f"codes used per level: {', '.join(f'{share:.0%}' for share in found.usage)}",
            f"alone with their codes: {found.unique:.0%} of the items; largest group: {found.largest}",
            f"mean cosine of two items that share 0, 1, ... codes: {_listed(found.cosines)}",
        )
    )


def _listed(cosines: Sequence[float]) -> str:
    return ", ".join(f"{cosine:.2f}" for cosine in cosines)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the report of one store."""
    args = _parser().parse_args(argv)
    store = open_store(args.store, args.home, load_encoder(EMBEDDED, args.home / "models"), None, progress=False)
    joint = features_of(store).joint
    known, new = _split(len(joint), args.new)
    visits = None if args.interactions is None else read_visits(args.interactions, store.facts.item_ids)
    asked = IndexMethod(args.index_method) if args.index_method else None
    method, size, quantiser = _quantiser(store, joint, known, asked, visits)
    codes = quantiser.codes(joint)
    unit = joint / np.linalg.norm(joint, axis=1, keepdims=True).clip(1e-6)
    print(f"{args.store}: {len(joint)} items, {method} IDs of {codes.shape[1]} levels of {size} codes")
    print(as_text(report(codes, size, unit)))
    print(f"with codes from another item: {quantiser.borrowed(joint).mean():.1%} of the items")
    if len(new):
        print(f"the same among {len(known)} known items: {_listed(cosines_by_prefix(codes, unit, known, known))}")
        print(f"of {len(new)} new items with known ones: {_listed(cosines_by_prefix(codes, unit, new, known))}")


def _quantiser(
    store: OpenStore, joint: Vectors, known: NDArray[np.int64], method: IndexMethod | None, visits: Visits | None
) -> tuple[IndexMethod, int, Quantiser]:
    """That of the store's generator, unless a method is named, items are held out or there is no generator."""
    file = generator_file(store.folder)
    if method is None and file is not None and len(known) == len(joint) and visits is None:
        model = Model.load(file)
        return model.about.index_method, model.about.size, model.quantiser
    method = method or IndexMethod.SEMANTIC
    seen = None if visits is None else visits.among(known)
    return method, book_size(len(known), method), fit(method, joint[known], seen)


def _split(items: int, share: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of known and of new items, both ascending."""
    order = np.random.default_rng(SEED).permutation(items)
    new = int(items * share)
    return np.sort(order[new:]), np.sort(order[:new])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MERCER_HOME of the store")
    parser.add_argument("--store", required=True)
    parser.add_argument("--index-method", choices=[method.value for method in IndexMethod], help="fit this anew")
    parser.add_argument("--interactions", type=Path, metavar="FILE", help="CSV of user_id,item_id,timestamp")
    parser.add_argument("--new", type=float, default=0.0, metavar="SHARE", help="fit without this share of the items")
    return parser


if __name__ == "__main__":
    main()
