"""Advice and explanations: "which one would you take?", "why these?", answered from the records and the request.

A choice is made by what can be checked: stock, the shoppers' rating, and the order in which the cards came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.highlights import rates
from agent.item_replies import cheapest_of, closed, offered, price_of, record_text, stock_note, suited, verb
from agent.realiser import Voice, unrecorded
from agent.reasons import parts
from agent.state import DialogueState
from agent.utterance import Intent, Utterance
from agent.wording import fact_called, listing, money, request
from agent.words import stems
from store.facts import fact_values
from store.schemas import Item

MOST_EXPLAINED = 3  # more reasons than these nobody reads
_AVOIDS = re.compile(r"\b(?:avoid|skip|leave out|(?:should|would) (?:i|you) not|worst)\b", re.IGNORECASE)
_WHY_NOT = re.compile(r"\bwhy (?:not|isn['’]?t|aren['’]?t|wasn['’]?t)\b", re.IGNORECASE)  # "why not the third?"

# One is weighed against another: "is the second any worse?", "what makes the third more expensive?", "compare it with
# the first".
_WEIGHED = re.compile(
    r"\b(?:is|are|isn['’]?t) [^,.;!?]{1,40}? (?:any |much |really |actually |even )*(?:better|worse|nicer)"
    r"(?: (?:than|then) [^,.;!?]+)?(?=\W*$)|"
    r"\b(?:what makes|why is|why are) [^,.;!?]{1,40}? (?:so much |so |that much |much )?"
    r"(?:more expensive|less expensive|dearer|pricier|cheaper|better|worse|expensive|pricey|cheap|dear)"
    r"(?: than [^,.;!?]+)?(?=\W*$)|"
    r"\bcompare (?:it|this|that)(?: one)? (?:with|to|and|against) |"
    r"\b(?:it|this|that)(?: one)? (?:vs\.?|versus|(?:when )?compared? (?:with|to)) ",
    re.IGNORECASE,
)


def weighed(text: str, pointed: Sequence[str], state: DialogueState) -> Utterance | None:
    """A comparison of the one card that a message asks to be weighed with the one spoken of, else the first other."""
    others = [
        item_id for item_id in (state.talked_about, *state.compared, *state.cards) if item_id not in ("", *pointed)
    ]
    if len(pointed) != 1 or not others or not _WEIGHED.search(text):
        return None
    return Utterance(intent=Intent.COMPARE, references=(*pointed, others[0]))


def asked_why(text: str, pointed: Sequence[str], state: DialogueState) -> Utterance:
    """A question for reasons with the cards that it is about.

    "Why not the third?" weighs it against the one that was spoken of, else the first.
    """
    picked = state.talked_about or next(iter(state.cards), "")
    if _WHY_NOT.search(text) and len(pointed) == 1 and picked not in ("", *pointed):
        return Utterance(intent=Intent.COMPARE, references=(picked, *pointed))
    return Utterance(intent=Intent.WHY, references=tuple(pointed))


def best_first(items: Sequence[Item], words: Sequence[str], state: DialogueState) -> list[Item]:
    """The items with the one to advise first: it says what was asked about, can be had, misses least, is rated best.

    Where ratings tell nothing the order of the cards decides, which is that of how well they fit.
    """
    wanted = {stem for word in words for stem in stems(word)}
    rated = rates(items)

    def merit(item: Item) -> tuple[bool, bool, int, float]:
        says = wanted <= set(stems(record_text(item)))
        misses = len(_missed(item, state)) + bool(_beyond(item, state))
        return says, not stock_note(item), -misses, rated.get(item.item_id, 0.0)

    return sorted(items, key=merit, reverse=True)


def heard(items: Sequence[Item], words: Sequence[str]) -> list[str]:
    """Whether the records say what advice was asked for ("for hiking")."""
    said = [word for word in words if any(set(stems(word)) <= set(stems(record_text(item))) for item in items)]
    return [*suited(items, said), *unrecorded((), (), False, [word for word in words if word not in said], "")]


def advised(voice: Voice, items: Sequence[Item], state: DialogueState) -> list[str]:
    """The first of the items as the choice, what speaks for it, and a cheaper one if there is one."""
    first, rated = items[0], rates(items)
    sentences = [
        voice.pick(
            f"I would take the {offered(first, 'for')}{stock_note(first)}.",
            f"My choice would be the {offered(first, 'at')}{stock_note(first)}.",
        )
    ]
    sentences += _beyond(first, state)
    if rated and rated.get(first.item_id) == max(rated.values()):
        sentences.append(f"Of these it is the best rated, with {first.values('rating')[0]}.")
    if own := parts(first, state, _missed(first, state)):
        sentences.append(f"By its record: {', '.join(own)}.")
    cheapest = cheapest_of(items)
    if cheapest and (cheapest.price_now or 0) < (first.price_now or 0) and not stock_note(cheapest):
        price = price_of(cheapest)
        sentences.append(
            f"If you would rather spend less, the {closed(cheapest.name)} {verb(cheapest, 'is')} {price}."
        )
    return sentences


def asks_what_to_avoid(text: str) -> bool:
    """Whether advice is asked for against one of the cards: "which one should I avoid?"."""
    return bool(_AVOIDS.search(text))


def warned(items: Sequence[Item], state: DialogueState) -> list[str]:
    """The last of the items, best first, with what the records say against it; that nothing is said, where so."""
    last, rated = items[-1], rates(items)
    against = [told for told in (stock_note(last).removeprefix(", "),) if told]
    if missed := _missed(last, state):
        against.append(f"not as asked for in {listing([fact_called(fact) for fact in missed])}")
    if len(set(rated.values())) > 1 and rated.get(last.item_id) == min(rated.values()):
        against.append(f"rated lowest of these, with {last.values('rating')[0]}")
    if not (against or _beyond(last, state)):
        return ["Nothing in the records of these speaks against any of them."]
    told = f": {listing(against)}" if against else ""
    return [f"If any, I would leave out the {last.name}{told}.", *_beyond(last, state)]


def explained(items: Sequence[Item], state: DialogueState, currency: str | None) -> list[str]:
    """Why these items: the request they were chosen by, what all of them have of it, and what each has beside."""
    told = {item.item_id: parts(item, state, _missed(item, state)) for item in items}
    common = [part for part in told[items[0].item_id] if all(part in own for own in told.values())]
    sentences = [f"I went by what you said: {request(state, currency)}."] if state.need.has_wish else []
    if len(items) > 1 and common:
        sentences.append(f"All of them: {', '.join(common)}.")
    for item in items[:MOST_EXPLAINED]:
        own = [part for part in told[item.item_id] if len(items) == 1 or part not in common]
        sentences += [f"The {item.name}: {', '.join(own)}."] if own else []
        sentences += _beyond(item, state)
    if len(items) > 1:
        sentences.append("What comes closest to your words stands first.")
    return sentences


def _beyond(item: Item, state: DialogueState) -> list[str]:
    """That an item is not within the price that was named."""
    low, high, now = state.need.price_min, state.need.price_max, item.price_now
    if now is None or not ((high is not None and now > high) or (low is not None and now < low)):
        return []
    limit = f"above your {money(high, item.currency)}" if high is not None and now > high else "below your range"
    return [f"The {closed(item.name)} {verb(item, 'is')} {limit}."]


def _missed(item: Item, state: DialogueState) -> tuple[str, ...]:
    """The facts in which an item is not what was asked for."""
    need, facts = state.need, fact_values(item)
    return tuple(
        fact
        for fact, wanted in need.include.items()
        if fact not in need.unrecorded and not set(wanted) & set(facts.get(fact, ()))
    )
