"""Titles and descriptions of the demo store: every sentence is written from facts of the record.

Sentences vary by the product's number, not by chance, so that the text is stable. Nothing is said that the
record does not hold: no claim of comfort, quality or fashion.
"""

from __future__ import annotations

from training.demo_store.catalog import Product

# Attribute values as a shopper would say them after "with"; others are said as "VALUE NAME" ("drum lampshade").
_PHRASES = {
    "sleeveless": "no sleeves",
    "long sleeve": "long sleeves",
    "short sleeve": "short sleeves",
    "puff sleeve": "puff sleeves",
    "balloon sleeve": "balloon sleeves",
    "bell sleeve": "bell sleeves",
    "strappy": "thin straps",
    "hooded": "a hood",
    "no hood": "no hood",
    "zip": "a zip",
    "button": "buttons",
    "pullover": "a pullover cut",
    "single-breasted": "one row of buttons",
    "double-breasted": "two rows of buttons",
    "belted": "a belt",
    "ripped": "rips at the knee",
    "collar": "a collar",
}
_OCCASIONS = {
    "Everyday": "everyday use",
    "Evening": "the evening",
    "Party": "parties",
    "Wedding guest": "weddings",
    "Holiday": "holidays",
    "Weekend": "the weekend",
    "Outdoor": "the outdoors",
    "Gift": "giving",
    "Housewarming": "a housewarming",
}
_VEGAN = ("Vegan Leather", "Vegan Suede")
_HIDE = ("Leather", "Suede", "Nubuck", "Patent Leather")


def title(product: Product) -> str:
    """A shop's title: "Marlow floral linen midi dress with long sleeves, navy"."""
    facts, kind = product.facts, product.kind
    values = {**facts.visible, **product.extras}
    words = kind.title.format(material=facts.material.lower(), noun=product.noun, **values)
    pattern = "" if facts.pattern == "Solid" else f"{facts.pattern.lower()} "
    number = int(product.item_id[1:])
    who = product.style if number % 3 else f"{product.brand} {product.style}"
    extra = _said_of(product)
    return f"{who} {pattern}{words}{extra}, {facts.color.name.lower()}"


def description(product: Product) -> str:
    """Three to five sentences, each from facts of the record."""
    number = int(product.item_id[1:])
    sentences = [_opening(product, number), _details(product, number), _wear(product, number)]
    if product.facts.material in _VEGAN:
        sentences.append(f"{product.facts.material} contains no animal hide.")
    elif product.facts.material in _HIDE:
        sentences.append(f"{product.facts.material} is an animal product.")
    sentences.append(f"{product.care}.")
    return " ".join(sentence for sentence in sentences if sentence)


def phrase(name: str, value: str) -> str:
    """A value in words that can follow "with": ("sleeve", "long sleeve") gives "long sleeves"."""
    if value in _PHRASES:
        return _PHRASES[value]
    words = value.replace("-", " ").split()
    known = words[0] in ("with", "no") or any((len(word) > 2 and word in name) or name in word for word in words)
    return value if known else f"{value} {name}"


def _said_of(product: Product) -> str:
    """What the title adds after the noun: the first visible value that is not told by template or noun."""
    for name, value in product.facts.visible.items():
        told = "{" + name + "}" in product.kind.title or len(product.kind.visible[name]) == 1
        told = told or value == "pullover" or value in product.kind.renamed
        if not told and value in _PHRASES:
            return f" with {_PHRASES[value]}"
    return ""


def _opening(product: Product, number: int) -> str:
    facts = product.facts
    color = facts.color.name.lower()
    look = color if facts.pattern == "Solid" else f"{color} {facts.pattern.lower()}"
    thing = (
        f"a pair of {look} {product.noun}" if _is_pair(product.noun) else f"{_article(look)} {look} {product.noun}"
    )
    material = facts.material.lower()
    forms = (
        f"{thing} made of {material}, from the {product.style} line by {product.brand}.",
        f"{product.style} by {product.brand}: {thing} in {material}.",
        f"{product.brand} makes {product.style} in {material}: {thing}.",
        f"from {product.brand}, {thing} of {material}.",
    )
    text = forms[number % len(forms)]
    return text[0].upper() + text[1:]


def _details(product: Product, number: int) -> str:
    said = [phrase(name, value) for name, value in product.facts.visible.items()]
    said += [phrase(name, value) for name, value in product.extras.items()]
    said = [words.removeprefix("with ") for words in said]
    if not said:
        return ""
    listed = _listed(said)
    return (f"Details: {listed}.", f"Features: {listed}.", f"At a glance: {listed}.")[number % 3]


def _wear(product: Product, number: int) -> str:
    occasions = " and ".join(_OCCASIONS.get(name, name.lower()) for name in product.occasions)
    seasons = [season.lower() for season in product.seasons]
    when = "all year round" if len(seasons) == 4 else _listed(seasons)
    during = when if len(seasons) == 4 else f"in {when}"
    return (
        f"For {occasions}, {during}.",
        f"Suits {occasions}, {during}.",
        f"Occasion: {occasions}. Season: {when}.",
    )[number % 3]


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _is_pair(noun: str) -> bool:
    """Whether a noun names things that come in twos: "jeans", "boots", but not "dress"."""
    return noun.endswith("s") and not noun.endswith("ss")


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
