"""What a small language model is given to say: one of four tasks, and the facts of the reply in short lines.

The facts are those that the realiser would put into words, so that the two may take turns. A learned prompt stands
for each task (prompt tuning: Lester et al. 2021, arXiv:2104.08691); where an item stands, a slot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from langchain.messages import HumanMessage, SystemMessage
from langchain_core.messages import BaseMessage

from agent.grammar import one_article
from agent.highlights import Highlights
from agent.item_replies import (
    cheapest_of,
    comparison,
    detail_facts,
    details,
    differences,
    made_of,
    named,
    price_of,
    shared,
    stock_note,
    verb,
)
from agent.realiser import STYLES, Voice, found, having, needs_a_wish
from agent.slots import Block, block
from agent.wording import listing
from retrievers.soft_tokens import READING_SYSTEM, SlotKind
from store.schemas import Item

RECOMMEND, EXPLAIN, COMPARE, ASK = "recommend", "explain", "compare", "ask"


@dataclass(frozen=True, slots=True)
class Brief:
    """A task with its facts, texts and slots; ``style`` is that of the voice, so that wordings vary as with it.

    ``wordings`` are the replies of the realiser to the same turn, one of each style, sentence by sentence.
    """

    task: str
    style: int
    facts: tuple[str | Block, ...]
    wordings: tuple[tuple[str, ...], ...]

    def messages(self) -> list[BaseMessage]:
        """The conversation that the model continues with its words."""
        opening: list[str | Block] = [block(SlotKind.TASK, [self.task]), f"Style {self.style}"]
        return [SystemMessage(READING_SYSTEM), HumanMessage([*opening, *self.facts])]

    def draft(self, realised: Sequence[str]) -> str:
        """What the model may say, one way a line; first what the realiser says to this turn."""
        return "\n".join(map(" ".join, (realised, *self.wordings)))


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
    return Brief(RECOMMEND, style, tuple(facts), _wordings(found(Voice("", other), told) for other in range(STYLES)))


def explain(item: Item, colourways: Sequence[Item], style: int) -> Brief:
    """One item is opened."""
    told = "".join(f"\n{name}: {value}" for name, value in detail_facts(item, colourways).items())
    facts = "\n", _slot(item, f" | {price_of(item)}{stock_note(item)}"), told
    return Brief(EXPLAIN, style, facts, _wordings([details(item, (), (), colourways)]))


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
    return Brief(COMPARE, style, tuple(facts), _wordings([comparison(items)]))


def ask(refused: Sequence[str], departments: Sequence[str], examples: Sequence[str], style: int) -> Brief:
    """There is nothing to search by yet."""
    facts = f"\nNoted: nothing {listing(refused, 'or')}" if refused else ""
    facts += f"\n{having(departments).removesuffix('.')}" if departments else ""
    facts += f"\nFor example: “{examples[0]}”" if examples else ""
    said = (needs_a_wish(Voice("", other), refused, examples, departments) for other in range(STYLES))
    return Brief(ASK, style, (facts,), _wordings(said))


def _wordings(said: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """All replies that the realiser would give; what matches may also "fit", as the prompts have learned to say."""
    replies = [tuple(map(one_article, sentences)) for sentences in said]
    fitting = [tuple(sentence.replace(" match, ", " fit, ") for sentence in sentences) for sentences in replies]
    return tuple(dict.fromkeys((*replies, *fitting)))


def _slot(item: Item, beside: str, name: str = "") -> Block:
    """An item's rows and, beside them, what must be said exactly: its name and price."""
    told = f" {name or item.name}{beside}"
    return block(SlotKind.ITEM, [item.item_id], [told], told)
