"""Replies about items on the table: their facts, a question answered from a record, two of them side by side.

Every word about an item is taken from its record; what a record lacks is said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from agent.asserted import asserts
from agent.fact_names import needs, unit
from agent.grammar import plural
from agent.measure_words import GOES_ON
from agent.measures import Measures
from agent.shopping_words import SILENT_FACTS
from agent.values import NO, NONE, YES
from agent.wording import fact_words, listing, money, quiet
from agent.words import stems
from store.facts import fact_values
from store.schemas import Item

MAX_QUOTE = 220  # characters of a record's own words
MOST_DIFFERENCES = 7
LONGEST_DIFFERENCE = 60  # characters; a longer value is a text about the item, which no other can stand beside
_COMPARED = ("material", "pattern", "length", "sleeve", "neckline", "fit", "heel", "closure", "season", "occasion")
OUT_OF_STOCK = "out of stock"
MOST_WORDS = 4  # of a value; more are a text about the item, no reason and nothing to compare
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
# By what words a text measures a thing of whose size no fact tells.
_MEASURED = frozenset(("size", "dimensions", "length", "width", "height"))
_MEASURING = ("dimensions", "measures")


def details(item: Item, asked: Sequence[str], words: Sequence[str], colourways: Sequence[Item]) -> list[str]:
    """Facts of one item; what was asked for comes first, and a fact that the record lacks is said to be missing."""
    answers = [_answer(item, fact, colourways) for fact in asked] + [_mention(item, word) for word in words]
    if answers:
        return answers
    facts = detail_facts(item, colourways)
    they, come = ("They are", "They come") if plural(item.name) else ("It is", "It comes")
    wordings = {
        "Made of": f"{they} {{}}.",
        "Sizes": "Sizes: {}.",
        "Care": "Care: {}.",
        "Rated": f"{they} rated {{}}.",
        "Colours": f"{come} in {{}}.",
    }
    priced = f"{the_item(item)} {costs(item)}{stock_note(item)}."
    return [priced, *(wordings[name].format(value) for name, value in facts.items())]


def detail_facts(item: Item, colourways: Sequence[Item]) -> dict[str, str]:
    """What there is to tell of an item beside its price, by the name of the fact."""
    sizes, rating, count = item.values("size"), item.values("rating"), item.values("rating_count")
    facts = {
        "Made of": listing(made_of(item, 2)),
        "Sizes": ", ".join(sizes) if len(sizes) > 1 else "",
        "Care": listing([quiet(v) for v in item.values("care")]),
        "Rated": f"{rating[0]}{f' by {count[0]} shoppers' if count else ''}" if item.rating else "",
        "Colours": _colours(colourways) if len(colourways) > 1 else "",
    }
    return {name: value for name, value in facts.items() if value}


def suited(items: Sequence[Item], words: Sequence[str]) -> list[str]:
    """Which of some items' records mention what they are compared for ("hiking").

    Nothing of a word that names a fact: its values stand side by side.
    """
    named = {stem for item in items for fact in item.attributes for stem in stems(fact.replace("_", " "))}
    return [_suits(items, word) for word in words if not set(stems(word)) <= named]


def measured(items: Sequence[Item], words: Sequence[str], measures: Measures) -> dict[str, str]:
    """Which of some items is "lighter" or has the "longest battery", by word, where their records measure it.

    The words that name what is measured are answered with it.
    """
    told: dict[str, str] = {}
    for word in words:
        found = measures.furthest(word, words, [fact_values(item) for item in items])
        if found:
            named = set(stems(found[0].replace("_", " ")))
            told.update(dict.fromkeys((o for o in words if named & set(stems(o)) or o in GOES_ON), ""))
            told[word] = _furthest(items, word, *found)
    return told


def comparison(items: Sequence[Item]) -> list[str]:
    """How two or three items differ: price first, then the facts in which they are not the same."""
    sentences = [f"{named(item, items)} {costs(item)}." for item in items]
    if cheapest := cheapest_of(items):
        sentences.append(f"The lowest price is that of the {cheapest.name}.")
    sentences += [f"{name}: {values}." for name, values in differences(items).items()]
    same = shared(items)
    return [*sentences, f"They share {same}."] if same else sentences


def tie(items: Sequence[Item]) -> list[str]:
    """That items cost the same, said behind their comparison; nothing where one costs more or has no price."""
    prices = {(item.price_now, item.currency) for item in items}
    return ["They cost the same."] if items[0].price_now is not None and len(prices) == 1 else []


def cheapest_of(items: Sequence[Item]) -> Item | None:
    """The item that costs least, None where a price is missing or all are the same."""
    prices = {item.price_now for item in items}
    if None in prices or len(prices) < 2:
        return None
    return min(items, key=lambda item: item.price_now or 0)


def differences(items: Sequence[Item]) -> dict[str, str]:
    """The facts in which items differ, by name, and their values side by side."""
    told = (*_COMPARED, *SILENT_FACTS, "color", "color_family", "size", "tags")
    own = [fact for fact in items[0].attributes if fact not in told]
    found = {}
    for fact in ("color", *_COMPARED, *own[:6], "rating"):
        values = [", ".join(map(quiet, item.values(fact))) for item in items]
        plain = all(set(item.values(fact)) == set(short_values(item, fact)) for item in items)
        if (
            all(values)
            and plain
            and len(set(map(str.lower, values))) > 1
            and max(map(len, values)) <= LONGEST_DIFFERENCE
        ):
            found[{"color": "Colour"}.get(fact, fact.replace("_", " ").capitalize())] = " against ".join(values)
    return dict(list(found.items())[:MOST_DIFFERENCES])


def shared(items: Sequence[Item]) -> str:
    """Up to three facts in which items are the same: "material (cotton) and fit (loose)"."""
    same = [fact for fact in _COMPARED if items[0].values(fact) and len({item.values(fact) for item in items}) == 1]
    return listing([f"{fact} ({', '.join(map(quiet, items[0].values(fact)))})" for fact in same[:3]])


def short_values(item: Item, fact: str) -> tuple[str, ...]:
    """The values of a fact that can stand in a reason or beside others: no whole sentence, and no word for none."""
    return tuple(v for v in item.values(fact) if len(v.split()) <= MOST_WORDS and v.lower().strip() not in NONE)


def _answer(item: Item, fact: str, colourways: Sequence[Item]) -> str:
    name = fact.replace("_", " ")
    if fact == "price":
        return f"{the_item(item)} {costs(item)}{stock_note(item)}."
    if fact == "availability":
        stocked = "in stock" if item.availability == "in_stock" else "out of stock"
        return f"{the_item(item)} {verb(item, 'is')} {stocked}{_count(item)}."
    if fact == "color" and len(colourways) > 1:
        return f"{the_item(item)} {verb(item, 'comes')} in {_colours(colourways)}."
    values = item.values(fact)
    if fact == "rating" and item.rating:
        return f"{the_item(item)} {verb(item, 'is')} rated {detail_facts(item, ())['Rated']}."
    if not values:
        words = _MEASURING if fact in _MEASURED else ()
        measured = next((word for word in words if sentence_with(item, word)), "")
        return (
            _mention(item, measured)
            if measured
            else f"The record of the {closed(item.name)} says nothing about {name}."
        )
    if needed := needs(fact):
        return _needing(item, needed, values)
    if {value.lower() for value in values} <= YES:
        return f"Yes: the record of the {closed(item.name)} says {name}."
    if {value.lower() for value in values} <= NO:
        part = re.sub(r"^(?:has|have|with|includes?) ", "", name)
        if part != name or plural(name):
            return f"No: by its record the {closed(item.name)} {verb(item, 'has')} no {part}."
        return f"No: the record of the {closed(item.name)} says “{name}: no”."
    return f"{_recorded(item, fact, values)}."


def _needing(item: Item, what: str, values: Sequence[str]) -> str:
    """Whether a thing needs what a fact says so of: "assembly_required"."""
    if {value.lower() for value in values} <= NO:
        return f"No: by its record the {closed(item.name)} {verb(item, 'needs')} no {what}."
    told = "" if {value.lower() for value in values} <= YES else f": {listing([quiet(value) for value in values])}"
    return f"Yes: by its record the {closed(item.name)} {verb(item, 'needs')} {what}{told}."


def _recorded(item: Item, fact: str, values: Sequence[str]) -> str:
    """What a record holds of a fact: "The mug is made of glass", "The weight of the tent is 2.4 kg"."""
    subject, name = the_item(item), fact.replace("_", " ")
    if of := unit(fact):  # "alcohol_percent"
        name = name.removesuffix(of).strip()
        values = [f"{value} {of}" if value[-1:].isdigit() else value for value in values]
    told = listing([value if fact in ("size", "brand") else quiet(value) for value in values])
    if fact in ("material", "fabric"):
        return f"{subject} {verb(item, 'is')} made of {told}"
    if fact == "color":
        return f"{subject} {verb(item, 'comes')} in {told}"
    if fact == "brand":
        return f"{subject} {verb(item, 'is')} by {told}"
    if fact in ("gender", "age_group", "season"):
        return f"{subject} {verb(item, 'is')} for {fact_words(fact, told).removeprefix('for ')}"
    if fact == "size":
        size = "" if told.lower().endswith("size") else "sizes " if len(values) > 1 else "size "
        return f"{subject} {verb(item, 'comes')} in {size}{told if size else quiet(told)}"
    if set(stems(name)) & set(stems(told)):  # "flat heel" of a heel
        return f"On record for the {closed(item.name)}: {told}".replace(",:", ":")
    are, amount = "are" if plural(name.partition(" of ")[0]) else "is", re.match(r"[\d.,]+\b", values[0])
    return f"The {name} of the {closed(item.name)} {are} {told if amount else f'listed as {told}'}"


def _mention(item: Item, word: str) -> str:
    """The sentence of an item's own text that says a word, or that none does."""
    wanted = set(stems(word))
    if quoted := sentence_with(item, word):
        return f"The record of the {closed(item.name)} says: “{quoted}”"
    if wanted <= set(stems(record_text(item))):
        return f"Yes: the record of the {closed(item.name)} mentions “{word}”."
    return f"The record of the {closed(item.name)} does not mention “{word}”, so I cannot tell."


def sentence_with(item: Item, word: str) -> str:
    """The sentence of an item's description, or else of a text among its facts, that has a word; "" where none has.

    It is cut where it is long.
    """
    wanted, values = set(stems(word)), (value for held in item.attributes.values() for value in held)
    texts = (item.description, *(value for value in values if len(value.split()) > MOST_WORDS))
    said = (sentence.strip() for text in texts for sentence in _SENTENCE_END.split(text))
    found = (sentence for sentence in said if wanted <= set(stems(sentence)))
    sentence = next(found, "")
    return f"{sentence[:MAX_QUOTE]}…" if len(sentence) > MAX_QUOTE else sentence


def _furthest(items: Sequence[Item], word: str, fact: str, best: Sequence[int]) -> str:
    name = fact.replace("_", " ")
    if len(best) == len(items):
        nobody = "Neither" if len(items) == 2 else "None of them"
        return f"{nobody} is {word}: their {name} is the same, {items[0].values(fact)[0]}."
    titles = [named(items[at], items).replace("The ", "the ", 1) for at in best]
    them = listing(
        [f"{title} with {name} {items[at].values(fact)[0]}" for title, at in zip(titles, best, strict=True)]
    )
    return f"{word.capitalize()}: {them}."


def _suits(items: Sequence[Item], word: str) -> str:
    named = [item for item in items if asserts(record_text(item), word)]
    if len(named) == 1:
        return f"Of these, only the record of the {closed(named[0].name)} mentions “{word}”."
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
    return f"The {closed(item.name)}"


def closed(name: str) -> str:
    """A name in the middle of a sentence: one that has a comma is closed by another ("the mug, blue, costs ...")."""
    return f"{name}," if ", " in name else name


def made_of(item: Item, each: int) -> list[str]:
    """Its materials and patterns, so many ``each``, less those that its title tells or that go without saying."""
    values = [value for fact in ("material", "pattern") for value in item.values(fact)[:each]]
    told = set(stems(item.name))
    return [quiet(value) for value in values if value.lower() != "solid" and not set(stems(value)) <= told]


def named(item: Item, among: Sequence[Item]) -> str:
    """An item by its title; with what sets it apart where another on the table has the same title."""
    twins = [other for other in among if other.name == item.name]
    if len(twins) < 2:
        return the_item(item)
    own = [fact for fact in item.attributes if fact not in (*_COMPARED, *SILENT_FACTS, "color")]
    for fact in ("color", *_COMPARED, *own, "rating"):
        values = {other.values(fact) for other in twins}
        if len(values) == len(twins) and item.values(fact):
            told = listing([quiet(value) for value in item.values(fact)])
            return f"The {item.name} ({f'rated {told}' if fact == 'rating' else told})"
    return f"{the_item(item)} number {list(among).index(item) + 1},"


def verb(item: Item, singular: str) -> str:
    """ "costs" of one thing, "cost" of several ("sneakers")."""
    if not plural(item.name):
        return singular
    return {"is": "are", "has": "have"}.get(singular, singular.removesuffix("s"))


def price_of(item: Item) -> str:
    """What an item costs today, and what it cost before a sale."""
    if item.sale_price is not None and item.price is not None:
        return f"{money(item.sale_price, item.currency)} (was {money(item.price, item.currency)})"
    return money(item.price, item.currency)


class Total(NamedTuple):
    """What items cost together, "" where none has a price or their currencies differ; how many have no price."""

    cost: str
    unpriced: int


def total(items: Sequence[Item]) -> Total:
    """The sum of the prices of items."""
    priced = [(item.price_now, item.currency) for item in items if item.price_now is not None]
    one_currency = len({currency for _, currency in priced}) == 1
    cost = money(sum(price for price, _ in priced), priced[0][1]) if one_currency else ""
    return Total(cost, len(items) - len(priced))


def costs(item: Item) -> str:
    """ "costs $22", or that its price has to be asked for."""
    return (
        f"{verb(item, 'has')} a price on request"
        if item.price_now is None
        else f"{verb(item, 'costs')} {price_of(item)}"
    )


def offered(item: Item, word: str) -> str:
    """An item with its price behind a ``word``: "silk dress, blue, for $35", "silk dress, blue, price on request"."""
    price = price_of(item)
    return f"{item.name}, {price}" if item.price_now is None else f"{closed(item.name)} {word} {price}"


def stock_note(item: Item) -> str:
    """That an item is out of stock, "" when it is not."""
    return "" if item.availability == "in_stock" else f", {OUT_OF_STOCK} at the moment"


def _count(item: Item) -> str:
    stock = item.values("stock")
    return f", {stock[0]} left" if stock and item.availability == "in_stock" else ""
