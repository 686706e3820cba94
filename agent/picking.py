"""Which of the cards a question asks for: "which is cheaper?", "the lightest one", "which one holds the most?".

One of them where prices, ratings or measures tell; what the records hold of what was asked, where not all of them do.
Knows the cards on the table, nothing of what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from agent.intents import CHEAPER, DEARER, read_order
from agent.measures import extremes
from agent.phrases import asked_facts
from agent.questions import QuestionReader
from agent.reading import Reading
from agent.state import DialogueState
from agent.utterance import Intent, Order, Utterance
from agent.vocabulary import Vocabulary
from store.facts import fact_values
from store.schemas import Item

_WHICH = re.compile(r"\bwhich\b", re.IGNORECASE)
# "The lightest one", "show me the biggest of them, please" and nothing more.
_THE_MOST = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|so|and|hm+|well)\W+)*(?:which (?:one |of (?:them|these|those) )?is |what(?:'s| is) |"
    r"(?:show|give) me |i(?:'ll| will)? (?:want|take)|i(?:'d| would) (?:like|take) )?(?:the )?\w+est(?: ones?)?"
    r"(?: of (?:them|these|those))?(?:,? please)?\W*$",
    re.IGNORECASE,
)
# "Which holds the most?", "which one burns longest?" of the cards, whatever shape the message has otherwise.
_WHICH_MOST = re.compile(
    r"\bwhich (?:one |ones |of (?:them|these|those) )?\w+s (?:the )?(?:most|longest|least|best|shortest)\b",
    re.IGNORECASE,
)


class PickingReader:
    """Reads questions for one of the cards in one store."""

    def __init__(self, vocabulary: Vocabulary, get_item: Callable[[str], Item], questions: QuestionReader) -> None:
        self._vocabulary = vocabulary
        self._get_item = get_item
        self._questions = questions

    def picked(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance | None:
        """The card that is asked for, with the fact that decides; None where a message asks for none."""
        return self._by_price_or_rating(reading, said, state) or self._furthest(reading, said, state)

    def _by_price_or_rating(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance | None:
        """ "Which is cheaper?", "which is best rated?": one of the cards, and the fact that decides."""
        if reading.intent is not Intent.COMPARE or not _WHICH.search(reading.text) or said.type_values:
            return None
        ids = [ref.item_id for ref in reading.references if not ref.weak] or list(state.compared or state.cards)
        items = [self._get_item(item_id) for item_id in ids]
        order = read_order(reading.text)
        dear = bool(DEARER.search(reading.text)) or order is Order.DEAREST
        if CHEAPER.search(reading.text) or dear or order is Order.CHEAPEST:
            priced = sorted((i for i in items if i.price_now is not None), key=lambda i: i.price_now or 0.0)
            if len(priced) > 1 and priced[0].price_now == priced[-1].price_now:
                return None  # none is: their prices stand side by side in the comparison
            found, fact = priced[-1:] if dear else priced[:1], "price"
        elif order is Order.TOP_RATED:
            rated = [item for item in items if item.rating]
            if not rated and len(ids) > 1:
                return Utterance(intent=Intent.DETAILS, references=tuple(ids), asked=("rating",))
            found, fact = sorted(rated, key=lambda i: -(i.rating or 0.0))[:1], "rating"
        else:
            return None
        if not found:
            return None
        return Utterance(intent=Intent.DETAILS, references=(found[0].item_id,), asked=(fact,))

    def _furthest(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance | None:
        """ "Which is the lightest?", "the biggest one": all cards, where their records measure it."""
        which = reading.intent is Intent.COMPARE and _WHICH.search(reading.text)
        superlative = (which or _WHICH_MOST.search(reading.text)) and not reading.strong
        if len(state.cards) < 2 or not (superlative or _THE_MOST.search(reading.text)):
            return None
        cards = state.compared or state.cards
        if said.type_values and not self._is_of_theirs(reading, said, cards):
            return None
        asked = self._questions.about(reading, Utterance(intent=Intent.COMPARE, references=cards))
        records = [fact_values(self._get_item(item_id)) for item_id in asked.references]
        about = (*asked.asked_words, *(fact.replace("_", " ") for fact in asked.asked))
        for word in (*asked.asked_words, *extremes(reading.text)):
            found = self._vocabulary.measures.furthest(word, about, records)
            if found and (not asked.asked or found[0] in asked.asked):  # the furthest first: it is in hand then
                best = tuple(asked.references[at] for at in found[1])
                words = dict.fromkeys((word, *asked.asked_words, *found[0].split("_")))
                ids = tuple(dict.fromkeys((*best, *asked.references)))
                return replace(asked, references=ids, asked=(), asked_words=tuple(words))
        told = asked.asked and extremes(reading.text) and not asked.asked_words
        return replace(asked, intent=Intent.DETAILS, asked=asked.asked[:1]) if told else None

    def _is_of_theirs(self, reading: Reading, said: Utterance, cards: Sequence[str]) -> bool:
        """Whether the kind that is named is but a fact of the cards: the camera of phones, where lenses are sold."""
        items = [self._get_item(item_id) for item_id in cards]
        facts = asked_facts(reading.text, self._vocabulary)
        held = any(item.values(fact) for fact in facts for item in items)
        return held and all(item.levels.isdisjoint(said.type_values) for item in items)
