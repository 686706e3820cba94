"""What a small language model is given to say: one of four tasks, and the facts of the reply in short lines.

The facts are those that the realiser would put into words, so that the two may take turns. A learned prompt stands
for each task (prompt tuning: Lester et al. 2021, arXiv:2104.08691); where an item stands, a slot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from langchain.messages import HumanMessage, SystemMessage
from langchain_core.messages import BaseMessage

from agent.highlights import BUDGET, Highlights
from agent.item_replies import (
    OUT_OF_STOCK,
    cheapest_of,
    detail_facts,
    differences,
    made_of,
    named,
    price_of,
    shared,
    stock_note,
    verb,
)
from agent.slots import Block, block
from agent.spelling import is_english
from agent.wording import listing, money
from agent.words import stem, stems
from retrievers.soft_tokens import READING_SYSTEM, SlotKind
from store.schemas import Item

_WORD = re.compile(r"[^\W\d_]{3,}|[|`~^\\]")
RECOMMEND, EXPLAIN, COMPARE, ASK = "recommend", "explain", "compare", "ask"


@dataclass(frozen=True, slots=True)
class Brief:
    """A task with its facts, texts and slots; ``style`` is that of the voice, so that wordings vary as with it.

    ``opening`` is what the first sentence has to name; ``sold_out`` are titles that no sentence may name without
    saying so, ``others`` further titles; ``wrong`` are turns of phrase that this turn would make false or
    ungrammatical.
    """

    task: str
    style: int
    facts: tuple[str | Block, ...]
    opening: str = ""
    sold_out: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    def messages(self) -> list[BaseMessage]:
        """The conversation that the model continues with its words."""
        opening: list[str | Block] = [block(SlotKind.TASK, [self.task]), f"Style {self.style}"]
        return [SystemMessage(READING_SYSTEM), HumanMessage([*opening, *self.facts])]

    def opens(self, sentence: str) -> bool:
        """Whether a sentence may be the first."""
        return self.opening.lower() in sentence.lower()

    def misspoken(self, sentence: str) -> str:
        """The turn of phrase that does not fit, or ""."""
        return next((phrase for phrase in self.wrong if re.search(rf"\b{re.escape(phrase)}\b", sentence)), "")

    def garbled(self, sentence: str) -> str:
        """The first mark or word that is neither English nor told here, a small letter at the begin; or ""."""
        if sentence[:1].islower():
            return sentence.split()[0]
        parts = [part if isinstance(part, str) else " ".join(part["texts"]) for part in (self.opening, *self.facts)]
        told = set(stems(" ".join(parts)))
        words = _WORD.findall(sentence)
        return next((word for word in words if not (is_english(word.lower()) or stem(word) in told)), "")

    def hides(self, sentence: str) -> bool:
        """Whether a sentence keeps back that what it names cannot be had: it must be said before another is named."""
        after = [sentence.partition(title)[2] for title in self.sold_out if title in sentence]
        another = "|".join(map(re.escape, self.others)) or "$"
        return any(OUT_OF_STOCK not in re.split(another, rest)[0] for rest in after)


def recommend(told: Highlights, style: int) -> Brief:
    """Matches were found."""
    near = f", closest to the {told.near}" if told.near else ""
    made = "".join(f" | {fact}" for fact in made_of(told.first, 1))
    # Told apart in words: from two numbers that happen to be equal a small model says "these 3 of 3 come first".
    everything = told.matches <= told.shown
    matches = f"All matches shown: {told.matches}" if everything else f"Matches: {told.matches}, shown: {told.shown}"
    facts: list[str | Block] = [
        f"\nWanted: {told.wanted}\n{matches}{near}",
        f"\nFirst {verb(told.first, 'comes')}:",
        _slot(
            told.first,
            f" | {price_of(told.first)}{stock_note(told.first)}{made}",
        ),
    ]
    if told.cheapest:
        facts += ["\nLowest price:", _slot(told.cheapest, f" | {price_of(told.cheapest)}")]
    if told.rated:
        facts += ["\nBest rated:", _slot(told.rated, f" | {told.rated.values('rating')[0]}")]
    if told.ask:
        choices = f": {listing(told.choices, 'or')}" if told.choices else ""
        facts.append(f"\nAsk: {told.ask}{choices}")
    others = tuple(item.title for item in (told.cheapest, told.rated) if item)
    return Brief(RECOMMEND, style, tuple(facts), told.wanted, _sold_out(told.first), others, _wrong(told))


def explain(item: Item, colourways: Sequence[Item], style: int) -> Brief:
    """One item is opened."""
    told = "".join(f"\n{name}: {value}" for name, value in detail_facts(item, colourways).items())
    facts = "\n", _slot(item, f" | {price_of(item)}{stock_note(item)}"), told
    return Brief(EXPLAIN, style, facts, sold_out=_sold_out(item))


def compare(items: Sequence[Item], style: int) -> Brief:
    """Two or three items are laid side by side."""
    facts: list[str | Block] = []
    for number, item in enumerate(items, start=1):
        facts += [
            f"\n{number}.",
            _slot(item, f" | {price_of(item)}", named(item, items).removeprefix("The ").removesuffix(",")),
        ]
    if cheapest := cheapest_of(items):
        facts.append(f"\nLowest price: {list(items).index(cheapest) + 1}.")
    facts += [f"\n{name}: {values}" for name, values in differences(items).items()]
    if same := shared(items):
        facts.append(f"\nShared: {same}")
    return Brief(COMPARE, style, tuple(facts))


def ask(refused: Sequence[str], departments: Sequence[str], examples: Sequence[str], style: int) -> Brief:
    """There is nothing to search by yet."""
    facts = f"\nNoted: nothing with {listing(refused, 'or')}" if refused else ""
    facts += f"\nThis store has {listing([name.lower() for name in departments])}" if departments else ""
    facts += f"\nFor example: “{examples[0]}”" if examples else ""
    return Brief(ASK, style, (facts,))


def _wrong(told: Highlights) -> tuple[str, ...]:
    """Phrases of which one is true where all matches are shown, others where some are; and grammar.

    A single thing "comes", several "come"; what is closest to a photo needs one; nobody has "ever had" a price.
    """
    phrases = ["First come the" if verb(told.first, "comes") == "comes" else "First comes the", "ever"]
    if told.matches <= told.shown:
        phrases += ["come first", "start with", f"{told.matches} of {told.matches}"]
    else:
        phrases.append("lowest price")
    if not told.near:
        phrases.append("closest to")
    if told.ask in ("", BUDGET):  # nobody has a preference for a budget
        phrases.append("preference for")
    told_apart = (told.first, *([told.cheapest] if told.cheapest and told.matches > told.shown else []))
    prices = {_today(item): verb(item, "is") for item in reversed(told_apart)}  # "the lowest price is" may be said
    phrases += [f"{'is' if right == 'are' else 'are'} {price}" for price, right in prices.items()]
    return tuple(phrases)


def _today(item: Item) -> str:
    return money(item.price_now, item.currency)


def _sold_out(item: Item) -> tuple[str, ...]:
    return (item.title,) if stock_note(item) else ()


def _slot(item: Item, beside: str, name: str = "") -> Block:
    """An item's rows and, beside them, what must be said exactly: its name and price."""
    told = f" {name or item.title}{beside}"
    return block(SlotKind.ITEM, [item.item_id], [told], told)
