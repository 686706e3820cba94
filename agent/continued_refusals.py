"""A refusal that the next message goes on with: "jackets that aren't leather" and then "or suede".

Only where the message says nothing but values and, of their facts, what is in force was refused and nothing wished.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.reading import Reading
from agent.state import DialogueState

_GOES_ON = re.compile(r"^\W*(?:and )?n?or\b(?! (?:maybe|perhaps|rather|else|in|even|just)\b)[^?]*$", re.IGNORECASE)
_SMALL = frozenset(("or", "nor", "and", "any", "either", "please", "also", ",", ".", "!", "for", "that", "matter"))


def going_on(reading: Reading, state: DialogueState) -> Reading:
    """The reading with its values refused where it goes on with a refusal."""
    if not _GOES_ON.match(reading.text) or not reading.mentions or reading.refused:
        return reading
    need = state.need
    facts = {mention.sense.fact for mention in reading.mentions}
    said = {token.text for at, token in enumerate(reading.tokens) if at not in reading.mentioned}
    refused = all(need.exclude.get(fact) and not need.include.get(fact) for fact in facts)
    wishes = any(mention.sense.is_type for mention in reading.mentions) or reading.numbers or reading.references
    if wishes or not refused or not said <= _SMALL:
        return reading
    return replace(reading, refused=reading.mentioned)
