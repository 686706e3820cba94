"""Replies about items on the table: their facts, a question answered from a record, two of them side by side.

Every word about an item is taken from its record; what a record lacks is said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.shopping_words import SILENT_FACTS
from agent.wording import NO, YES, listing, money, plural, quiet
from agent.words import stems
from store.schemas import Item

MAX_QUOTE = 220  # characters of a record's own words
_COMPARED = ("material", "pattern", "length", "sleeve", "neckline", "fit", "heel", "closure", "season", "occasion")


def details(item: Item, asked: Sequence[str], words: Sequence[str], colourways: Sequence[Item]) -> list[str]:
    """Facts of one item; what was asked for comes first, and a fact that the record lacks is said to be missing."""
    answers = [_answer(item, fact, colourways) for fact in asked] + [_mention(item, word) for word in words]
    if answers:
        return answers
    sentences = [f"{the_item(item)} {verb(item, 'costs')} {price_of(item)}{stock_note(item)}."]
    many = plural(item.title)
    made = [quiet(v) for fact in ("material", "pattern") for v in item.values(fact)[:2]]
    if made:
        sentences.append(f"{'They are' if many else 'It is'} {listing(made)}.")
    if len(item.values("size")) > 1:
        sentences.append(f"Sizes: {', '.join(item.values('size'))}.")
    care = item.values("care")
    if care:
        sentences.append(f"Care: {listing([quiet(v) for v in care])}.")
    rating = item.values("rating")
    if rating:
        count = item.values("rating_count")
        sentences.append(
            f"{'They are' if many else 'It is'} rated {rating[0]}{f' by {count[0]} shoppers' if count else ''}."
        )
    if len(colourways) > 1:
        sentences.append(f"{'They come' if many else 'It comes'} in {_colours(colourways)}.")
    return sentences


def comparison(items: Sequence[Item], words: Sequence[str] = ()) -> list[str]:
    """How two or three items differ: price first, then the facts in which they are not the same.

    ``words`` are what they are compared for ("hiking"): said to be mentioned by a record, or by none.
    """
    sentences = [_suits(items, word) for word in words]
    sentences += [f"{_named(item, items)} {verb(item, 'costs')} {price_of(item)}." for item in items]
    priced = [item for item in items if item.price_now is not None]
    if len(priced) == len(items) and len({item.price_now for item in items}) > 1:
        cheapest = min(priced, key=lambda item: item.price_now or 0)
        sentences.append(f"The lowest price is that of the {cheapest.title}.")
    own = [fact for fact in items[0].attributes if fact not in (*_COMPARED, *SILENT_FACTS, "color", "size", "tags")]
    for fact in ("color", *_COMPARED, *own[:6], "rating"):
        values = [", ".join(item.values(fact)).lower() for item in items]
        if all(values) and len(set(values)) > 1:
            name = {"color": "Colour"}.get(fact, fact.replace("_", " ").capitalize())
            sentences.append(f"{name}: {' against '.join(values)}.")
    same = [fact for fact in _COMPARED if items[0].values(fact) and len({item.values(fact) for item in items}) == 1]
    if same:
        shared = listing([f"{fact} ({', '.join(items[0].values(fact)).lower()})" for fact in same[:3]])
        sentences.append(f"They share {shared}.")
    return sentences


def _answer(item: Item, fact: str, colourways: Sequence[Item]) -> str:
    name = fact.replace("_", " ")
    if fact == "price":
        return f"{the_item(item)} {verb(item, 'costs')} {price_of(item)}{stock_note(item)}."
    if fact == "availability":
        stocked = "in stock" if item.availability == "in_stock" else "out of stock"
        return f"{the_item(item)} {verb(item, 'is')} {stocked}{_count(item)}."
    if fact == "color" and len(colourways) > 1:
        return f"{the_item(item)} {verb(item, 'comes')} in {_colours(colourways)}."
    values = item.values(fact)
    if not values:
        return f"The record of the {item.title} says nothing about {name}."
    if {value.lower() for value in values} <= YES:
        return f"Yes: the record of the {item.title} says {name}."
    if {value.lower() for value in values} <= NO:
        return f"No: by its record the {item.title} {verb(item, 'is')} not {name}."
    return f"{the_item(item)}: {name} {listing([v if fact in ('size', 'brand') else quiet(v) for v in values])}."


def _mention(item: Item, word: str) -> str:
    """The sentence of an item's own text that says a word, or that none does."""
    wanted = set(stems(word))
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", item.description):
        if wanted <= set(stems(sentence)):
            quoted = sentence.strip()
            return (
                f"The record of the {item.title} says: “{quoted[:MAX_QUOTE]}{'…' if len(quoted) > MAX_QUOTE else ''}”"
            )
    if wanted <= set(stems(record_text(item))):
        return f"Yes: the record of the {item.title} mentions “{word}”."
    return f"The record of the {item.title} does not mention “{word}”, so I cannot tell."


def _suits(items: Sequence[Item], word: str) -> str:
    named = [item for item in items if set(stems(word)) <= set(stems(record_text(item)))]
    if len(named) == 1:
        return f"Of these, only the record of the {named[0].title} mentions “{word}”."
    if named:
        return f"The records of {len(named)} of them mention “{word}”."
    return f"None of their records mentions “{word}”, so I can only lay their facts side by side."


def record_text(item: Item) -> str:
    """Everything that a record says of an item, as one text."""
    values = [value for values in item.attributes.values() for value in values]
    switches = [
        fact.replace("_", " ") for fact, values in item.attributes.items() if {v.lower() for v in values} <= YES
    ]
    return ". ".join((item.title, item.brand, item.product_type, item.description, *values, *switches))


def _colours(colourways: Sequence[Item]) -> str:
    colours = dict.fromkeys(v.lower() for item in colourways for v in item.values("color"))
    return listing(list(colours))


def the_item(item: Item) -> str:
    """An item as the subject of a sentence."""
    return f"The {item.title}"


def _named(item: Item, among: Sequence[Item]) -> str:
    """An item by its title, with its colour where another on the table has the same title."""
    shared = sum(other.title == item.title for other in among) > 1
    colour = listing([value.lower() for value in item.values("color")]) if shared else ""
    return f"{the_item(item)} ({colour})" if colour else the_item(item)


def verb(item: Item, singular: str) -> str:
    """ "costs" of one thing, "cost" of several ("sneakers")."""
    if not plural(item.title):
        return singular
    return {"is": "are"}.get(singular, singular.removesuffix("s"))


def price_of(item: Item) -> str:
    """What an item costs today, and what it cost before a sale."""
    if item.sale_price is not None and item.price is not None:
        return f"{money(item.sale_price, item.currency)} (was {money(item.price, item.currency)})"
    return money(item.price, item.currency)


def stock_note(item: Item) -> str:
    """That an item is out of stock, "" when it is not."""
    return "" if item.availability == "in_stock" else ", out of stock at the moment"


def _count(item: Item) -> str:
    stock = item.values("stock")
    return f", {stock[0]} left" if stock and item.availability == "in_stock" else ""
