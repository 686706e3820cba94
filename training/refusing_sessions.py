"""Sessions in which a shopper refuses something, for any store: ``python -m training.refusing_sessions``.

    python -m training.refusing_sessions --home HOME --store demo --out sessions.jsonl

A shopper has one item in mind: asks for its kind, wishes one of its facts, is shown things of that kind, says what is
out of the question (a fact, a brand, a price) of some of them, and goes on for a turn or more without saying it
again. The form is that of ``training/sessions.py``; each refusal stands in its turn as data too, so that ``python
app.py evaluate dialogue`` counts what breaks it. The wordings are none of those that generators are trained with
(``synthetic_queries.py``, ``simulated_dialogues.py``).
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from retrievers.item_text import telling_facts
from store.catalog import Catalog
from store.schemas import Item
from training.refusals import Refusal

TRIES = 20  # draws for each session that is wanted
ASKED_OF = 60  # other things of the kind that a refusal is drawn from
SHOWN = 3
MOST_TURNS = 6
FEWEST = 2  # things of the kind that break a refusal, and that do not
OPENINGS = ("hi, which {kind} have you got", "can you help me choose {kind}", "shopping for {kind} today")
WISHES = ("{value} would be my first choice", "ideally {value}", "I had {value} in mind")
NO_FACT = (
    "no {value} for me", "anything but {value}", "please leave out {value}", "I don't want {value}",
    "but not {value}", "nothing {value} please", "I'd rather avoid {value}", "{value} is out of the question",
)  # fmt: skip
NO_BRAND = ("not from {value}", "nothing by {value} please", "anything but {value}, I had bad luck with them")
NO_MORE = ("nothing over {value}", "it must not cost more than {value}", "I won't go above {value}")
GOING_ON = ("what else is there", "any other ideas", "go on", "hm, what would you pick")
LIKING = ("that is rather nice", "this comes close", "getting warmer")
WHO_AND_WHEN = frozenset(("gender", "age_group", "season", "occasion", "usage"))


class Shopper:
    """Draws sessions about the items of one store."""

    def __init__(self, items: Sequence[Item], seed: int) -> None:
        self._rng = random.Random(seed)
        self._kinds: dict[str, list[Item]] = {}
        for item in items:
            if item.category:
                self._kinds.setdefault(item.category, []).append(item)
        self._targets = [item for kind in self._kinds.values() if len(kind) > 2 * FEWEST for item in kind]

    def sessions(self, count: int) -> Iterator[dict[str, Any]]:
        """At most ``count``; fewer where the store's facts do not give them."""
        for _ in range(count * TRIES if self._targets else 0):
            if not count:
                return
            target = self._rng.choice(self._targets)
            turns = self._turns(target, self._kinds[target.category])
            if turns:
                count -= 1
                yield {"session_id": f"r{count}", "turns": turns, "target_item_id": target.item_id}

    def _turns(self, target: Item, kind: Sequence[Item]) -> list[dict[str, Any]]:
        """Opening, perhaps a wish, a refusal, one to three turns more; [] where the kind gives nothing to refuse."""
        rng, others = self._rng, [item for item in kind if item is not target]
        refused = self._refused(target, others)
        if refused is None:
            return []
        refusal, words = refused
        turns: list[dict[str, Any]] = [{"text": rng.choice(OPENINGS).format(kind=target.category.lower())}]
        wishes = self._wishes(target)
        if wishes and rng.random() < 0.5:
            turns.append({"text": wishes.pop(), "shown": self._shown(others)})
        breaking = [item for item in others if refusal.broken_by(item)]
        table = [rng.choice(breaking).item_id, *self._shown(others)]
        turns.append({"text": words, "shown": list(dict.fromkeys(table))[:SHOWN], "refused": refusal.to_json()})
        keeping = [item for item in others if not refusal.broken_by(item)]
        for _ in range(max(1, rng.randint(3, MOST_TURNS) - len(turns))):
            turns.append(self._later(wishes, self._shown(keeping)))
        return turns

    def _later(self, wishes: list[str], shown: list[str]) -> dict[str, Any]:
        """A turn that does not say the refusal again."""
        choice = self._rng.random()
        if wishes and choice < 0.4:
            return {"text": wishes.pop(), "shown": shown}
        if choice < 0.7:
            return {"text": self._rng.choice(LIKING), "shown": shown, "liked": shown[:1]}
        return {"text": self._rng.choice(GOING_ON), "shown": shown, "rejected": shown}

    def _refused(self, target: Item, others: Sequence[Item]) -> tuple[Refusal, str] | None:
        """Something that some of the others break and the target does not, and how it is said."""
        rng, some = self._rng, self._rng.sample(others, min(len(others), ASKED_OF))
        ways: dict[tuple[str, ...], list[tuple[Refusal, str]]] = {
            NO_FACT: [(Refusal(words=(value,)), value.lower()) for item in some for value in values_of(item)],
            NO_BRAND: [(Refusal(brands=(item.brand,)), item.brand) for item in some if item.brand],
            NO_MORE: [(Refusal(price_max=bound), f"{bound:.0f}") for bound in _bounds(some)],
        }
        for forms in rng.choices(list(ways), weights=(3, 1, 1), k=TRIES):
            for refusal, value in rng.sample(ways[forms], min(len(ways[forms]), TRIES)):
                breaking = sum(map(refusal.broken_by, others))
                if FEWEST <= breaking <= len(others) - FEWEST and not refusal.broken_by(target):
                    return refusal, rng.choice(forms).format(value=value)
        return None

    def _wishes(self, target: Item) -> list[str]:
        rng, values = self._rng, values_of(target)
        chosen = rng.sample(values, min(2, len(values)))
        return [rng.choice(WISHES).format(value=value.lower()) for value in chosen]

    def _shown(self, items: Sequence[Item]) -> list[str]:
        return [item.item_id for item in self._rng.sample(items, min(SHOWN, len(items)))]


def values_of(item: Item) -> list[str]:
    """One or two words each that say what the item is like, not what it is, for whom or when."""
    facts = {"color": item.values("color"), **telling_facts(item)}
    kinds = {level.strip().lower() for level in item.product_type.split(">")}
    values = [v for name, held in facts.items() if name not in WHO_AND_WHEN for v in held if v.lower() not in kinds]
    return [
        v for v in dict.fromkeys(values) if re.fullmatch(r"(?!(no|non|not|without)\b)[a-z]{3,}( [a-z]{3,})?", v, re.I)
    ]


def _bounds(items: Sequence[Item]) -> list[float]:
    """Their prices, rounded down to tens."""
    return [10.0 * (item.price_now // 10) for item in items if item.price_now]


def main(argv: Sequence[str] | None = None) -> None:
    """Write the sessions, one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MERCER_HOME of the store")
    parser.add_argument("--store", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    found = list(Shopper(Catalog.open(args.home, args.store).items, args.seed).sessions(args.count))
    args.out.write_text("".join(json.dumps(session) + "\n" for session in found), "utf-8")
    print(f"{len(found)} sessions, {sum(len(session['turns']) for session in found)} turns")


if __name__ == "__main__":
    main()
