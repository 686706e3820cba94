"""A store of three dozen made-up items with facts of every kind, and an agent over it without any trained model."""

from __future__ import annotations

from pathlib import Path

from langchain.messages import AIMessage
from langchain_core.language_models import GenericFakeChatModel

from agent.events import Finished
from agent.item_reader import ItemReader
from agent.photos import KeptPhotos
from agent.planner import ToolRunner
from agent.shop import Shop, open_shop, understanding_of
from agent.shopping_agent import Example, ShoppingAgent
from agent.speaker import Speaker
from agent.understanding import RuleUnderstanding
from store.facts import FactTable
from store.schemas import Item, UserTurn
from store.transcripts import Transcripts
from tests.retrievers.small_shop import WordEncoder, open_catalog, open_recommender

_KINDS = {
    "Dresses": ("Apparel", "dress", ("Linen", "Silk", "Cotton"), {"sleeve": ("short", "long", "sleeveless")}),
    "Jackets": ("Apparel", "jacket", ("Leather", "Cotton", "Nylon"), {"hood": ("hooded", "no hood", "no hood")}),
    "Boots": ("Footwear", "boot", ("Leather", "Suede", "Rubber"), {"heel": ("flat", "block", "high")}),
    "Sneakers": ("Footwear", "sneaker", ("Canvas", "Leather", "Vegan leather"), {}),
    "Table Lamps": ("Home", "table lamp", ("Brass", "Ceramic", "Oak"), {"lampshade": ("cone", "drum", "globe")}),
    "Mugs": ("Kitchen", "mug", ("Ceramic", "Glass", "Enamel"), {}),
}
_COLOURS = ("Red", "Blue", "Navy", "Black", "Green", "Beige")
_BRANDS = ("Marlow", "Nordhavn")
_OCCASIONS = ("Party", "Work")


def items() -> tuple[Item, ...]:
    """Six items of each kind, one a colour; prices 20, 35, 50, 65, 80, 95."""
    found = []
    for kind, (department, noun, materials, own) in _KINDS.items():
        for n, colour in enumerate(_COLOURS):
            attributes = {
                "color": (colour,),
                "material": (materials[n % 3],),
                "size": ("S", "M", "L") if department == "Apparel" else ("One size",),
                "rating": (f"{3.5 + n / 5:.1f}",),
                **{name: (values[n % 3],) for name, values in own.items()},
            }
            if department == "Apparel":
                attributes |= {"gender": ("Women" if n % 2 else "Men",), "occasion": (_OCCASIONS[n % 2],)}
            found.append(
                Item(
                    item_id=f"{noun[:2].upper()}{n}",
                    title=f"{materials[n % 3]} {noun}, {colour.lower()}",
                    description=f"A {noun} made of {materials[n % 3].lower()}.",
                    price=20.0 + 15 * n,
                    sale_price=15.0 if n == 0 else None,
                    currency="USD",
                    availability="out_of_stock" if n == 5 else "in_stock",
                    brand=_BRANDS[n % 2],
                    product_type=f"{department} > {kind}",
                    item_group_id=f"{noun}-{n % 3}",
                    attributes=attributes,
                )
            )
    return tuple(found)


def small_shop(home: Path, stocked: tuple[Item, ...] = ()) -> Shop:
    """The store with its search, over the word encoder; with these items where some are given."""
    catalog = open_catalog(stocked or items(), home)
    return open_shop(catalog, FactTable(catalog.items), open_recommender(catalog.items, home))


def small_understanding(shop: Shop) -> RuleUnderstanding:
    """Rules over the store; types are guessed by words alone."""
    return understanding_of(shop, WordEncoder())


def small_agent(shop: Shop, transcripts: Transcripts, home: Path) -> ShoppingAgent:
    """The real agent over the store, with a language model that has nothing to say."""
    chat = GenericFakeChatModel(messages=iter([AIMessage("Hm.")] * 1000))
    speaker = Speaker(chat, shop.vocabulary, False, "silent", frozenset)
    runner, photos, examples = ToolRunner(chat), KeptPhotos(home), (Example("a red dress"),)
    reader = ItemReader(chat, None, shop.catalog, None)  # type: ignore[arg-type]
    rules = small_understanding(shop)
    return ShoppingAgent(shop, rules, runner, speaker, transcripts, photos, examples, "", reader)


def talk(agent: ShoppingAgent, *turns: UserTurn | str, record: bool = True) -> list[Finished]:
    """Turns after one another in a new conversation, each answered to its end."""
    session_id, state = agent.start("cli")
    finished = []
    for turn in turns:
        turn = UserTurn(turn) if isinstance(turn, str) else turn
        last = list(agent.respond(session_id, state, turn, record))[-1]
        assert isinstance(last, Finished), last
        finished.append(last)
        state = last.state
    return finished
