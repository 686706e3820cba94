"""Short answers to what asks for nothing: a pause, a nod, "how are you?". The search in hand stays as it is.

Knows the request in words, no records.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.realiser import Voice
from agent.utterance import Intent
from agent.wording import listing

FIXED: dict[Intent, tuple[str, ...]] = {
    Intent.GREET: ("Hello! Tell me what you are looking for, or show me a photo.",),
    Intent.THANK: ("You are welcome. I keep what we talked about, so just go on whenever you like.",),
    Intent.FAREWELL: ("Until next time! I keep what we talked about, so just go on whenever you like.",),
    Intent.ABOUT: (
        "I am Mercer, the assistant of this store.",
        "Describe what you want or show me a photo; say what you like and what must not be, and I keep it in mind.",
        "I speak only of what the store's records hold.",
    ),
    Intent.SHOP_POLICY: (
        "I only know the products and their records: prices, stock, sizes, materials and so on.",
        "For orders, shipping, returns, payment or discounts please ask the shop itself.",
    ),
    Intent.ARRIVALS: (
        "When a product came into the store is in none of its records.",
        "Tell me what kind of thing you are after, and I look through all of them.",
    ),
    Intent.FOREIGN: (
        "English is the only language that I can follow so far.",
        "Could you say it in English, or show me a photo of what you mean?",
    ),
    Intent.RESET: ("A fresh start: I have put aside what was said so far.", "What are you looking for?"),
    Intent.UNCLEAR: ("I did not get that; could you say what kind of product you have in mind?",),
}


def no_such_card(alone: bool, described: Sequence[str] = ()) -> list[str]:
    """The reply to a card that is not there: of one alone on the table, or ``described`` in these words."""
    if described:
        return [f"None of those on the table is on record as {listing(described, 'or')}; which of them do you mean?"]
    if alone:
        return ["There is only one on the table now; shall I tell you more about it?"]
    return ["There are not that many on the table now; which of those that you see do you mean?"]


def off_topic(wanted: str, carried: Sequence[str]) -> list[str]:
    """The reply to what no shop answers: what can be asked here; ``wanted`` is the request in hand, "" for none."""
    told = ["That is beyond me: I know this store and its records, and nothing else."]
    if wanted:
        return [*told, f"We were looking at {wanted}; say what to change, or ask about one of them."]
    names = listing([name.lower() for name in carried], "or")
    return [
        *told,
        f"Ask me for {names}, or show me a photo of what you like." if names else "What can I find for you?",
    ]


def small_talk(voice: Voice, intent: Intent, wanted: str) -> list[str]:
    """The reply to ``Intent.CHAT`` or ``Intent.PAUSE``; ``wanted`` is the request in hand, "" for none."""
    if intent is Intent.CHAT:
        first = voice.pick("All is well here, thank you.", "Very well, thank you, and ready to look things up.")
    else:
        first = voice.pick("Take your time.", "No hurry.", "All right.")
    if not wanted:
        return [first, voice.pick("What can I find for you?", "Tell me what you are after whenever you like.")]
    return [
        first,
        voice.pick(
            f"We were looking at {wanted}; say what to change, or ask for others.",
            f"I still have {wanted} in mind: tell me what is missing, or which of them comes closest.",
        ),
    ]
