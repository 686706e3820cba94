"""The reply to a turn as checked sentences: chooses what to say, the realiser chooses the words.

Pure: an answered turn in, sentences and their grounds out. Whoever speaks afterwards (a language model) is
held to the same grounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from agent import briefs, item_replies, realiser
from agent.advice import advised, asks_what_to_avoid, explained, heard, warned
from agent.briefs import Brief
from agent.choices import choices, of_brand
from agent.fact_check import Checker
from agent.grammar import one_article
from agent.grounds import Grounds, grounds
from agent.highlights import ASKABLE, Facets, all_unlike, highlights
from agent.item_replies import closed, verb
from agent.of_all import of_all
from agent.planner import SEARCHING
from agent.realiser import Voice
from agent.recalling import recalled
from agent.same_again import heard_of_some, is_same_again, same_again, still_none, what_then
from agent.settle import MOST_COMPARED
from agent.shop import Shop
from agent.small_talk import FIXED, no_such_card, off_topic, small_talk
from agent.state import DialogueState, Need
from agent.sums import summed
from agent.tools import ItemsOpened
from agent.unheard import unread
from agent.unsaid import as_recorded, unsaid
from agent.utterance import Intent, Utterance
from agent.wording import fact_words, listing, nothing, request, things
from agent.words import stems
from retrievers.base import UNLIKE, Outcome, Retrieval
from store.schemas import Constraints, Item

ANSWERED = "answered"  # outcome of turns that are no search


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
    """Sentences ready to be shown, in order, and what any other sentence must be grounded in.

    Those of ``middle`` may be said in other words by whoever was given the ``brief``; without one, by nobody.
    ``question`` is the fact that is asked about.
    """

    before: tuple[str, ...]
    middle: tuple[str, ...]
    after: tuple[str, ...]
    grounds: Grounds
    brief: Brief | None = None
    question: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole reply."""
        return (*self.before, *self.middle, *self.after)


@dataclass(frozen=True, slots=True)
class _Said:
    """The realiser's sentences, not checked yet; the parts are those of ``Reply``."""

    middle: list[str]
    brief: Brief | None = None
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    question: str = ""
    fixed: bool = False  # words of ours about no item: a store that sells tables has no say in them


def answered(text: str, said: Utterance, state: DialogueState, artifact: object) -> Answered:
    """Put a tool's artifact beside its turn."""
    if isinstance(artifact, Retrieval):
        return Answered(text, said, state, retrieval=artifact)
    opened = artifact.items if isinstance(artifact, ItemsOpened) else ()
    return Answered(text, said, state, opened=opened)


def compose(turn: Answered, shop: Shop, voice: Voice, examples: Sequence[str]) -> Reply:
    """The realiser's reply, every sentence checked; one that fails its check is left out."""
    departments = shop.departments()
    said = _said(turn, shop, voice, examples, departments)
    given = _grounds(turn, shop, departments, examples)

    checker = Checker(given, shop.vocabulary)

    def passed(sentences: Sequence[str]) -> tuple[str, ...]:
        return tuple(one_article(s) for s in sentences if not checker.check(s))

    if said.fixed and said.middle:
        return Reply((), tuple(said.middle), (), given)
    before, middle, after = passed(said.before), passed(said.middle), passed(said.after)
    if not (before or middle or after):
        middle = (_PLAIN if turn.retrieval else _NOT_TOLD,)
    brief = said.brief if len(middle) == len(said.middle) else None  # it would tell what did not pass
    return Reply(before, middle, after, given, brief, said.question)


_PLAIN = "Here is what I found."
_NO_SALE = "Nothing in this store is on sale at the moment."
_NOT_TOLD = "The records do not tell that."
_ORDERING = ("I cannot place orders or fill a cart: that is done in the shop itself.",)


def _said(turn: Answered, shop: Shop, voice: Voice, examples: Sequence[str], departments: list[str]) -> _Said:
    said = turn.said
    if said.intent is Intent.LIKE and turn.said.liked:
        return _Said(_saved(said, shop), after=[*_ORDERING] if said.ordering else [])
    if turn.opened:
        return _about_opened(turn, shop, voice)
    if said.intent is Intent.COMPLAIN:
        return _Said(realiser.complaint(request(turn.state, shop.currency), turn.state.need.has_wish))
    if said.intent is Intent.NO_SUCH_CARD:
        return _Said(no_such_card(len(turn.state.cards) == 1, said.unanswered), fixed=True)
    wanted = request(turn.state, shop.currency) if _has_search(turn) else ""
    if said.intent is Intent.RECALL:
        return _Said(recalled(said, turn.state, turn.liked, shop.currency), fixed=True)
    if said.intent is Intent.SUM:
        saved = _saved(said, shop) if said.liked else []
        return _Said([*saved, summed([shop.catalog.get(item_id) for item_id in said.references])], fixed=True)
    if said.intent is Intent.CHOICES:
        named = said.include.get("brand", ())
        return _Said(of_brand(shop, named[0]) if named else choices(shop, turn.state, said.asked[0]), fixed=True)
    if said.intent in (Intent.CHAT, Intent.PAUSE):
        return _Said(small_talk(voice, said.intent, wanted))
    if said.intent is Intent.OFF_TOPIC:
        return _Said(off_topic(wanted, departments), fixed=True)
    if said.intent is Intent.BROWSE:
        return _question(voice, (), examples, departments)
    if turn.retrieval is None or said.intent not in SEARCHING:
        return _Said(list(FIXED.get(said.intent, FIXED[Intent.UNCLEAR])), fixed=True)
    found = _about_answer(turn, turn.retrieval, shop, voice, examples, departments)
    saved = _saved(said, shop) if said.liked and said.intent in (Intent.SEARCH, Intent.REJECT) else []
    saved += _chosen_from(turn, shop)
    after = [*found.after, *unsaid(turn.text, turn.said, turn.state, turn.items), *realiser.noted(_others(said))]
    return replace(found, before=[*saved, *found.before], after=after)


def _chosen_from(turn: Answered, shop: Shop) -> list[str]:
    """ "What brands of sneakers do you have?": told beside the sneakers."""
    asked = turn.said.asked if turn.said.intent is Intent.SEARCH else ()
    return choices(shop, turn.state, asked[0]) if asked else []


def _saved(said: Utterance, shop: Shop) -> list[str]:
    items = [shop.catalog.get(item_id) for item_id in said.liked]
    titles = [f"the {item.name}" for item in items]
    titles[-1] = closed(titles[-1])
    return [f"Saved: {listing(titles)} {verb(items[0], 'is') if len(titles) == 1 else 'are'} on your list."]


def _has_search(turn: Answered) -> bool:
    return bool(turn.state.needs) and turn.state.need.has_wish


def _about_opened(turn: Answered, shop: Shop, voice: Voice) -> _Said:
    opened, said = turn.opened, turn.said
    if said.intent is Intent.ADVICE and asks_what_to_avoid(turn.text):
        return _Said(warned(opened, turn.state))
    if said.intent is Intent.ADVICE:
        return _Said(advised(voice, opened, turn.state), before=heard(opened, said.asked_words))
    if said.intent is Intent.WHY:
        return _Said(explained(opened, turn.state, shop.currency))
    unasked = not (said.asked or said.asked_words)  # "both of the first two": side by side, if there are so few
    if len(opened) > 1 and said.intent is Intent.DETAILS and not (unasked and len(opened) <= MOST_COMPARED):
        cards = {turn.state.cards.index(item.item_id): item for item in opened}
        return _Said(
            of_all(cards, said.asked or ("price",) * unasked, unread(turn.text, said.asked_words)), fixed=True
        )
    if len(opened) > 1:
        brief = briefs.compare(opened, voice.style)
        told = item_replies.measured(opened, said.asked_words, shop.vocabulary.measures)
        suited = item_replies.suited(opened, [word for word in said.asked_words if word not in told])
        answers = [*filter(None, told.values()), *suited]
        if len(opened) > MOST_COMPARED:  # so many are not laid side by side
            return _Said(answers)
        return _Said(item_replies.comparison(opened), brief, before=answers, after=item_replies.tie(opened))
    colourways = shop.colourways(opened[0])
    facts = item_replies.details(opened[0], said.asked, said.asked_words, colourways)
    if said.asked or said.asked_words:
        return _Said(facts)
    return _Said(facts, briefs.explain(opened[0], colourways, voice.style))


def _question(voice: Voice, noted: Sequence[str], examples: Sequence[str], departments: list[str]) -> _Said:
    brief = briefs.ask(noted, departments, examples, voice.style)
    return _Said(realiser.needs_a_wish(voice, noted, examples, departments), brief)


def _others(said: Utterance) -> list[str]:
    """The further things that were wanted in the same breath, in the plural."""
    return [
        things(DialogueState((Need(other.type_fact, other.type_values, other.type_words),), 0)) for other in said.then
    ]


def _about_answer(
    turn: Answered, answer: Retrieval, shop: Shop, voice: Voice, examples: Sequence[str], departments: list[str]
) -> _Said:
    state = turn.state
    if answer.outcome is Outcome.NEED_CLARIFICATION:
        return _question(voice, nothing(state), examples, departments)
    if answer.outcome in (Outcome.FOUND, Outcome.NOTHING_IN_RANGE) and is_same_again(
        turn.said, state.cards, turn.items
    ):
        return _about_the_same(turn, answer, shop, voice)
    if answer.outcome is Outcome.FOUND and answer.recommendations:
        return _about_matches(turn, answer, shop, voice)
    return _Said(_about_none(turn, answer, shop, voice, departments))


def _about_the_same(turn: Answered, answer: Retrieval, shop: Shop, voice: Voice) -> _Said:
    if answer.outcome is Outcome.NOTHING_IN_RANGE:
        return _Said(still_none(voice, request(turn.state, shop.currency)))
    told = heard_of_some(turn.text, turn.said, turn.items)
    asked = [] if told or unsaid(turn.text, turn.said, turn.state, turn.items) else [what_then(voice)]
    return _Said(same_again(voice, turn.state.cards, turn.items), after=[*told, *asked])


def _about_matches(turn: Answered, answer: Retrieval, shop: Shop, voice: Voice) -> _Said:
    state = turn.state
    mask = shop.facts.allowed(state.constraints)
    facets = Facets({fact: shop.facts.facets(fact, mask) for fact in ASKABLE}, bool(shop.facts.prices(mask).size))
    anchor = shop.catalog.get(state.need.anchor) if state.need.anchor else None
    told = highlights(as_recorded(state, turn.items), answer, facets)
    if turn.said.intent is Intent.SOMETHING_ELSE:  # what was shown before is not counted
        told = replace(told, wanted=f"other {told.wanted}")
    return _Said(
        realiser.found(voice, told),
        briefs.recommend(told, voice.style) if told.shown > 1 else None,  # of one there is but one thing to say
        before=(
            realiser.pick_changed(state, turn.items, shop.colourways(anchor))
            if anchor and _asks_of(anchor, turn, shop)
            else []
        ),
        after=[
            *(realiser.not_alike() if turn.said.photo and all_unlike(answer) else []),
            *realiser.currency_note(turn.said.currency, told.first.currency),
        ],
        question=told.ask,
    )


def _asks_of(anchor: Item, turn: Answered, shop: Shop) -> bool:
    """Whether the turn asks for a change of the picked style; that it was missing before is told already."""
    need, said = turn.state.need, turn.said
    before = {
        fact: need.include[fact]
        for fact in need.changed
        if fact in need.include and fact not in said.include and fact not in need.unrecorded
    }
    there = shop.facts.allowed(Constraints(include=before))
    style = shop.facts.positions(item.item_id for item in shop.colourways(anchor))
    return bool(said.include) and bool(there[style].any())


def _about_none(turn: Answered, answer: Retrieval, shop: Shop, voice: Voice, departments: list[str]) -> list[str]:
    state = turn.state
    if answer.outcome is Outcome.NOT_CARRIED:
        return realiser.not_carried(voice, things(state), departments)
    if state.need.on_sale and not (turn.items or shop.has_sale):
        return [_NO_SALE]
    if answer.outcome is Outcome.NOTHING_IN_RANGE and UNLIKE in answer.relaxed:
        return realiser.unlike_photo(voice, turn.items)
    ever = shop.facts.allowed(state.constraints).any()  # of what never was there, one cannot have seen all
    if answer.outcome is Outcome.NOTHING_IN_RANGE and turn.said.intent is Intent.SOMETHING_ELSE and ever:
        return realiser.nothing_else(voice, state, answer, shop.currency)
    in_price = set(answer.relaxed) <= {"price_min", "price_max"}  # else the cards differ in more than that
    if answer.outcome is Outcome.NOTHING_IN_RANGE and turn.said.relative_price and turn.items and in_price:
        pointed = shop.catalog.get(turn.said.references[0]) if turn.said.references else None
        return realiser.no_cheaper(state, turn.items, turn.said.relative_price, pointed)
    return realiser.nearest(voice, state, answer, shop.currency)


def _grounds(turn: Answered, shop: Shop, departments: list[str], examples: Sequence[str]) -> Grounds:
    need, retrieval = turn.state.need, turn.retrieval
    words = [*_others(turn.said), shop.currency or "", *turn.said.unanswered]
    words += [*departments, *examples[:1]] if not turn.items else []  # told only where nothing is shown
    words += [fact_words(fact, value) for fact in need.unrecorded for value in need.include.get(fact, ())[:1]]
    words += [fact.replace("_", " ") for fact in turn.said.asked]
    words += _chosen_from(turn, shop)
    given = grounds(turn.items, turn.state, turn.text, words, shop.currency)
    others = {item.item_id: tuple(shop.colourways(item)[1:]) for item in turn.opened}
    known = [shop.catalog.get(item_id) for item_id in (*turn.said.liked, need.anchor) if item_id]
    aside = (*turn.liked, *known)
    if retrieval is None:
        return replace(given, aside=aside, colourways=others)
    mask = shop.facts.allowed(turn.state.constraints)
    asked = [value for fact in ASKABLE for value in (fact, *shop.facts.facets(fact, mask))]
    return replace(
        given,
        aside=aside,
        asked=frozenset(stem for text in asked for stem in stems(text.replace("_", " "))),
        matches=retrieval.matches,
        met=retrieval.outcome is not Outcome.NOTHING_IN_RANGE,
    )
