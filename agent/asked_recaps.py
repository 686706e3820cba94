"""What a message that asks for a recap wants told back: the list, what was refused, or all of it.

Knows words alone: that a recap is asked for at all was decided before, and what there is to tell is not known here.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.asked_refusals import asks_what_is_refused
from agent.utterance import Intent, Recap, Utterance

# "Remove the second one from my list", "take it off my favourites"
TAKES_OFF = re.compile(
    r"\b(?:remove|delete|take|drop|unsave|scratch|cross)\b(?P<what>.*?)\b(?:from|off|out of) (?:my |the )?(?:wish ?)?"
    r"(?:list|saved(?: items| things)?|favou?rites|cart|basket|trolley)\b",
    re.IGNORECASE,
)
# "What did I like so far?", "what does it cost together?"
_LIST = re.compile(
    r"\b(?:liked?|loved?|saved?|favou?rit\w*|(?:wish ?)?list|cart|basket|total|sum|together|altogether|"
    r"cost)\b",
    re.IGNORECASE,
)
# "What have I ruled out?"
_RULED_OUT = re.compile(
    r"\b(?:(?:did|have|do) i|i(?:['’]ve| have)?) (?:ruled?|excluded?|refused?)\b",
    re.IGNORECASE,
)
# "What did I say my budget was?"
_BUDGET = re.compile(
    r"\b(?:budget|(?:price|spending|my|the) limit|(?:my|the) max(?:imum)?|(?:wanted?|going|meant) to spend)\b",
    re.IGNORECASE,
)


def with_recap(text: str, said: Utterance) -> Utterance:
    """The utterance with what it wants told back, where it wants that."""
    return replace(said, recap=_asked(text)) if said.intent is Intent.RECALL else said


def _asked(text: str) -> Recap:
    if _RULED_OUT.search(text) or asks_what_is_refused(text):
        return Recap.REFUSED
    if TAKES_OFF.search(text):
        return Recap.TAKEN_OFF
    if _BUDGET.search(text):
        return Recap.BUDGET
    return Recap.LIST if _LIST.search(text) else Recap.EVERYTHING
