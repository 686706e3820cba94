"""Behaviour vectors: items and shoppers in one space, where a product tells who takes what.

They are factors of implicit-feedback ALS (Hu, Koren & Volinsky 2008), fitted by ``training/behaviour.py``. The file
in a store's folder holds those of the items that somebody visited, by item id, and a linear map from content vectors
that predicts the others (Gantner et al. 2010), so it goes on fitting a catalog that has lost and gained items. This
module knows no torch and fits nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from retrievers.base import Vectors
from retrievers.errors import BehaviourError
from store.generations import disk_errors

FILE = "behaviour.safetensors"
KNOWN_SHARE = 0.5  # of the items with visits must still be there, else it is another store's file


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What a file of behaviour vectors belongs to, and how it was fitted.

    ``interactions`` and ``catalog`` are hashes of the events and of the item ids at that time: they tell whether the
    same fit would come out, and a catalog that has changed since is no reason to refuse the file. ``r2`` and
    ``cosine`` say how well the map from content does on held-out items, None where there are too few.
    """

    store: str
    encoder: str  # fingerprint
    catalog: str
    interactions: str
    dim: int
    confidence: float  # alpha: how much a visit counts for, where no visit counts for one
    regularization: float
    penalty: float  # of the ridge regression from content
    r2: float | None = None
    cosine: float | None = None

    @property
    def fingerprint(self) -> str:
        """Changes with everything that the vectors depend on; what is trained on them carries it."""
        origin = (self.store, self.encoder, self.catalog, self.interactions)
        parts = (*origin, self.dim, self.confidence, self.regularization)
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ContentMap:
    """Behaviour vectors out of content vectors: ``content @ weights + offset``."""

    weights: Vectors  # (width, dim)
    offset: Vectors  # (dim,)

    def predict(self, content: Vectors) -> Vectors:
        """(n, dim) from (n, width)."""
        found: Vectors = content @ self.weights + self.offset
        return found


@dataclass(frozen=True, slots=True)
class Factors:
    """What a fit gives and the file holds."""

    made_from: MadeFrom
    item_ids: tuple[str, ...]  # those with visits
    items: Vectors  # (len(item_ids), dim)
    user_ids: tuple[str, ...]
    users: Vectors  # (len(user_ids), dim)
    content_map: ContentMap

    def save(self, path: Path) -> None:
        """Write beside and then onto the place, so that no half-written file is found."""
        partial = path.with_suffix(".part")
        tensors = {
            "items": self.items,
            "users": self.users,
            "weights": self.content_map.weights,
            "offset": self.content_map.offset,
            "item_ids": _packed(self.item_ids),
            "user_ids": _packed(self.user_ids),
        }
        with disk_errors(path):
            contiguous = {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}
            save_file(contiguous, partial, {"made_from": json.dumps(asdict(self.made_from))})
            partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Factors:
        """Read a file; raises ``BehaviourError`` as ``read_made_from`` does."""
        made_from = read_made_from(path)
        try:
            with safe_open(path, "np") as file:
                weights, offset, items, users = map(file.get_tensor, ("weights", "offset", "items", "users"))
                item_ids, user_ids = (_unpacked(file.get_tensor(name)) for name in ("item_ids", "user_ids"))
        except (OSError, SafetensorError, ValueError) as error:
            raise _damaged(path, error) from error
        return cls(made_from, item_ids, items, user_ids, users, ContentMap(weights, offset))


@dataclass(frozen=True)
class Behaviour:
    """The vectors of one catalog and its shoppers; a dot product of two is how much a shopper takes to an item.

    Attributes
    ----------
    items
        (n_items, dim) float32, in the order of the catalog.
    observed
        (n_items,), False where nobody visited the item and its vector is predicted from content.
    users
        (dim,) by user id.
    made_from
        What they belong to.
    """

    items: Vectors
    observed: NDArray[np.bool_]
    users: Mapping[str, Vectors]
    made_from: MadeFrom


def load_behaviour(
    folder: Path, store: str, encoder: str, item_ids: Sequence[str], content: Vectors
) -> Behaviour | None:
    """The behaviour vectors of a store; None where nothing was imported.

    Parameters
    ----------
    folder, store, encoder
        The store's folder, its name, and the fingerprint of the encoder of its vectors.
    item_ids, content
        Its present items, and ``ItemFeatures.joint`` of them (n_items, width): items that the file does not have get
        their vector from it.

    Raises
    ------
    BehaviourError
        The file is damaged, or of another encoder or store.
    """
    path = folder / FILE
    if not path.exists():
        return None
    factors = _checked(path, store, encoder, item_ids)
    if content.shape != (len(item_ids), len(factors.content_map.weights)):
        width = len(factors.content_map.weights)
        raise BehaviourError(f"{path} predicts from content of width {width}, not {content.shape}; {rebuild(store)}")
    rows = {item_id: row for row, item_id in enumerate(factors.item_ids)}
    found = np.array([rows.get(item_id, -1) for item_id in item_ids], dtype=np.int64)
    observed = found >= 0
    items = np.empty((len(item_ids), factors.items.shape[1]), dtype=np.float32)
    items[observed] = factors.items[found[observed]]
    items[~observed] = factors.content_map.predict(content[~observed])
    users = dict(zip(factors.user_ids, factors.users, strict=True))
    return Behaviour(items, observed, users, factors.made_from)


def coverage(folder: Path, store: str, encoder: str, item_ids: Sequence[str]) -> tuple[int, int]:
    """How many of a store's present items, and how many users, have vectors from visits.

    Raises
    ------
    BehaviourError
        As ``load_behaviour`` does.
    """
    factors = _checked(folder / FILE, store, encoder, item_ids)
    return len(set(factors.item_ids).intersection(item_ids)), len(factors.user_ids)


def _checked(path: Path, store: str, encoder: str, item_ids: Sequence[str]) -> Factors:
    """The factors of a file that belongs to this store."""
    factors = Factors.load(path)
    made_from = factors.made_from
    if made_from.encoder != encoder:
        raise BehaviourError(
            f"{path} was made beside vectors of encoder {made_from.encoder}, the store's are of {encoder}; "
            f"{rebuild(store)}"
        )
    share = len(set(factors.item_ids).intersection(item_ids)) / max(len(factors.item_ids), 1)
    if made_from.store != store or share < KNOWN_SHARE:
        raise BehaviourError(
            f"{path} is of store {made_from.store!r}, of whose visited items {store!r} has {share:.0%}; "
            f"{rebuild(store)}"
        )
    return factors


def read_made_from(path: Path) -> MadeFrom:
    """What a file belongs to, without loading it.

    Raises
    ------
    BehaviourError
        It is not one that ``Factors.save`` wrote.
    """
    try:
        with safe_open(path, "np") as file:
            return MadeFrom(**json.loads(file.metadata()["made_from"]))
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise _damaged(path, error) from error


def catalog_hash(item_ids: Sequence[str]) -> str:
    """A hash of the ids of a catalog, in their order."""
    return hashlib.sha256("\n".join(item_ids).encode()).hexdigest()[:16]


def rebuild(store: str) -> str:
    """The way out of every problem with a file of behaviour vectors."""
    return f"make it anew with: python app.py import-interactions --store {store}"


def _damaged(path: Path, error: Exception) -> BehaviourError:
    return BehaviourError(f"{path} is not a file of behaviour vectors ({error}); {rebuild(path.parent.name)}")


def _packed(ids: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(ids).encode(), dtype=np.uint8)


def _unpacked(data: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(json.loads(data.tobytes()))
