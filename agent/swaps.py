"""Orders to put one thing in another's place: "swap the scarf for a beanie" is "a beanie instead of the scarf".

English wording only. What is pointed at ("swap it", "replace the second one") is no name of a thing and stays.
"""

from __future__ import annotations

import re

# "Can you swap the scarf for a beanie please", "replace red with navy"
_SWAP = re.compile(
    r"\b(?:(?:(?:can|could|would) (?:you|we)|please|let['’]?s|i(?:['’]d| would) (?:like|love) to|i want to) )*"
    r"(?:swap|replace) "
    r"(?P<old>(?!(?:it|them|that|this|these|those|one)\b)(?!(?:[\w-]+ ){0,3}ones?\b)[^,.;:!?]{2,40}?) "
    r"(?:for|with|by) (?P<new>(?!free\b|(?:an)?other\b|something\b|anything\b|a different\b)[^,.;:!?]+?)"
    r"(?=(?:,? (?:please|instead|then))*\s*(?:[,.;:!?]|$))",
    re.IGNORECASE,
)


def as_instead(text: str) -> str:
    """The message with such orders as wishes for the new thing instead of the old.

    >>> as_instead("could you swap the lamp for some candles please?"), as_instead("swap it for a vase")
    ('some candles instead of the lamp please?', 'swap it for a vase')
    """
    return _SWAP.sub(r"\g<new> instead of \g<old>", text)
