"""What there is too much of: "the second is too plain", "the last one was too modern".

A value that is said to be too much is none to look for, and a card that is so goes. What is measured ("too big"),
shaded ("too dark") or costs too much was read as a wish for less of it before, and stays one. Knows no store.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.questions import asks
from agent.reading import Reading
from agent.utterance import Intent, Utterance
from agent.values import union

# "Is too modern", "looked a bit too plain", and no question: "is it too big?".
_TOO = re.compile(
    r"\b(?:is|are|was|were|looks?|looked|seems?|seemed|feels?|felt|['’]s|['’]re)(?: (?:a (?:bit|little)|just|way|far|"
    r"much|rather|really|also))* too \w+[^?]*$",
    re.IGNORECASE,
)


def without_too_much(reading: Reading, said: Utterance) -> Utterance:
    """The utterance with each value behind "too" refused that it wished for."""
    too_much = {
        m.sense.fact: said.include[m.sense.fact]
        for m in reading.mentions
        if _follows_too(reading, m.start) and set(said.include.get(m.sense.fact, ())) & set(m.sense.values)
    }
    if not too_much:
        return said
    include = {fact: values for fact, values in said.include.items() if fact not in too_much}
    return replace(said, include=include, exclude=union(said.exclude, too_much))


def blamed(reading: Reading, said: Utterance) -> Utterance | None:
    """The refusal of the card that a message calls too much of something; None where it asks for less of it."""
    strong = tuple(dict.fromkeys(ref.item_id for ref in reading.strong))
    if reading.intent is Intent.LIKE or said.type_values or said.unknown_type:
        return None
    if len(strong) != 1 or not _TOO.search(reading.text):
        return None
    if asks(replace(said, exclude={}, exclude_phrases={})) or said.measured or said.relative_price:
        return None
    return replace(said, intent=Intent.REJECT, rejected=strong, references=strong)


def _follows_too(reading: Reading, at: int) -> bool:
    before = reading.tokens[at - 1] if at else None
    return before is not None and before.text == "too" and before.end + 1 == reading.tokens[at].start
