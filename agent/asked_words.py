"""The words of a message as they are read, and those of them that ask for something.

"A lether bag under 60, not white" is read as "a leather bag under 60, not white" and asks for "a leather bag": a
search for "white" would find what is refused, and one for "60" anything with that number. Knows the words of one
store; what they mean is the understanding's business.
"""

from __future__ import annotations

from dataclasses import dataclass

from agent.long_messages import readable
from agent.reading import Reader, Reading
from agent.shopping_words import STOP_STEMS
from retrievers.content_words import content_stems

_OF_ADJECTIVES = "non"  # "non-slip" and "non ducted" are what records say too, whatever is refused by them


@dataclass(frozen=True, slots=True)
class HeardWords:
    """A message with mistyped words corrected, and what is left of it without refusals and bounds of the price.

    ``asked`` is "" where the message does nothing else.
    """

    read: str
    asked: str


@dataclass(frozen=True, slots=True)
class AskedWords:
    """Reads messages about one store for their words alone, whatever lies on the table."""

    reader: Reader
    priced: bool = True  # whether anything in the store has a price; else "under 60" bounds nothing

    def __call__(self, text: str) -> HeardWords:
        """The words in the order said."""
        reading = self.reader.read(readable(text), (), "", False)
        gone = [(reading.tokens[at].start, reading.tokens[at].end) for at in _refusing(reading)]
        gone += reading.prices.spans if self.priced else ()
        asked = reading.text
        for start, end in sorted(gone, reverse=True):
            asked = asked[:start] + asked[end:]
        asked = " ".join(asked.split()) if content_stems(asked) or not gone else ""
        return HeardWords(reading.text, asked)


def _refusing(reading: Reading) -> set[int]:
    """Places of refused words and of the everyday words before them: "that is not made with" what is refused."""
    tokens = reading.tokens
    kept = {at for m in reading.mentions if m.start not in reading.refused for at in range(m.start, m.end)}
    refusing: set[int] = set()
    for at in sorted(reading.refused - kept):
        if at and (tokens[at - 1].text == _OF_ADJECTIVES or (at - 1 in reading.refused and at - 1 in kept)):
            kept.add(at)
            continue
        refusing.add(at)
        while at and at - 1 not in kept and tokens[at - 1].stem in STOP_STEMS:
            at -= 1
            refusing.add(at)
    return refusing
