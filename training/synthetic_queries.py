"""What a shopper could say to find an item, made up from its record.

How many such queries each item is trained with decides how well a generator retrieves (Pradeep et al. 2023,
arXiv:2305.11841), so they are drawn anew each time an item is used: names and parts of names, kinds with a few facts
in any order, facts alone, a sentence of the description, an id. Nothing here is specific to one shop.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from retrievers.item_text import telling_facts
from store.schemas import Item

MOST_FACTS = 4
OPENINGS = ("", "", "", "", "a ", "i want a ", "show me ", "looking for ", "something like a ", "do you have ")
PURPOSES = ("something {}", "{} please", "i need something {}", "{}", "anything {}")


class Wording:
    """One item's words, taken apart once and drawn from many times."""

    def __init__(self, item: Item) -> None:
        self.item_id = item.item_id
        self.title = item.title.lower()
        self.category = item.category.lower() or self.title
        self.brand = item.brand.lower()
        colors = tuple(value.lower() for value in item.values("color"))
        facts = {name: tuple(v.lower() for v in values) for name, values in telling_facts(item).items()}
        self.facts: Mapping[str, tuple[str, ...]] = {**({"color": colors} if colors else {}), **facts}
        self.sentences = [part for part in re.split(r"(?<=[.!?:;])\s+", item.description.lower()) if len(part) > 12]

    def query(self, rng: random.Random) -> str:
        """One thing to say that this item answers."""
        form = rng.random()
        if form < 0.12:
            return self.title
        if form < 0.27:
            return _part(self.title.split(), rng)
        if form < 0.32 and self.sentences:
            return rng.choice(self.sentences)
        if form < 0.40 and self.facts:
            return rng.choice(PURPOSES).format(" ".join(self.some_facts(rng)))
        if form < 0.42:
            return self.item_id.lower()
        return self.kind(rng)

    def kind(self, rng: random.Random) -> str:
        """The kind of thing with up to ``MOST_FACTS`` facts before or after it, sometimes with its brand."""
        facts = self.some_facts(rng)
        before = rng.randint(0, len(facts))
        words = [*facts[:before], self.category, *facts[before:]]
        if self.brand and rng.random() < 0.12:
            words.insert(rng.randint(0, len(words)), self.brand)
        return rng.choice(OPENINGS) + " ".join(words)

    def some_facts(self, rng: random.Random) -> list[str]:
        """A few values; the colour is said more often than others."""
        names = list(self.facts)
        count = min(len(names), rng.randint(0, MOST_FACTS))
        chosen = rng.sample(names, count)
        if "color" in self.facts and "color" not in chosen and rng.random() < 0.4:
            chosen.append("color")
        return [rng.choice(self.facts[name]) for name in chosen]


def differences(wanted: Wording, other: Wording) -> list[tuple[str, str, str]]:
    """Facts in which two items differ: name, a value of the wanted one, and of the other ("" where it has none)."""
    found = []
    for name, values in wanted.facts.items():
        theirs = other.facts.get(name, ())
        own = [value for value in values if value not in theirs]
        if own:
            found.append((name, own[0], next((value for value in theirs if value not in values), "")))
    return found


def critique(wanted: Wording, other: Wording, rng: random.Random) -> str:
    """What someone who wants the one would say of the other."""
    found = differences(wanted, other)
    if not found:
        return wanted.kind(rng)
    said = [
        _change(name, value, theirs, rng)
        for name, value, theirs in rng.sample(found, min(len(found), rng.randint(1, 2)))
    ]
    return " and ".join(said)


def _change(name: str, value: str, theirs: str, rng: random.Random) -> str:
    forms = ["like this but {v}", "{v} instead", "is more {v}", "is {v}", "has {v}", "with {v}", "in {v}", "but {v}"]
    if theirs:
        forms += ["{v}, not {t}", "is {v} instead of {t}", "no {t}"]
    if name != "color":
        forms.append("{v} " + name.replace("_", " "))
    return rng.choice(forms).format(v=value, t=theirs)


def _part(words: Sequence[str], rng: random.Random) -> str:
    """Some of the words, in their order."""
    kept = [word for word in words if rng.random() < 0.6]
    return " ".join(kept or words)
