"""Small pieces of wording that chips, reasons, replies and the page share: money, lists, a state in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.fact_names import unit
from agent.grammar import many
from agent.shopping_words import BASIC_COLOURS, COLOUR_FAMILY, COUNTED_OCCASIONS, PROPERTY_STEMS
from agent.state import DialogueState, Need
from agent.values import NO, NONE, YES
from agent.vocabulary import is_colour
from agent.words import stem, stems
from store.title_measures import TITLE_MEASURE

_PEOPLE = {"male": "men", "female": "women"}
_MANY_VALUES = 4
_FOR_WHAT = ("occasion", "season", "usage", "activity", "sport")  # facts that tell what a thing is for
# Occasions and uses that say how a thing is: shirts are formal, and for work.
_MANNERS = frozenset(("formal", "semi-formal", "casual", "smart casual", "everyday", "festive", "ethnic"))
_NAMED = ("gender", "age_group", "brand", "size")
_PLAIN_FACTS = frozenset(("material", "pattern", "occasion", "season", "style", "usage", "activity"))
ANYTHING = "pieces"  # what is looked for where no kind is named
NO_NAME = "pieces in"  # before a kind that is no name of a thing: "pieces in crime"
_ROOMS = frozenset(
    ("home", "kitchen", "garden", "office", "outdoor", "outdoors", "bathroom", "bedroom")
)  # and no things
_WHOLE = frozenset(("CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"))  # have no hundredths
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥"}


def money(amount: float | None, currency: str | None) -> str:
    """An amount as shoppers read it; whole amounts without cents.

    >>> money(59.0, "USD"), money(12.5, "EUR"), money(5, "SEK"), money(None, "USD")
    ('$59', '€12.50', '5 SEK', 'price on request')
    >>> money(1299.5, "usd"), money(1299.6, "JPY"), money(9.5, None)
    ('$1,299.50', '¥1,300', '9.50')
    """
    if amount is None:
        return "price on request"
    whole = float(amount).is_integer() or (currency or "").upper() in _WHOLE
    number = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    if not currency:
        return number
    symbol = _SYMBOLS.get(currency.upper())
    return f"{symbol}{number}" if symbol else f"{number} {currency.upper()}"


def quiet(value: str) -> str:
    """A value as it stands inside a sentence: capitals of words go, those of units, codes and initialled names stay.

    >>> quiet("Machine wash at 30 °C"), quiet("Wedding Guest"), quiet("XL"), quiet("K. J. Orrin")
    ('machine wash at 30 °C', 'wedding guest', 'XL', 'K. J. Orrin')
    """
    if re.match(r"[A-Z]\. ?(?:[A-Z]\. ?)*[A-Z]", value):
        return value
    return re.sub(r"(?<!\w)[A-Z](?=[a-z])", lambda match: match.group().lower(), value)


def fact_called(fact: str) -> str:
    """The name of a fact; what only titles tell has none, and is the measure that was asked for.

    >>> fact_called("heel_height"), fact_called(TITLE_MEASURE)
    ('heel height', 'that measure')
    """
    return "that measure" if fact == TITLE_MEASURE else fact.replace("_", " ")


def fact_words(fact: str, value: str) -> str:
    """One value with its fact's name where the value alone says too little: "zip closure", "hooded", "for men"."""
    if fact in ("gender", "age_group") or value.lower() in ("men", "women", "boys", "girls", "kids"):
        return f"for {_PEOPLE.get(value.lower(), quiet(value))}"
    if fact == "brand":
        return f"by {value}"
    if fact == "size":
        return f"in size {value}"
    if fact in ("category", "product_type", TITLE_MEASURE):
        return quiet(value)
    name = fact.replace("_", " ")
    if value.lower() in YES:
        return name
    if value.lower() in NO:
        return f"not {name}"
    if value.lower() in NONE:
        return f"not {name}" if set(stems(name)) <= PROPERTY_STEMS else f"no {name}"
    if not re.search(r"[^\W\d_]", value):
        own = unit(fact)
        # "sleeps 2", "pieces 1000", "weight 0.7 kg"
        return f"{name.removesuffix(f' {own}')} {value} {own}" if own else f"{name} {value}"
    names_alone = name.split()[-1] in ("type", "size")  # "dry skin type", "large dog size"
    many = max(len(value.split()), len(name.split())) > 1 and not names_alone
    held = any(part in value.lower() for part in stems(name))  # "sleeveless", "no hood"
    plain = is_colour(fact) or fact in _PLAIN_FACTS or many or held
    return quiet(value) if plain else f"{quiet(value)} {name}"


def core(values: Sequence[str]) -> list[str]:
    """Values without the shades and blends of others among them: "Blue" stands for "Light Blue" too.

    >>> core(["Blue", "Light Blue", "Red"]), core(["round", "rounded"])
    (['Blue', 'Red'], ['round'])
    """
    words = {value: set(stems(value)) for value in values}
    values = list({tuple(sorted(words[value])): value for value in reversed(values)}.values())[::-1]
    if len(values) > 1:
        values = [value for value in values if value.lower() != "unisex"]  # goes without saying
    return [value for value in values if not any(words[other] < words[value] for other in values)]


def refusal(fact: str, values: Sequence[str]) -> str:
    """What must not be there: "leather", and "hood" rather than "hooded"."""
    shortest = min(values, key=len)
    name = fact.replace("_", " ")
    return name if shortest.lower() in YES or set(stems(name)) & set(stems(shortest)) else quiet(shortest)


def listing(words: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def things(state: DialogueState) -> str:
    """What is being looked for, in the plural: "dresses", "shoes", "pieces" when no type is known."""
    need = state.need
    kind = _kind_fact(need)
    if kind:
        return listing([quiet(value) for value in core(need.include[kind])[:3]], "or")
    if need.type_values:
        words = need.type_words or need.type_values[0].lower()
        if words.startswith(NO_NAME):
            return words
        if len(need.type_values) == 1:
            kind = need.type_values[0].lower()
            return f"{kind} pieces" if kind in _ROOMS else many(kind)
        return " or ".join(many(word) for word in words.split(" or "))
    return many(need.unknown_type) if need.unknown_type else ANYTHING


def _kind_fact(need: Need) -> str:
    """The fact that names the kind where no type does: "Sneakers" of a shop's "shoe type"; "" for none."""
    if need.unknown_type:
        return ""
    own = {f: values for f, values in need.include.items() if all(names_things(f, value) for value in values)}
    if need.type_values and need.type_words:  # of a known kind only where the shopper called them so
        own = {f: v for f, v in own.items() if stems(need.type_words) in map(stems, v)}
    return next(iter(own), "")


def names_things(fact: str, value: str) -> bool:
    """Whether a value says in the plural what things are: "Leggings" of a style, "Sneakers" of a shoe type."""
    kinds = {"type", "style"} & {fact.split("_")[0], fact.split("_")[-1]}
    return bool(kinds) and re.search(r"[^s]s$", value) is not None


def request(state: DialogueState, currency: str | None) -> str:
    """The need in focus as a noun phrase: "blue midi dresses under $60, without leather"."""
    need = state.need
    told = (*need.unrecorded, _kind_fact(need))
    facts = {f: vs for f, vs in {**state.recipient, **need.include}.items() if f not in told}
    stands = {
        fact
        for fact, vs in facts.items()
        if fact not in need.measured and (_stands_before(fact) or all(_is_quality(fact, v) for v in vs))
    }
    before = [listing([quiet(v) for v in core(vs)[:3]], "or") for fact, vs in facts.items() if fact in stands]
    before += [fact_words(fact, vs[0]) for fact, vs in facts.items() if _is_switch(vs)]
    rest = {fact: vs for fact, vs in facts.items() if not (fact in stands or _is_switch(vs))}
    after = [
        measured_words(need.measured[f]) if f in need.measured else standing_after(f, vs) for f, vs in rest.items()
    ]
    phrase = " ".join([*before, things(state), *dict.fromkeys(after)])  # one number may be of two facts
    phrase += _price_words(need.price_min, need.price_max, currency)
    phrase += " in stock" if need.in_stock else ""
    phrase += f" {sale_words(need.reduced_by)}" if need.on_sale else ""
    liked = [_preferred_words(f, vs) for f, vs in need.preferred.items() if {v.lower() for v in vs} != {"unisex"}]
    phrase += f", preferably {listing(liked)}" if liked else ""
    return phrase + _refusal_words(state)


def sale_words(reduced_by: float) -> str:
    """That a thing is on sale, and by how much at least where that was said."""
    return f"at least {reduced_by:.0%} off" if reduced_by else "on sale"


def _preferred_words(fact: str, values: Sequence[str]) -> str:
    named = listing([fact_words(fact, value) for value in core(values)[:3]], "or")
    plain = _stands_before(fact) or fact in ("category", "product_type") or all(_is_quality(fact, v) for v in values)
    return named if plain else standing_after(fact, values)


def _purposes(state: DialogueState) -> set[str]:
    """Those of the refused words that tell what a thing is for."""
    unwanted = state.constraints.exclude.items()
    return {word for fact, vs in unwanted if fact in _FOR_WHAT for word in refused_as(state, fact, vs)}


def nothing(state: DialogueState) -> list[str]:
    """What must not be there, as it stands behind "nothing": "solid", "by Marlow", "with leather or suede"."""
    nots, without = _nots_and_without(state)
    return [*nots, *([f"with {listing(without, 'or')}"] if without else [])]


def _refusal_words(state: DialogueState) -> str:
    """ ", not striped or for work, without leather": how a thing is, what it is for; the rest is what is in it."""
    nots, without = _nots_and_without(state)
    said = f", not {listing(nots, 'or')}" if nots else ""
    return said + (f", without {listing(without, 'or')}" if without else "")


def _nots_and_without(state: DialogueState) -> tuple[list[str], list[str]]:
    words, purposes = refused(state), _purposes(state)
    # Patterns by their names ("solid"), and not by what is on a thing ("stripes").
    patterns = {value.lower() for value in state.constraints.exclude.get("pattern", ()) if not value.endswith("s")}
    manners = BASIC_COLOURS | COLOUR_FAMILY.keys() | _MANNERS | patterns | purposes
    nots = [
        word for word in words if word.endswith(("ed", "less")) or word.startswith(("by ", "too ")) or word in manners
    ]
    without = [word for word in words if word not in nots]
    return [f"for {counted(word)}" if word in purposes - _MANNERS else word for word in nots], without


def refused(state: DialogueState) -> list[str]:
    """What must not be there, in words."""
    constraints = state.constraints
    named = [word for fact, values in constraints.exclude.items() for word in refused_as(state, fact, values)]
    words = dict.fromkeys([*named, *state.never_words, *state.need.exclude_words])
    return [f"{word} on record" if f"{word} free" in state.need.text else word for word in words]  # see freedoms.py


def refused_as(state: DialogueState, fact: str, values: Sequence[str]) -> list[str]:
    """How the refused values of a fact are named: as the shopper did where those words alone rule them out."""
    said = {phrase: set(ruled_out) & set(values) for phrase, ruled_out in state.refused_phrases.items()}
    phrases = [phrase for phrase, ruled_out in said.items() if ruled_out]
    covered = set().union(*(said[phrase] for phrase in phrases))
    return phrases if covered.issuperset(values) else refusals(fact, values)


def refusals(fact: str, values: Sequence[str]) -> list[str]:
    """What a refused fact must not be: every basic colour, the plain values, or the part that must not be there."""
    if fact == "brand":
        return [fact_words(fact, value) for value in values[:3]]
    name = refusal(fact, values)
    if name == fact.replace("_", " "):
        return [name]
    if fact != "size" and not any(
        re.search(r"[^\W\d_]", value) for value in values
    ):  # counts: "without 1, 2 or 4 drawers"
        return [f"{listing(sorted(values, key=_digits_first), 'or')} {fact.replace('_', ' ')}"]
    meant = [value for value in values if is_colour(fact) and value.lower() in BASIC_COLOURS] or core(values)
    return [quiet(value) for value in meant[:3]]


def _digits_first(value: str) -> tuple[int, str]:
    """Counts in their order: 9 before 12."""
    return len(value), value


_COMPARES = re.compile(r"(?:not? )?(?!fewer|higher|lower)\w+er than ")  # but "with more than 2 litres"


def measured_words(words: Sequence[str]) -> str:
    """What was asked for in words, as it stands after the noun: "with at least 30 litres", "in light colours"."""
    said = listing(list(words))
    if said.endswith(" colours"):
        return f"in {said}"
    if said.endswith("old"):
        return f"for {'an' if re.match(r'8|1[18] ', said) else 'a'} {said}"  # "an 8 year old", "an 18 year old"
    return said if said.startswith("for ") or _COMPARES.match(said) else f"with {said}"


def _stands_before(fact: str) -> bool:
    return is_colour(fact) or fact == "pattern"


def _is_quality(fact: str, value: str) -> bool:
    """Whether a value says by itself how a thing is ("hooded", "waterproof"), so that it stands before the noun."""
    word = value.lower()
    telling = re.fullmatch(r"[a-z]{3,}ed", word) is not None or stem(word) in PROPERTY_STEMS
    return word in _MANNERS if fact in _FOR_WHAT else telling and fact not in ("material", "size", "brand")


def standing_after(fact: str, values: Sequence[str]) -> str:
    """Wanted values as they stand after a noun: "in silk", "for work", "with short sleeve"."""
    if len(core(values)) > _MANY_VALUES and fact not in (*_FOR_WHAT, "material", *_NAMED):
        return f"with {many(fact.replace('_', ' '))}"  # of so many any will do
    said = listing([fact_words(fact, value) for value in core(values)[:2]], "or")
    if fact in _FOR_WHAT:
        return f"for {listing([counted(quiet(value)) for value in core(values)[:2]], 'or')}"
    if fact == "material":
        return f"in {said}"
    lead = re.match(r"for |by |in size |in ", said)
    return said.replace(f" or {lead[0]}", " or ") if lead else f"with {said}"


def counted(occasion: str) -> str:
    """An occasion with its article where it is one of many ("a wedding guest", "work").

    >>> counted("wedding guest"), counted("interview"), counted("work")
    ('a wedding guest', 'an interview', 'work')
    """
    if occasion.split(" ")[-1] not in COUNTED_OCCASIONS:
        return occasion
    return f"{'an' if occasion[0] in 'aeiou' else 'a'} {occasion}"


def _price_words(low: float | None, high: float | None, currency: str | None) -> str:
    if low is not None and high is not None:
        same = f" at {money(low, currency)}" if low == high else ""
        return same or f" from {money(low, currency)} to {money(high, currency)}"
    if high is not None:
        return f" under {money(high, currency)}"
    return f" from {money(low, currency)}" if low is not None else ""


def _is_switch(values: Sequence[str]) -> bool:
    return {value.lower() for value in values} <= YES
