"""What one user turn says, after understanding: a plain value that can be stored, replayed and tested.

Whoever understands (rules or a language model) fills in the same ``Utterance``; what is searched for and shown is
decided from it alone. References are already item ids and "cheaper" is already a bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Intent(StrEnum):
    """What the shopper wants to happen in this turn."""

    SEARCH = "search"
    MORE_LIKE = "more_like"  # like the referenced item or photo, with the changes that the words name
    SOMETHING_ELSE = "something_else"
    DETAILS = "details"
    COMPARE = "compare"
    ADVICE = "advice"  # "which one would you take?"
    WHY = "why"  # why these cards, or one of them
    LIKE = "like"
    REJECT = "reject"
    GREET = "greet"
    THANK = "thank"
    FAREWELL = "farewell"
    CHAT = "chat"  # small talk: "how are you?"
    PAUSE = "pause"  # a nod or a thought: "ok", "hmm", "lol"
    ABOUT = "about"  # what Mercer is and can do
    BROWSE = "browse"  # what the store has at all
    COMPLAIN = "complain"  # the answer was wrong; says nothing new
    FOREIGN = "foreign"  # words of a language that is not read
    OFF_TOPIC = "off_topic"  # the weather, a joke: nothing that any shop answers
    CHOICES = "choices"  # "what brands do you have?"
    SUM = "sum"  # what cards cost together; a card is referred to as often as it is wanted
    RECALL = "recall"  # what was said and saved so far
    ARRIVALS = "arrivals"  # what is new in the shop
    SHOP_POLICY = "shop_policy"  # shipping, returns, discounts: nothing that the records hold
    RESET = "reset"
    NO_SUCH_CARD = "no_such_card"  # "the fourth one" where three lie on the table
    UNCLEAR = "unclear"  # no words that mean anything here


class Order(StrEnum):
    """How the shopper wants the matches sorted; ``BEST`` is by relevance."""

    BEST = "best"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"
    TOP_RATED = "top_rated"
    MOST_REDUCED = "most_reduced"
    NOT_CHEAPEST = "not_cheapest"  # by relevance, without the cheapest matches
    NOT_DEAREST = "not_dearest"


class Recap(StrEnum):
    """What a turn with the intent ``RECALL`` wants told back; the list first, where that holds anything."""

    EVERYTHING = "everything"
    LIST = "list"  # that it is empty is told too
    TAKEN_OFF = "taken_off"  # the list, of which something was to be taken off
    REFUSED = "refused"
    BUDGET = "budget"  # that none was named is told too


Values = Mapping[str, tuple[str, ...]]
Range = tuple[float | None, float | None]  # from and to, None where there is no bound


@dataclass(frozen=True, slots=True)
class Utterance:
    """One turn, understood.

    ``include`` and ``exclude`` hold the store's own values per fact; ``also`` adds alternatives to what was
    included before ("or green"); ``preferred`` values only rank ("ideally brown"); ``exclude_phrases`` are refused
    wherever a record says them, each with the values that it excludes; ``allow`` takes exclusions back ("leather is
    fine after all"); ``dropped`` names facts (or "price") whose constraint the shopper gave up. ``text`` are words
    that describe without naming a fact. ``type_fact`` is "category" or "product_type", ``unknown_type`` the words for
    a thing that this store has no word for. ``lasting`` exclusions hold for every later need ("I never wear wool").

    ``measured`` says in words what an included number asks for ("at least 30 litres"); ``unrecorded`` are wanted
    facts that no record of this kind of thing holds, ``unanswered`` this turn's words that no record can answer.
    ``correction`` takes back the kind that was said ("no, I meant the boots"); ``then`` are further things wanted
    in the same breath; ``asked_words`` are what a question is about where no fact has that name ("dimmable").
    ``wished`` are phrases that are wanted as properties and that no fact stands for ("dishwasher safe").
    """

    intent: Intent = Intent.SEARCH
    type_fact: str = ""
    type_values: tuple[str, ...] = ()
    type_words: str = ""
    unknown_type: str = ""
    include: Values = field(default_factory=dict)
    also: Values = field(default_factory=dict)
    preferred: Values = field(default_factory=dict)
    exclude: Values = field(default_factory=dict)
    exclude_phrases: Values = field(default_factory=dict)
    exclude_words: tuple[str, ...] = ()
    allow: Values = field(default_factory=dict)
    recipient: Values = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    lasting: bool = False
    price_min: float | None = None
    price_max: float | None = None
    currency: str | None = None
    relative_price: str = ""  # "cheaper" or "dearer" when the bound was read off the cards
    in_stock: bool = False
    on_sale: bool = False
    reduced_by: float = 0.0  # the least share of the former price, see ``Constraints``
    order: Order = Order.BEST
    furthest: str = ""  # of what is measured, most or least comes first: "biggest", "longest battery"
    count: int = 0  # how many things are to be shown, 0 where that was not said
    text: str = ""
    references: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    unliked: tuple[str, ...] = ()
    recap: Recap = Recap.EVERYTHING
    ordering: bool = False  # what is liked is to be bought
    asked: tuple[str, ...] = ()  # facts that a question is about ("what is it made of?" -> material)
    asked_words: tuple[str, ...] = ()
    measured: Values = field(default_factory=dict)
    unrecorded: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    wished: tuple[str, ...] = ()
    correction: bool = False
    then: tuple[Utterance, ...] = ()
    photo: str = ""  # path of this turn's photo
    return_to: bool = False  # "back to the boots"
    companion: str = ""  # the item that the things asked for shall go with
    another_kind: bool = False  # the photo shows another kind of thing than the one asked for
    another: bool = False  # "and headphones": what follows is a thing of its own
    common: tuple[str, ...] = ()  # wished facts that the other things wanted together with it have too
    outfit: bool = False  # the kinds are worn together
    of_outfit: bool = False  # a thing that is added to an outfit: what was said of that holds for it
    unnamed: bool = False  # "also something for the shade": a further thing, of whatever kind

    def price_range(self, before: Range) -> Range:
        """The bounds of the price after this turn; the newer one wins over one that it contradicts."""
        low = before[0] if self.price_min is None else self.price_min
        high = before[1] if self.price_max is None else self.price_max
        if low is not None and high is not None and low > high:
            return (self.price_min, None) if self.price_max is None else (None, self.price_max)
        return low, high

    def to_json(self) -> dict[str, Any]:
        """Only what was said, in JSON types."""
        empty = Utterance()
        said = {
            name: value for name, value in asdict(self).items() if name == "intent" or value != getattr(empty, name)
        }
        return said | {"then": [other.to_json() for other in self.then]} if self.then else said
