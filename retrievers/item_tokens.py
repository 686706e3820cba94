"""The soft tokens of one store's items and shoppers, made as they are asked for; those asked for lately are kept.

Where the store has an item encoder of its own, behaviour is read too. Other stores are read by the one that ships
with Mercer, from content alone: a behaviour vector means something only among the shoppers that it was fitted to.

This module knows no prompt and runs no language model; of the language model it reads the tokenizer and the table.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
import torch
from PIL import Image
from tokenizers import Tokenizer

from retrievers.base import Vectors
from retrievers.behaviour import FILE as BEHAVIOUR
from retrievers.behaviour import Behaviour, load_behaviour
from retrievers.errors import ItemTokensError
from retrievers.item_adapter import Adapter, MadeFor, adapter_file, check, learned_tasks, rebuild
from retrievers.item_inputs import InputReader, ShopPrices, scaled, users
from retrievers.item_language_model import BEHAVIOUR_DIM, MOST_WORDS
from retrievers.item_text import item_text
from retrievers.llm_identity import TokenTable, read_table
from retrievers.soft_tokens import Slot, SlotKind
from store.catalog import Catalog
from store.schemas import Item
from store.weights import LITE0, MINILM, fetch

log = logging.getLogger(__name__)

KEPT_ROWS = 4096  # slots; with the small model's rows some 75 MB, however long a server runs and however many items


class StoreTokens:
    """Rows for the slots of prompts about one catalog; see ``SoftTokens``. Safe to call from several threads."""

    def __init__(
        self,
        file: Path,
        made_for: MadeFor,
        catalog: Catalog,
        behaviour: Behaviour | None,
        models_dir: Path,
        llm: Path,
    ) -> None:
        """Cheap: nothing large is read before the first rows are asked for.

        Parameters
        ----------
        file, made_for
            Of the item encoder, and what it belongs to.
        behaviour
            How the store's shoppers use its items, if that is known.
        llm
            Folder of the language model that the item encoder is made for.
        """
        self._file, self._made_for, self._catalog = file, made_for, catalog
        self.tasks = learned_tasks(file)
        self._behaviour, self._models, self._llm_folder = behaviour, models_dir, llm
        self._places = {item.item_id: at for at, item in enumerate(catalog.items)}
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None
        self._made_lately = lru_cache(maxsize=KEPT_ROWS)(self._made)

    @classmethod
    def open(
        cls, catalog: Catalog, content: Callable[[], Vectors], models_dir: Path, llm: Path, given: Path | None = None
    ) -> Self | None:
        """For a store; None where neither it nor Mercer has an item encoder. Reads headers, and behaviour if any.

        ``content`` gives ``ItemFeatures.joint`` of the items, (n_items, width); ``llm`` is as in ``__init__``;
        ``given`` is the file of an item encoder to take instead.

        Raises
        ------
        ItemTokensError
            The file of the item encoder is damaged, or was made for another store or encoder.
        BehaviourError
            The file of behaviour vectors is.
        """
        folder, encoder = catalog.folder, catalog.encoder_fingerprint
        file = given or adapter_file(folder)
        if file is None:
            return None
        item_ids = [item.item_id for item in catalog.items]
        made_for = check(file, folder, catalog.name, encoder, item_ids)
        own = made_for.store == catalog.name and (folder / BEHAVIOUR).exists()
        behaviour = load_behaviour(folder, catalog.name, encoder, item_ids, content()) if own else None
        if behaviour and behaviour.made_from.fingerprint != made_for.behaviour:
            log.warning(
                "%s was trained beside other behaviour vectors than store %s has now, so it reads content alone; %s",
                *(file, catalog.name, rebuild(catalog.name)),
            )
            behaviour = None
        return cls(file, made_for, catalog, behaviour, models_dir, llm)

    @property
    def llm(self) -> str:
        """Fingerprint of the language model that the rows are made for."""
        return self._made_for.llm

    @property
    def llm_name(self) -> str:
        """Its name, for people."""
        return self._made_for.llm_name

    @property
    def per_item(self) -> int:
        """K, the rows of one item or one user."""
        return self._made_for.shape.queries

    @property
    def dim(self) -> int:
        """Numbers in a row."""
        return self._made_for.shape.llm_dim

    def rows(self, slot: Slot) -> Vectors:
        """See ``SoftTokens``.

        Raises
        ------
        ItemTokensError
            A user whom no interaction names, a task that was not learned, or a language model that cannot be read.
        """
        if slot.kind is SlotKind.HISTORY:
            items = [self.rows(Slot(SlotKind.ITEM, (item_id,))) for item_id in slot.ids]
            return np.concatenate([np.zeros((0, self.dim), np.float32), *items])
        if slot.kind is SlotKind.BLANK:
            return np.zeros((self.per_item, self.dim), np.float32)
        with self._lock:
            return self._made_lately(slot)

    def text(self, slot: Slot) -> str:
        """What a model without these rows reads: the items' titles; of anything else nothing."""
        if slot.kind not in (SlotKind.ITEM, SlotKind.HISTORY):
            return ""
        return "; ".join(self._catalog.get(item_id).title for item_id in slot.ids)

    def _made(self, slot: Slot) -> Vectors:
        if self._loaded is None:
            shop = ShopPrices([item.price_now for item in self._catalog.items])
            self._loaded = _Loaded(Adapter.load(self._file), self._models, self._llm_folder, self._made_for, shop)
        if slot.kind is SlotKind.TASK:
            return self._loaded.task(slot.ids[0])
        if slot.kind is SlotKind.USER:
            return self._loaded.user(self._user(slot.ids[0]))
        item = self._catalog.get(slot.ids[0])
        return self._loaded.item(item, self._catalog.folder, self._vector(item))

    def _user(self, user_id: str) -> Vectors:
        """The behaviour vector of a user, (dim,)."""
        if self._behaviour is None or user_id not in self._behaviour.users:
            raise ItemTokensError(f"Nothing is known of what the user {user_id!r} took; leave the slot out")
        return scaled(self._behaviour.users[user_id], self._behaviour.items)

    def _vector(self, item: Item) -> Vectors:
        if self._behaviour is None:
            return np.zeros(BEHAVIOUR_DIM, dtype=np.float32)
        return scaled(self._behaviour.items[self._places[item.item_id]], self._behaviour.items)


class _Loaded:
    """The encoder with all that it reads through."""

    def __init__(self, adapter: Adapter, models_dir: Path, llm: Path, made_for: MadeFor, shop: ShopPrices) -> None:
        self._adapter, self._shop = adapter, shop
        self._reader = InputReader(fetch(MINILM, models_dir), fetch(LITE0, models_dir) / LITE0.model_file)
        table: TokenTable = read_table(llm)
        if table.fingerprint() != made_for.llm:
            raise ItemTokensError(
                f"The item tokens are made for {made_for.llm_name}, not for the model in {llm}; "
                + rebuild(made_for.store, str(llm))
            )
        self._table = table.weight.float() * table.scale
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(llm / "tokenizer.json"))

    @torch.inference_mode()
    def item(self, item: Item, folder: Path, behaviour: Vectors) -> Vectors:
        image = open_first(item, folder)
        inputs = self._reader.read([item_text(item)], [image], [item.price_now], self._shop, behaviour[None])
        ids = self._tokenizer.encode(item_text(item), add_special_tokens=False).ids[:MOST_WORDS]
        words = torch.tensor([ids], dtype=torch.long)
        rows: Vectors = self._adapter.encoder(inputs.take(torch.tensor([0])), words, self._table)[0].numpy()
        return rows

    @torch.inference_mode()
    def user(self, behaviour: Vectors) -> Vectors:
        nothing = torch.full((1, 1), -1, dtype=torch.long)
        rows: Vectors = self._adapter.encoder(users(behaviour[None]), nothing, self._table)[0].numpy()
        return rows

    def task(self, name: str) -> Vectors:
        tasks = self._adapter.tasks
        if name not in tasks:
            raise ItemTokensError(f"No prompt was learned for the task {name!r}; there are {sorted(tasks) or 'none'}")
        rows: Vectors = tasks[name].numpy()
        return rows


def open_first(item: Item, folder: Path) -> Image.Image | None:
    """The item's first picture; None where it has none, or its file is gone."""
    path = folder / item.image_paths[0] if item.image_paths else None
    if path is None or not path.is_file():
        return None
    with Image.open(path) as image:
        return image.convert("RGB")
