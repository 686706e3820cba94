"""What shoppers tell of themselves, as the value that things for it have: "my skin is very oily" is "my oily skin".

Only where a store has such a value; of a thing ("the sole is thick") nothing is changed.
"""

from __future__ import annotations

import re

from agent.vocabulary import Vocabulary

_TOLD = re.compile(
    r"\b(?P<whose>my|his|her|our|their) (?P<noun>[a-z]+) (?:is|are|gets|feels) "
    r"(?:(?:too|very|so|really|quite|rather|pretty|always|often|super|extremely) )*"
    r"(?P<trait>[a-z]+(?:-[a-z]+)?)\b",
    re.IGNORECASE,
)


def plain_traits(text: str, vocabulary: Vocabulary) -> str:
    """A message with such a sentence as a phrase that the store knows."""

    def turned(told: re.Match[str]) -> str:
        phrase = f"{told['trait']} {told['noun']}"
        sense = vocabulary.sense(phrase)
        known = sense is not None and sense.whole and not sense.is_type
        return f"{told['whose']} {phrase}" if known else told[0]

    return _TOLD.sub(turned, text)
