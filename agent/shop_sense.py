"""What understanding asks a shop beyond its words; the shop itself is in ``agent/shop.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent.utterance import Intent
from agent.vocabulary import Sense
from store.schemas import Constraints, Item


@dataclass(frozen=True)
class ShopSense:
    """What understanding asks a shop beyond its words.

    ``get_item`` looks an item id up. ``guess_types`` gives product types near in meaning to an unknown phrase, ()
    when none is near enough; ``is_thing`` tells whether titles name such a thing ("yoga mat"), ``called`` by what
    name; ``photo_types`` what a photo (by path) shows, () when unsure; ``recorded`` the facts that records of these
    types hold, of all types for (); ``held`` the values of a fact that they hold; ``rules_out`` tells whether
    refusing a word leaves any item out; ``colourways`` gives the items of one style, the item itself first; any item
    has a price in a shop that is ``priced``; ``passes`` tells whether any item satisfies constraints; ``general`` are
    the stems of words for all that it has ("wine"); ``kinds_called`` gives the product types of things whose titles
    say a name word for word, and where product types are ``named`` they are names of things ("Dresses", and not
    "Crime"). ``like`` gives the intent of the example sentences that a message is like, and how much of them.
    """

    get_item: Callable[[str], Item]
    guess_types: Callable[[str], tuple[str, ...]]
    is_thing: Callable[[str], bool]
    called: Callable[[str], str]
    photo_types: Callable[[str], tuple[str, ...]]
    recorded: Callable[[str, tuple[str, ...]], frozenset[str]]
    held: Callable[[str, str, tuple[str, ...]], tuple[str, ...]]
    rules_out: Callable[[str], bool]
    colourways: Callable[[Item], list[Item]]
    priced: bool
    passes: Callable[[Constraints], bool]
    general: frozenset[str] = frozenset()
    kinds_called: Callable[[str], tuple[str, ...]] = lambda name: ()
    named: bool = True
    like: Callable[[str], tuple[Intent, float]] = lambda text: (Intent.SEARCH, 0.0)

    def lacks(self, thing: str) -> bool:
        """Whether a thing was named that the store has not; where things have no kinds, their titles name them."""
        return bool(thing) and not self.is_thing(thing)

    def has(self, sense: Sense, type_fact: str, types: tuple[str, ...]) -> bool:
        """Whether any thing of these types has what a phrase means."""
        return bool({*sense.values} & {*self.held(sense.fact, type_fact, types)})

    def is_everywhere(self, sense: Sense, type_fact: str, types: tuple[str, ...]) -> bool:
        """Whether all things of these types have what a phrase means: "a watch with a dial" asks for nothing."""
        without = Constraints(include={type_fact: types}, exclude={sense.fact: sense.values})
        return bool(types) and not self.passes(without)
