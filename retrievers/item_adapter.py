"""The file of a trained item encoder, and what it belongs to: a store, a language model, the towers it reads through.

One of another store, language model or encoder is refused with the command that makes the right one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from retrievers.errors import ItemTokensError
from retrievers.generative import id_hashes
from retrievers.item_language_model import ItemEncoder, Shape, without_texts

FILE = "ilm.safetensors"
KNOWN_SHARE = 0.5  # of the items trained on must still be there, else it is another store's file
SHIPPED = Path(__file__).resolve().parent.parent / "assets" / "models" / FILE  # reads any store's items


@dataclass(frozen=True, slots=True)
class MadeFor:
    """What an item encoder belongs to."""

    store: str
    llm: str  # fingerprint, see llm_identity
    llm_name: str
    encoder: str  # fingerprint of the store's encoder
    shape: Shape
    behaviour: str = ""  # fingerprint of the behaviour vectors; those of another fit are another space


@dataclass(frozen=True, slots=True)
class Adapter:
    """A trained encoder; ``known`` are hashes of the item ids that it was trained for, ``tasks`` learned prompts."""

    made_for: MadeFor
    encoder: ItemEncoder
    known: Tensor  # (n_items,) int64
    tasks: dict[str, Tensor]  # name -> (rows, llm_dim)

    def save(self, path: Path) -> None:
        """Write what makes rows in half precision, beside and then onto the place: no half-written file is found."""
        tensors = {
            f"encoder.{name}": value.half() for name, value in without_texts(self.encoder.state_dict()).items()
        }
        tensors |= {f"task.{name}": rows.half() for name, rows in self.tasks.items()}
        partial = path.with_suffix(".part")
        save_file(
            {name: value.contiguous() for name, value in tensors.items()} | {"known": self.known},
            partial,
            {"made_for": json.dumps(asdict(self.made_for))},
        )
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Adapter:
        """Read a file; raises ``ItemTokensError`` as ``read_made_for`` does."""
        made_for = read_made_for(path)
        try:
            with safe_open(path, "pt") as file:
                state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 -- no mapping
            encoder = ItemEncoder(made_for.shape, texts=False)
            encoder.load_state_dict(without_texts(_part("encoder.", state)))
            known = state["known"]
        except (OSError, SafetensorError, KeyError, RuntimeError, ValueError) as error:
            raise _damaged(path, error) from error
        return cls(made_for, encoder.eval(), known, _part("task.", state))


def learned_tasks(path: Path) -> frozenset[str]:
    """The tasks that a file has learned prompts for, without loading them; raises as ``read_made_for`` does."""
    try:
        with safe_open(path, "pt") as file:
            names = list(file.keys())
    except (OSError, SafetensorError) as error:
        raise _damaged(path, error) from error
    return frozenset(name.removeprefix("task.") for name in names if name.startswith("task."))


def adapter_file(folder: Path) -> Path | None:
    """The item encoder of the store in ``folder``: trained here, else shipped with Mercer; None without either."""
    return next((path for path in (folder / FILE, SHIPPED) if path.exists()), None)


def read_made_for(path: Path) -> MadeFor:
    """What a file belongs to, without loading it.

    Raises
    ------
    ItemTokensError
        It is not one that ``Adapter.save`` wrote.
    """
    try:
        with safe_open(path, "pt") as file:
            made_for = MadeFor(**json.loads(file.metadata()["made_for"]))
        return replace(made_for, shape=Shape.read(asdict(made_for)["shape"]))
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise _damaged(path, error) from error


def check(path: Path, folder: Path, store: str, encoder: str, item_ids: Sequence[str]) -> MadeFor:
    """What a file belongs to; refuses one in the ``folder`` of a store that it was not trained for.

    The shipped one reads the content of any store whose vectors come from its encoder. Of the file only the header
    and the hashes of item ids are read.

    Raises
    ------
    ItemTokensError
        The file is damaged, or of another encoder or another store.
    """
    made_for = read_made_for(path)
    if made_for.encoder != encoder:
        raise ItemTokensError(
            f"{path} reads items through encoder {made_for.encoder[:12]}, the store has {encoder[:12]}; "
            + rebuild(store)
        )
    if path.parent == folder and (present := _present(path, item_ids)) < KNOWN_SHARE:
        raise ItemTokensError(
            f"{path} was trained for store {made_for.store!r}, of whose items {store!r} has {present:.0%}; "
            + rebuild(store)
        )
    return made_for


def _present(path: Path, item_ids: Sequence[str]) -> float:
    """Share of the items trained on that are among these."""
    try:
        with safe_open(path, "pt") as file:
            known = file.get_tensor("known")
    except (OSError, SafetensorError) as error:
        raise _damaged(path, error) from error
    return float(torch.isin(known, id_hashes(item_ids)).float().mean())


def training_command(store: str, llm: str = "MODEL") -> str:
    """What makes a store's item encoder for the language model in the folder ``llm``."""
    return f"python -m training.train_ilm --store {store} --llm {llm}"


def rebuild(store: str, llm: str = "MODEL") -> str:
    """The way out of every problem with an item encoder's file."""
    return f"train it with: {training_command(store, llm)}"


def _damaged(path: Path, error: Exception) -> ItemTokensError:
    return ItemTokensError(f"{path} is not an item encoder's file ({error}); {rebuild('NAME')}")


def _part(prefix: str, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The tensors of one part, in full precision."""
    return {name.removeprefix(prefix): value.float() for name, value in state.items() if name.startswith(prefix)}
