"""Do item tokens carry the item? ``python app.py evaluate ilm --store NAME [--json]``.

On items that the encoder never learned from, a frozen language model is asked about an item whose rows stand in the
prompt: its own rows (real), those of another item (swapped), zeros, and rows of an encoder that learned nothing
(random_init). What it would say anyway, it says with swapped rows too, so the difference is what the rows carry.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from retrievers.base import Encoder
from retrievers.errors import ItemTokensError
from retrievers.item_adapter import Adapter, adapter_file, check, rebuild
from retrievers.item_language_model import ItemEncoder
from retrievers.item_text import item_text
from store.schemas import Item
from training.bench import open_store
from training.frozen_llm import Asked, FrozenLLM, Told
from training.ilm_material import StoreMaterial
from training.ilm_reading import rows_of
from training.ilm_tasks import BAND_ASKED, BANDS, COLOUR_ASKED, NAME_ASKED, TYPE_ASKED, band, band_edges, colour
from training.train_ilm import behaviour_of, llm_folder, material_of

MOST_ITEMS = 150
AT_ONCE = 24
CHOSEN_AT_ONCE = 8
CHOICES = 4
SEED = 0
MOST_VALUES = 24  # of a fact, the commonest; an item with a rarer one is not asked about


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with several possible answers, about the item at one place of the list; ``right`` is an index.

    Choices that are made together have the same question and as many answers.
    """

    place: int
    question: str
    answers: tuple[str, ...]
    right: int


def evaluate(
    material: StoreMaterial, encoder: ItemEncoder, llm: FrozenLLM, positions: Sequence[int]
) -> dict[str, Any]:
    """The figures of the command's JSON for the items at these positions."""
    items = [material.items[at] for at in positions]
    with torch.no_grad():
        versions = _versions(material, encoder, llm, positions)
        names = {name: list(_names(llm, items, rows)) for name, rows in versions.items()}
    asked = {
        "type_accuracy": fact_choices(items, material.items, lambda item: item.category, TYPE_ASKED[0]),
        "colour_accuracy": fact_choices(items, material.items, colour, COLOUR_ASKED[0]),
        "price_band_accuracy": band_choices(items, material.items),
        "one_of_four": title_choices(items),
    }
    found: dict[str, Any] = {
        "n": len(items),
        "title_token_accuracy": {name: _accuracy(told) for name, told in names.items()},
        "nats_per_token": {name: _nats(told) for name, told in names.items()},
    }
    for what, choices in asked.items():
        found[what] = {name: _chosen_right(llm, choices, rows) for name, rows in versions.items()}
    text = float(np.mean([len(llm.ids(item_text(item))) for item in items]))
    return found | {"tokens_per_item": {"ilm": encoder.shape.queries, "text": round(text, 1)}}


def _versions(
    material: StoreMaterial, encoder: ItemEncoder, llm: FrozenLLM, positions: Sequence[int]
) -> dict[str, Tensor]:
    """The rows that stand for the items, (items, K, dim), by what they are."""
    torch.manual_seed(SEED)
    blank = ItemEncoder(encoder.shape).eval()
    real, random = (_rows(each, material, llm, positions) for each in (encoder, blank))
    return {"real": real, "swapped": real.roll(1, 0), "zeroed": torch.zeros_like(real), "random_init": random}


def _rows(encoder: ItemEncoder, material: StoreMaterial, llm: FrozenLLM, positions: Sequence[int]) -> Tensor:
    parts = [positions[start : start + AT_ONCE] for start in range(0, len(positions), AT_ONCE)]
    return torch.cat([rows_of(encoder, material, part, llm.table) for part in parts])


def _names(llm: FrozenLLM, items: Sequence[Item], rows: Tensor) -> Iterator[Told]:
    for start in range(0, len(items), AT_ONCE):
        part = items[start : start + AT_ONCE]
        asked = [Asked((at, "\n" + NAME_ASKED[0]), item.title) for at, item in enumerate(part)]
        yield llm.tell(asked, rows[start : start + AT_ONCE])


def _accuracy(told: Sequence[Told]) -> float:
    """Share of the titles' tokens that were the likeliest; the mark of the end is not counted."""
    hits = count = 0
    for each in told:
        inner = each.there[:, 1:]  # a place counts when another follows: the last is the end's mark
        hits += int((each.hits[:, :-1] & inner).sum())
        count += int(inner.sum())
    return round(hits / count, 4)


def _nats(told: Sequence[Told]) -> float:
    """Mean negative log-probability of the titles' tokens, without the mark of the end."""
    lost = count = 0.0
    for each in told:
        inner = each.there[:, 1:]
        lost -= float((each.log_probs[:, :-1] * inner).sum())
        count += int(inner.sum())
    return round(lost / count, 4)


def _chosen_right(llm: FrozenLLM, choices: Sequence[Choice], rows: Tensor) -> float | None:
    """Share of questions of which the right answer has the highest log-probability; None without any."""
    if not choices:
        return None
    right = 0
    for start in tqdm(range(0, len(choices), CHOSEN_AT_ONCE), desc="questions", leave=False):
        some = choices[start : start + CHOSEN_AT_ONCE]
        about = rows[[choice.place for choice in some]]
        scores = llm.scores_of_each("\n" + some[0].question, [choice.answers for choice in some], about)
        right += sum(int(best) == choice.right for best, choice in zip(scores.argmax(1), some, strict=True))
    return round(right / len(choices), 4)


def fact_choices(
    items: Sequence[Item], all_items: Sequence[Item], value: Callable[[Item], str], question: str
) -> list[Choice]:
    """Which of the store's commonest values it is."""
    values = [value(item) for item in all_items]
    common = sorted(set(values) - {""}, key=lambda each: (-values.count(each), each))[:MOST_VALUES]
    if len(common) < 2:
        return []
    return [
        Choice(place, question, tuple(common), common.index(value(item)))
        for place, item in enumerate(items)
        if value(item) in common
    ]


def band_choices(items: Sequence[Item], all_items: Sequence[Item]) -> list[Choice]:
    """Which third of the store's prices it is in."""
    edges = band_edges(all_items)
    return [
        Choice(place, BAND_ASKED[0], BANDS, BANDS.index(band(item, edges)))
        for place, item in enumerate(items)
        if item.price_now is not None
    ]


def title_choices(items: Sequence[Item]) -> list[Choice]:
    """Which of four titles it has; the others are drawn from the items, and differ."""
    draw = np.random.default_rng(SEED)
    choices = []
    for place, item in enumerate(items):
        others = [title for at in draw.permutation(len(items)) if (title := items[at].title) != item.title]
        answers = (item.title, *list(dict.fromkeys(others))[: CHOICES - 1])
        if len(answers) == CHOICES:
            choices.append(Choice(place, NAME_ASKED[0], answers, 0))
    return choices


def main(argv: Sequence[str], home: Path, load: Callable[[], Encoder], chroma_url: str | None) -> int:
    """Command line.

    Raises
    ------
    ItemTokensError
        The store has no item encoder, one that belongs to something else, or too few items that it never learned
        from.
    """
    parser = argparse.ArgumentParser(prog="python app.py evaluate ilm", description="Do item tokens carry the item?")
    parser.add_argument("--store", required=True)
    parser.add_argument("--adapter", type=Path, help="file of the item encoder (default: the store's)")
    parser.add_argument("--llm", type=Path, help="folder of the language model (default: Mercer's small one)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    args = parser.parse_args(argv)
    store = open_store(args.store, home, load(), chroma_url, not args.json)
    file = args.adapter or adapter_file(store.folder)
    if file is None:
        raise ItemTokensError(f"Store {args.store!r} has no item encoder; {rebuild(args.store)}")
    adapter = Adapter.load(file)
    item_ids = [item.item_id for item in store.catalog.items]
    check(file, store.folder, args.store, store.encoder.fingerprint, item_ids)
    folder = llm_folder(args.llm, home / "models")
    llm = FrozenLLM(folder)
    if adapter.made_for.llm != llm.fingerprint:
        raise ItemTokensError(
            f"{file} is made for {adapter.made_for.llm_name}, not for {folder.name}; "
            + rebuild(args.store, str(folder))
        )
    known = behaviour_of(store)
    own = known is not None and known.made_from.fingerprint == adapter.made_for.behaviour
    material = material_of(store, llm, own)
    held = material.split.test
    if len(held) < 2:  # an item is compared with another
        raise ItemTokensError(f"Of store {args.store!r} {len(held)} items are held out; measure on a larger one")
    positions = np.random.default_rng(SEED).permutation(held)[:MOST_ITEMS].tolist()
    result = evaluate(material, adapter.encoder, llm, positions)
    print(json.dumps(result) if args.json else _table(result))
    return 0


def _table(result: Mapping[str, Any]) -> str:
    lines = [f"{result['n']} items that the encoder never learned from"]
    for name, value in result.items():
        if isinstance(value, Mapping):
            lines.append(f"{name:<22}" + "".join(f"  {kind} {number}" for kind, number in value.items()))
    return "\n".join(lines)
