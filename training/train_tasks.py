"""Teach a frozen language model to reply: ``python -m training.train_tasks --replies FILE ... --out FILE``.

One learned prompt for each task, a few dozen rows before what is told of the turn (prompt tuning: Lester et al. 2021,
arXiv:2104.08691); the model and the item encoder do not change. The prompts are saved beside the item encoder that
``--adapter`` names, so that they are served with it, and each time that they are the best so far: a training that was
killed is gone on with by ``--begin``. ``--lora`` trains low-rank changes of the model instead
(Hu et al. 2021, arXiv:2106.09685; extra ``lora``) and saves the whole changed model into the folder ``--out``: the
variant to compare with.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn
from tqdm import tqdm

from retrievers.encoders import EMBEDDED, load_encoder
from retrievers.errors import ItemTokensError, RetrievalError
from retrievers.item_adapter import SHIPPED, Adapter
from retrievers.item_tokens import StoreTokens
from retrievers.soft_tokens import Slot, SlotKind
from store.errors import StoreError
from store.generations import home_folder
from training.bench import open_store
from training.device import on_gpu, use_best_device
from training.frozen_llm import Asked, FrozenLLM
from training.ilm_reading import mean_nats
from training.reply_examples import Example, ItemPlace, ItemsAs, read_examples
from training.train_ilm import content_of, llm_folder

ROWS = 64  # of a task
BATCH_CPU, BATCH_GPU = 16, 32  # examples of a step
AT_ONCE_CPU, AT_ONCE_GPU = 8, 64  # of them in one pass, alike in length: on a CPU padding costs as much as words
BATCHES = 4000
RATE, ON_RATE, LORA_RATE = 5e-3, 1e-3, 5e-4  # anew, from learned prompts on, of a changed model
WARM_UP = 20
CHECK_EVERY = 50
PATIENCE = 20  # checks without a lower dev loss
MOST_SECONDS = 30 * 60
SEED = 0
# Where the rows of a task begin; a prompt that means something is learned from sooner than noise.
BEGINNINGS = {
    "recommend": "Tell the shopper what was found, with names and prices exactly as they are given.",
    "explain": "Tell the shopper about this product, with its name, price and every fact exactly as they are given.",
    "compare": "Tell the shopper how these products differ, with names, prices and facts exactly as they are given.",
    "ask": "Ask the shopper what they are looking for, and tell what the store has, exactly as it is given.",
}


class TaskPrompts(nn.Module):
    """The rows of every task; those of ``begun`` go on from there, the others from words."""

    def __init__(self, llm: FrozenLLM, begun: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.rows = nn.ParameterDict()
        for task, text in BEGINNINGS.items():
            ids = llm.ids(text)
            rows = begun[task].to(llm.table) if task in begun else llm.table[(ids * ROWS)[:ROWS]].clone()
            self.rows[task] = nn.Parameter(rows)

    def trained(self) -> dict[str, Tensor]:
        """By task, (ROWS, dim)."""
        return {task: rows.detach().clone() for task, rows in self.rows.items()}


class Teaching:
    """Trains parameters on examples by the loss of the replies, and keeps those of the lowest dev loss.

    ``rows_of`` gives the soft tokens of an item; ``prompts`` is None where nothing stands before what is told.
    """

    def __init__(
        self,
        llm: FrozenLLM,
        learned: Sequence[nn.Parameter],
        prompts: TaskPrompts | None,
        rows_of: Callable[[ItemPlace], Tensor],
        rate: float,
        keep: Callable[[], None] = lambda: None,
    ) -> None:
        """``keep`` is called whenever the state is the best so far."""
        self._llm, self._learned, self._prompts, self._rows_of, self._rate = llm, learned, prompts, rows_of, rate
        self._keep = keep
        self._optimiser = torch.optim.AdamW(learned, rate, weight_decay=0.0)
        self.best = [each.detach().clone() for each in learned]
        self.best_loss = float("inf")

    def run(self, train: Sequence[Example], dev: Sequence[Example], most_seconds: float) -> None:
        """Until the dev loss stops falling or the time is up; the parameters end in their best state."""
        draw, began, since_best = random.Random(SEED), time.monotonic(), 0
        size = BATCH_GPU if on_gpu() else BATCH_CPU
        with tqdm(range(BATCHES), desc="Learning to reply", unit="batch") as bar:
            for at in bar:
                seconds = time.monotonic() - began
                if since_best >= PATIENCE or seconds > most_seconds:
                    break
                done = max(at / BATCHES, seconds / most_seconds)
                self._optimiser.param_groups[0]["lr"] = self._rate * min(1.0, (at + 1) / WARM_UP) * (1.02 - done)
                loss = self._step(draw.sample(list(train), min(size, len(train))))
                bar.set_postfix(loss=f"{loss:.3f}", dev=f"{self.best_loss:.3f}", refresh=False)
                if (at + 1) % CHECK_EVERY == 0:
                    since_best = 0 if self._check(dev) else since_best + 1
        self._check(dev)
        with torch.no_grad():
            for each, value in zip(self._learned, self.best, strict=True):
                each.copy_(value)

    def _step(self, examples: Sequence[Example]) -> float:
        self._optimiser.zero_grad()
        total = 0.0
        for some in _alike(examples):
            loss = self._loss(some) * len(some) / len(examples)
            loss.backward()  # type: ignore[no-untyped-call]
            total += loss.item()
        nn.utils.clip_grad_norm_(self._learned, 1.0)
        self._optimiser.step()
        return total

    @torch.no_grad()
    def _check(self, dev: Sequence[Example]) -> bool:
        """Keep the state if the dev loss is the lowest so far."""
        loss = sum(self._loss(some).item() * len(some) for some in _alike(dev)) / len(dev)
        better = loss < self.best_loss
        if better:
            self.best_loss, self.best = loss, [each.detach().clone() for each in self._learned]
            self._keep()
        return better

    def _loss(self, examples: Sequence[Example]) -> Tensor:
        rows: list[Tensor] = []
        asked = []
        for example in examples:
            question: list[str | int] = []
            if self._prompts is not None:
                question.append(len(rows))
                rows.append(self._prompts.rows[example.task])
            for part in example.told:
                if isinstance(part, ItemPlace):
                    question.append(len(rows))
                    rows.append(self._rows_of(part))
                else:
                    question.append(part)
            asked.append(Asked(tuple(question), example.reply))
        return mean_nats(self._llm.tell(asked, rows))


def _alike(examples: Sequence[Example]) -> list[list[Example]]:
    """In parts for one pass each, short ones first."""
    ordered = sorted(examples, key=lambda each: len(each.reply) + sum(len(str(part)) for part in each.told))
    size = AT_ONCE_GPU if on_gpu() else AT_ONCE_CPU
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.train_tasks", description=__doc__.split("\n\n")[0])
    parser.add_argument("--replies", type=Path, nargs="+", required=True, help="written by: python app.py replies")
    parser.add_argument("--dev", type=Path, nargs="+", required=True, help="others, to stop by")
    parser.add_argument(
        "--items", type=ItemsAs, choices=list(ItemsAs), default=ItemsAs.TOKENS, help="how items stand"
    )
    parser.add_argument("--adapter", type=Path, default=SHIPPED, help="item encoder (default: the one that ships)")
    parser.add_argument("--begin", type=Path, metavar="FILE", help="learned prompts to go on from")
    parser.add_argument("--lora", action="store_true", help="change the model instead, to compare")
    parser.add_argument("--llm", type=Path, help="folder of a causal language model (default: Mercer's small one)")
    parser.add_argument("--minutes", type=float, default=MOST_SECONDS / 60)
    parser.add_argument("--out", type=Path, required=True, help="file of the adapter, or with --lora a folder")
    args = parser.parse_args(argv)
    if args.lora and args.begin:
        parser.error("--begin gives learned prompts, and --lora learns none; give one of the two")
    try:
        loss = train_tasks(args, home_folder())
    except (StoreError, RetrievalError) as error:
        print(f"Mercer: {error}", file=sys.stderr)
        return 1
    print(f"{args.out}: dev loss {loss:.4f} nats a token")
    return 0


def train_tasks(args: argparse.Namespace, home: Path) -> float:
    """Train and save; returns the lowest dev loss."""
    torch.manual_seed(SEED)
    use_best_device()
    train, dev = read_examples(args.replies, args.items), read_examples(args.dev, args.items)
    folder = llm_folder(args.llm, home / "models")
    rows_of = ItemRows(home, folder)
    seconds = args.minutes * 60
    if args.lora:
        from training.low_rank import LowRank  # its library is needed for nothing else

        changed = LowRank(folder)
        teaching = Teaching(changed.llm, changed.learned, None, rows_of, LORA_RATE)
        teaching.run(train, dev, seconds)
        changed.save(args.out)
        return teaching.best_loss
    llm = FrozenLLM(folder)
    adapter = _of(llm, folder, args.adapter)
    begun = _of(llm, folder, args.begin).tasks if args.begin else {}
    if args.begin and not begun:
        raise ItemTokensError(f"{args.begin} holds no learned prompts to go on from; train without --begin")
    prompts = TaskPrompts(llm, begun)
    teaching = Teaching(
        llm,
        list(prompts.parameters()),
        prompts,
        rows_of,
        ON_RATE if args.begin else RATE,
        lambda: replace(adapter, tasks=prompts.trained()).save(args.out),
    )
    teaching.run(train, dev, seconds)
    return teaching.best_loss


def _of(llm: FrozenLLM, folder: Path, file: Path) -> Adapter:
    """What a file holds; raises ``ItemTokensError`` where it is another language model's."""
    adapter = Adapter.load(file)
    if adapter.made_for.llm != llm.fingerprint:
        raise ItemTokensError(f"{file} is made for {adapter.made_for.llm_name}, not for the model in {folder}")
    return adapter


class ItemRows:
    """The soft tokens of items of any store, each made once."""

    def __init__(self, home: Path, llm: Path) -> None:
        self._home, self._llm = home, llm
        self._stores: dict[str, StoreTokens] = {}

    def __call__(self, place: ItemPlace) -> Tensor:
        """Rows (K, dim); raises ``ItemTokensError`` where the store has none."""
        if place.store not in self._stores:
            self._stores[place.store] = self._open(place.store)
        with torch.device("cpu"):
            rows = self._stores[place.store].rows(Slot(SlotKind.ITEM, (place.item_id,)))
        return torch.as_tensor(rows)

    def _open(self, name: str) -> StoreTokens:
        models = self._home / "models"
        with torch.device("cpu"):  # where a store is served
            store = open_store(name, self._home, load_encoder(EMBEDDED, models), None, False)
            tokens = StoreTokens.open(store.catalog, lambda: content_of(store), models, self._llm)
        if tokens is None:
            raise ItemTokensError(f"The store {name!r} has no item tokens; train them, or give --items text")
        return tokens


if __name__ == "__main__":
    sys.exit(main())
