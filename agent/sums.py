"""What cards cost together: "two of the first and one of the second", "I need 6, what would the third cost?".

A sum is read where a message asks for a price and either names several cards with a word for all of them, or says how
many there shall be. Everything saved is added up elsewhere (``agent/recalling.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain

from agent.card_numbers import cards_named
from agent.earlier_tables import EarlierTables
from agent.intents import SAVED_BESIDE
from agent.item_replies import closed, total
from agent.number_words import SPELT_NUMBER, number_of
from agent.references import Reference, resolve
from agent.state import DialogueState
from agent.utterance import Intent, Utterance
from agent.vocabulary import Vocabulary
from agent.wording import listing, money
from store.schemas import Item

MOST = 99  # of one thing
_N = rf"(?P<n>[1-9]\d?|a couple|{SPELT_NUMBER})"
_TOGETHER = re.compile(
    r"\b(?:total|sum|together|altogether|combined|add(?:s|ed)? up|all in|of each|"
    r"for (?:both|(?:all|the) (?:two|three|four)))\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:total|sum|how much|price of)\b|"
    r"\bwhat(?:['’]s| would| will| do| does| is| are)\b.*\b(?:cost|pay|price|come to|together|combined)\b",
    re.IGNORECASE,
)
# Before a card or behind it: "two of the first", "that one x2", "3 x the second".
_BEFORE = re.compile(rf"\b{_N} ?(?:of|x|×|times)\s*$", re.IGNORECASE)
_BEHIND = re.compile(r"^,?\s*(?:one )?(?:x|×|times)\s?(?P<n>[1-9]\d?)\b", re.IGNORECASE)
_OF_IT = re.compile(rf"\b{_N} (?:of )?(?:them|these|those|it)\b", re.IGNORECASE)
# "How much is two?", "what would three cost?": of the one in hand.
_SO_MANY = re.compile(
    r"^\W*(?:(?:and|so|ok(?:ay)?)\W+)?"
    r"(?:how much (?:is|are|for|would|do|does|will)|what(?:['’]s| is| are| would| do| will)) "
    rf"(?:the (?:price|total) (?:of|for) )?{_N}(?: pieces)?(?: (?:be|cost|come to|together))*\W*$",
    re.IGNORECASE,
)
_WANTED = re.compile(
    rf"\b(?:i|we)(?:['’]d| would| will|['’]ll)? (?:need|want|take|buy|order|get) {_N}"
    r"(?: (?P<things>[a-z]+s))?(?=\s*[,.;?]|,? (?:so|and|then)\b|\s*$)",
    re.IGNORECASE,
)
_IF = re.compile(r"\bif (?:i|we)\b", re.IGNORECASE)
_OF_EACH = re.compile(r"\b(?P<card>the (?:\w+) (?:one |item )?)of each\b", re.IGNORECASE)


# "Is the total below 300?": asked of what is saved, and no limit of what is looked for.
_OF_TOTAL = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?)\W+)*(?:is|does|will|would) (?:the|my) (?:total|sum|list)\b[^.;!]*\?\W*$",
    re.IGNORECASE,
)


def asks_of_total(text: str) -> bool:
    """Whether a message asks what the saved things come to, beside a limit."""
    return bool(_OF_TOTAL.search(text))


class Sums:
    """Reads questions for sums in one store."""

    def __init__(self, vocabulary: Vocabulary, get_item: Callable[[str], Item], tables: EarlierTables) -> None:
        self._vocabulary = vocabulary
        self._get_item = get_item
        self._tables = tables

    def asked(self, text: str, state: DialogueState) -> Utterance | None:
        """The question with every card as often as it is wanted; None where no sum is asked for."""
        if not (state.cards and _PRICE.search(text)):
            return None
        text = cards_named(text, len(state.cards))
        named = self._of_each(text, state) or self._tables.placed(text, state)
        named = named or self._tables.each_kind(text, state) or self._pointed(text, state)
        cards = [(ref.item_id, _count(text, ref)) for ref in named]
        if len(cards) == 1 and cards[0][1] == 1:
            cards = [(cards[0][0], self._wanted(text))]
        ids = tuple(chain.from_iterable([item_id] * count for item_id, count in cards))
        several = len(cards) > 1 and (bool(_TOGETHER.search(text)) or len(ids) > len(cards))
        if not several and (len(cards) != 1 or len(ids) == 1):
            return None
        taken = SAVED_BESIDE.search(text) and not _IF.search(text)
        liked = tuple(dict.fromkeys(ids)) if taken else ()
        return Utterance(intent=Intent.SUM, references=ids, liked=liked)

    def _pointed(self, text: str, state: DialogueState) -> tuple[Reference, ...]:
        cards = [self._get_item(item_id) for item_id in state.cards]
        found = resolve(text, cards, state.talked_about, self._vocabulary)
        them = (_OF_IT.search(text) or _SO_MANY.search(text)) if state.talked_about and not found else None
        return (Reference(state.talked_about, *them.span(), weak=True),) if them else found

    def _of_each(self, text: str, state: DialogueState) -> tuple[Reference, ...]:
        """ "The first of each": of every wish's last table."""
        each = _OF_EACH.search(text)
        tables = [[self._get_item(item_id) for item_id in need.table] for need in state.needs if need.table]
        found = [resolve(each["card"], table, "", self._vocabulary) for table in tables] if each else []
        return tuple(Reference(refs[0].item_id, *each.span()) for refs in found if refs and each)

    def _wanted(self, text: str) -> int:
        """How many of the only card that it names a message wants: "I need 6 mugs, what would the third cost?"."""
        said = _WANTED.search(text)
        kind = self._vocabulary.sense(said["things"].lower()) if said and said["things"] else None
        counted = said and (not said["things"] or (kind and kind.is_type))
        return _number(said["n"]) if said and counted else 1


def summed(items: Sequence[Item]) -> str:
    """What items cost together, each as often as it is there."""
    counts: dict[str, int] = {}
    for item in items:
        counts[item.item_id] = counts.get(item.item_id, 0) + 1
    once = {item.item_id: item for item in items}
    told = [f"{_times(counts[i])}the {closed(item.name)} at {_price(item)}" for i, item in once.items()]
    together, unpriced = total(items)
    if not together or unpriced:
        return f"I cannot add up {listing(told)}."
    return f"{together} together: {listing(told)}."


def _price(item: Item) -> str:
    return "a price on request" if item.price_now is None else money(item.price_now, item.currency)


def _times(count: int) -> str:
    return f"{count} × " if count > 1 else ""


def _count(text: str, ref: Reference) -> int:
    """How many of a card a message wants."""
    if ref.weak and (of_it := _OF_IT.search(text) or _SO_MANY.search(text)):
        return _number(of_it["n"])
    said = _BEFORE.search(text[: ref.start]) or _BEHIND.search(text[ref.end :])
    return _number(said["n"]) if said else 1


def _number(word: str) -> int:
    return 2 if word.lower() == "a couple" else min(number_of(word), MOST)
