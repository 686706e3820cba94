"""Questions who a brand is: "who is Marlow?", which no record tells; what there is of the brand can be told.

Knows the brands of a store by their names.
"""

from __future__ import annotations

import re

from agent.vocabulary import Vocabulary

_WHO = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?|h+m+)\W+)*who(?:['’]s| is| are| was| were) (?P<name>[^?!,;]+?)(?: again)?\W*$",
    re.IGNORECASE,
)


def brand_asked_for(text: str, vocabulary: Vocabulary) -> str:
    """The brand that a message asks who it is, "" where it asks for none."""
    match = _WHO.match(text)
    sense = vocabulary.sense(match["name"]) if match else None
    return sense.values[0] if sense and sense.fact == "brand" else ""
