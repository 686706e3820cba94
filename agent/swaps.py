"""Orders to put one thing in another's place: "swap the scarf for a beanie" is "a beanie instead of the scarf".

A kind that is refused where another is wanted ("not dresses, skirts") is swapped too. English wording only. What is
pointed at ("swap it", "replace the second one") is no name of a thing and stays.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.reading import Reading
from agent.utterance import Utterance

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


def without_swapped(said: Utterance, reading: Reading) -> Utterance:
    """ "Not dresses, skirts" puts one kind in another's place: of skirts nothing is left to refuse by that.

    What is refused within the kinds that are wanted ("shoes, no boots") or for good stays refused.
    """
    kinds = [m for m in reading.mentions if m.sense.is_type]
    wanted = {value for m in kinds if m.start not in reading.refused for value in m.sense.values}
    refused = [m.sense for m in kinds if m.start in reading.refused]
    swapped = [s for s in refused if s.fact == said.type_fact and wanted.isdisjoint(s.wide or s.values)]
    if said.lasting or not wanted or not swapped or wanted != {*said.type_values}:
        return said
    gone = {value for sense in swapped for value in (*sense.values, *sense.wide)}
    exclude = {
        f: tuple(v for v in values if f != said.type_fact or v not in gone) for f, values in said.exclude.items()
    }
    phrases = {
        phrase: values for phrase, values in said.exclude_phrases.items() if not values or not gone >= {*values}
    }
    return replace(said, exclude={f: v for f, v in exclude.items() if v}, exclude_phrases=phrases)
