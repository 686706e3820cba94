"""What a reply says of wishes that the records of the cards cannot answer, or deny.

Knows one understood turn and its cards; which phrases are wishes is decided in ``agent/unheard.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent import realiser
from agent.asserted import denies
from agent.item_replies import record_text
from agent.of_all import of_all
from agent.shopping_words import PROPERTY_STEMS, STOP_STEMS
from agent.state import DialogueState, Need
from agent.unheard import longest, partly_met, unfitting, unliked, unmet, unread
from agent.utterance import Utterance
from agent.values import YES
from agent.wording import fact_words, things
from agent.words import stem, stems
from store.schemas import Item


def unsaid(text: str, said: Utterance, state: DialogueState, items: Sequence[Item]) -> list[str]:
    """What was wanted in this turn and no record can answer, or only some do; a record that denies it is quoted."""
    need = state.need
    if not items:
        return []
    told = [fact for fact in need.unrecorded if fact in need.include and (fact in said.include or said.type_values)]
    told = [fact for fact in told if fact not in state.recipient]
    facts = [" ".join(need.measured.get(fact, ())) or fact_words(fact, need.include[fact][0]) for fact in told]
    spoken = {stem for item in items for stem in stems(record_text(item))}
    switches = [words for fact, words in zip(told, facts, strict=True) if _is_quality(fact, need)]
    switches = [words for words in switches if not set(stems(words)) <= spoken]
    texts = any(set(stems(fact)) <= spoken for fact in facts)
    missed = unmet(longest((*unread(text, said.unanswered), *said.wished, *_described(said))), items)
    denied = [phrase for phrase in missed if any(denies(record_text(item), phrase) for item in items)]
    silent = [phrase for phrase in missed if phrase not in denied]
    liked = [*realiser.not_as_liked(unliked(said, items)), *realiser.not_fitting(unfitting(said, items))]
    told_of = [*realiser.unrecorded(switches, facts, texts, silent, things(state)), *_denied(denied, items)]
    return [*told_of, *liked, *partly_met(said.wished, items)]


def as_recorded(state: DialogueState, items: Sequence[Item]) -> DialogueState:
    """The state as a reply may name it: a thing of which the store knows no kind by the words of all the cards alone.

    "Leather planners" are planners where no record says leather, and pieces where not even that is said of each.
    """
    if not state.needs or not (called := state.need.unknown_type.split()):
        return state
    spoken = [set(stems(record_text(item))) for item in items]
    said = [word for word in called if all(set(stems(word)) <= words for words in spoken)]
    kind = " ".join(said) if said[-1:] == called[-1:] else ""
    return state.with_need(replace(state.need, unknown_type=kind))


def _described(said: Utterance) -> tuple[str, ...]:
    """The words that describe a thing of which the store knows no kind: "leather" of "leather planners"."""
    return tuple(word for word in said.unknown_type.split()[:-1] if stem(word) not in STOP_STEMS)


def _denied(phrases: Sequence[str], items: Sequence[Item]) -> list[str]:
    cards = {at: item for at, item in enumerate(items) if phrases and denies(record_text(item), phrases[0])}
    return of_all(cards, (), phrases[:1]) if cards else []


def _is_quality(fact: str, need: Need) -> bool:
    """Whether a wanted fact is something that a thing is: "yes" to "waterproof", or the word itself."""
    value = need.include[fact][0].lower()
    return value in YES or (fact not in need.measured and set(stems(value)) <= PROPERTY_STEMS)
