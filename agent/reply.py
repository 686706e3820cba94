"""The reply to a turn as checked sentences: chooses what to say, the realiser chooses the words.

Pure: an answered turn in, sentences and their grounds out. Whoever speaks afterwards (a language model) is
held to the same grounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent import item_replies, realiser
from agent.fact_check import Grounds, check, grounds
from agent.item_replies import record_text
from agent.planner import SEARCHING
from agent.realiser import Facets, Voice
from agent.shop import Shop
from agent.shopping_words import PROPERTY_STEMS
from agent.state import DialogueState, Need
from agent.tools import ItemsOpened
from agent.understanding import unheard
from agent.utterance import Intent, Utterance
from agent.wording import YES, fact_words, refused, request, things
from agent.words import stems
from retrievers.base import UNLIKE, Outcome, Retrieval
from store.schemas import Item

ANSWERED = "answered"  # outcome of turns that are no search

_FIXED: dict[Intent, tuple[str, ...]] = {
    Intent.GREET: ("Hello! Tell me what you are looking for, or show me a photo.",),
    Intent.THANK: ("You are welcome. I keep what we talked about, so just go on whenever you like.",),
    Intent.ABOUT: (
        "I am Mercer, the assistant of this store.",
        "Describe what you want or show me a photo; say what you like and what must not be, and I keep it in mind.",
        "I speak only of what the store's records hold.",
    ),
    Intent.SHOP_POLICY: (
        "I only know the products and their records: prices, stock, sizes, materials and so on.",
        "For shipping, returns, payment or price reductions please ask the shop itself.",
    ),
    Intent.FOREIGN: (
        "English is the only language that I can follow so far.",
        "Could you say it in English, or show me a photo of what you mean?",
    ),
    Intent.RESET: ("A fresh start: I have put aside what was said so far.", "What are you looking for?"),
    Intent.UNCLEAR: ("I did not get that; could you say what kind of product you have in mind?",),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn after its tool ran: what was said, the state, the tool's artifact and the cards' items.

    ``liked`` are the items that the shopper likes in this conversation, oldest first.
    """

    text: str
    said: Utterance
    state: DialogueState
    retrieval: Retrieval | None = None
    opened: tuple[Item, ...] = ()
    liked: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """The items that the reply may speak of."""
        found = tuple(r.item for r in self.retrieval.recommendations) if self.retrieval else ()
        return self.opened or found

    @property
    def outcome(self) -> str:
        """How the turn ended, as transcripts and ``--json`` name it."""
        return self.retrieval.outcome.value if self.retrieval else ANSWERED


@dataclass(frozen=True, slots=True)
class Reply:
    """Sentences ready to be shown, in order, and what any further sentence must be grounded in."""

    sentences: tuple[str, ...]
    grounds: Grounds


def answered(text: str, said: Utterance, state: DialogueState, artifact: object) -> Answered:
    """Put a tool's artifact beside its turn."""
    if isinstance(artifact, Retrieval):
        return Answered(text, said, state, retrieval=artifact)
    opened = artifact.items if isinstance(artifact, ItemsOpened) else ()
    return Answered(text, said, state, opened=opened)


def compose(turn: Answered, shop: Shop, voice: Voice, examples: Sequence[str]) -> Reply:
    """The realiser's reply, every sentence checked; one that fails its check is left out."""
    departments = shop.departments()
    sentences = _sentences(turn, shop, voice, examples, departments)
    given = _grounds(turn, shop, departments, examples)
    passed = tuple(s for s in sentences if not check(s, given, shop.vocabulary))
    return Reply(passed or (_PLAIN,), given)


_PLAIN = "Here is what I found."


def _sentences(
    turn: Answered, shop: Shop, voice: Voice, examples: Sequence[str], departments: list[str]
) -> list[str]:
    said = turn.said
    if said.intent is Intent.LIKE and turn.said.liked:
        saved = shop.catalog.get(said.liked[0])
        return [f"Saved: the {saved.title} is on your list."]
    if turn.opened:
        if len(turn.opened) > 1:
            return item_replies.comparison(turn.opened, said.asked_words)
        colourways = shop.colourways(turn.opened[0])
        return item_replies.details(turn.opened[0], said.asked, said.asked_words, colourways)
    if said.intent is Intent.COMPLAIN:
        return realiser.complaint(request(turn.state, shop.currency), turn.state.need.has_wish)
    if said.intent is Intent.BROWSE:
        return realiser.needs_a_wish(voice, (), examples, departments)
    if turn.retrieval is None or said.intent not in SEARCHING:
        return list(_FIXED.get(said.intent, _FIXED[Intent.UNCLEAR]))
    sentences = _search_sentences(turn, turn.retrieval, shop, voice, examples, departments)
    return sentences + _unsaid(turn) + realiser.noted(_others(said))


def _unsaid(turn: Answered) -> list[str]:
    """What was wanted in this turn and no record can answer."""
    said, need = turn.said, turn.state.need
    if not turn.items:
        return []
    told = [fact for fact in need.unrecorded if fact in need.include and (fact in said.include or said.type_values)]
    told = [fact for fact in told if fact not in turn.state.recipient]
    facts = [" ".join(need.measured.get(fact, ())) or fact_words(fact, need.include[fact][0]) for fact in told]
    spoken = {stem for item in turn.items for stem in stems(record_text(item))}
    switches = [words for fact, words in zip(told, facts, strict=True) if _is_quality(fact, need)]
    switches = [words for words in switches if not set(stems(words)) <= spoken]
    words = [word for word in unheard(said) if not set(stems(word)) <= spoken]
    texts = any(set(stems(fact)) <= spoken for fact in facts)
    return realiser.unrecorded(switches, facts, texts, [*said.unanswered, *words], things(turn.state))


def _is_quality(fact: str, need: Need) -> bool:
    """Whether a wanted fact is something that a thing is: "yes" to "waterproof", or the word itself."""
    value = need.include[fact][0].lower()
    return value in YES or (fact not in need.measured and set(stems(value)) <= PROPERTY_STEMS)


def _others(said: Utterance) -> list[str]:
    """The further things that were wanted in the same breath, in the plural."""
    return [
        things(DialogueState((Need(other.type_fact, other.type_values, other.type_words),), 0)) for other in said.then
    ]


def _search_sentences(
    turn: Answered, answer: Retrieval, shop: Shop, voice: Voice, examples: Sequence[str], departments: list[str]
) -> list[str]:
    state = turn.state
    if answer.outcome is Outcome.NEED_CLARIFICATION:
        return realiser.needs_a_wish(voice, refused(state), examples, departments)
    if answer.outcome is Outcome.NOT_CARRIED:
        return realiser.not_carried(voice, things(state), departments)
    if answer.outcome is Outcome.NOTHING_IN_RANGE and UNLIKE in answer.relaxed:
        return realiser.unlike_photo(voice, turn.items)
    if answer.outcome is Outcome.NOTHING_IN_RANGE and turn.said.intent is Intent.SOMETHING_ELSE:
        return realiser.nothing_else(voice, state, answer, shop.currency)
    if answer.outcome is Outcome.NOTHING_IN_RANGE and turn.said.relative_price and turn.items:
        pointed = shop.catalog.get(state.need.anchor) if state.need.anchor else None
        return realiser.no_cheaper(state, turn.items, turn.said.relative_price, pointed)
    if answer.outcome is Outcome.NOTHING_IN_RANGE or not answer.recommendations:
        return realiser.nearest(voice, state, answer)
    mask = shop.facts.allowed(state.constraints)
    facets = Facets({fact: shop.facts.facets(fact, mask) for fact in realiser.ASKABLE})
    anchor = shop.catalog.get(state.need.anchor) if state.need.anchor else None
    return realiser.found(voice, state, answer, facets, anchor)


def _grounds(turn: Answered, shop: Shop, departments: list[str], examples: Sequence[str]) -> Grounds:
    items = [item for opened in turn.items for item in (shop.colourways(opened) if turn.opened else [opened])]
    items += [shop.catalog.get(item_id) for item_id in (*turn.said.liked, turn.state.need.anchor) if item_id]
    numbers: list[float] = []
    need = turn.state.need
    words = [*departments, *examples[:1], request(turn.state, shop.currency), *_others(turn.said)]
    words += [fact_words(fact, value) for fact in need.unrecorded for value in need.include.get(fact, ())[:1]]
    words += [fact.replace("_", " ") for fact in turn.said.asked]
    if turn.retrieval is not None:
        numbers += [turn.retrieval.matches, len(turn.items)]
        mask = shop.facts.allowed(turn.state.constraints)
        words += [value for fact in realiser.ASKABLE for value in (fact, *shop.facts.facets(fact, mask))]
    return grounds(items, turn.state, turn.text, numbers, words)
