"""Why an item is on the table: a short reason made from its record and what was asked for.

Never says anything that the record does not hold; for the nearest items it says where they miss.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.asserted import asserts
from agent.item_replies import short_values
from agent.state import DialogueState
from agent.vocabulary import is_colour
from agent.wording import fact_words, money, quiet, refusal
from agent.words import stem, stems
from retrievers.base import UNLIKE
from retrievers.relaxation import KIND
from store.schemas import Item

MAX_PARTS = 4
MOST_IN_COMMON = 2
_IN_COMMON = ("occasion", "usage", "season", "style", "pattern", "material")  # what pieces that go together share
_TELLING = ("material", "pattern", "occasion", "season")


def reason(item: Item, state: DialogueState, missed: tuple[str, ...] = (), beside: Item | None = None) -> str:
    """ "Blue, cotton, under your $60, on sale"; ``missed`` are the relaxed constraints of the search.

    ``beside`` is what the item shall go with: what both are comes first.
    """
    told = _price_misses(item, state) + parts(item, state, missed)
    told = _with_in_common(told, item, beside) if beside else told
    if len(told) < 2:
        told += _shade(item, state, told)
    if len(told) < 2:
        more = [quiet(values[0]) for fact in _TELLING if (values := short_values(item, fact))]
        told += [part for part in more if part not in ", ".join(told)][: 2 - len(told)]
    text = ", ".join(_once(told)[:MAX_PARTS]) or item.category.lower()
    return text[:1].upper() + text[1:]


def _with_in_common(told: list[str], item: Item, beside: Item) -> list[str]:
    """The parts of a reason behind what an item has in common with the one that it shall go with."""
    facts = (*filter(is_colour, item.attributes), *(fact for fact in _IN_COMMON if fact in item.attributes))
    held = ((fact, _shared(item, beside, fact)) for fact in facts)
    common = list(dict.fromkeys(fact_words(fact, values[0]) for fact, values in held if values))[:MOST_IN_COMMON]
    left = [part for part in told if part not in common]
    return [f"in common: {' and '.join(common)}", *left] if common else told


def _shared(item: Item, beside: Item, fact: str) -> list[str]:
    """The values of a fact that two items have, but for those that go without saying."""
    return [v for v in short_values(item, fact) if v in beside.values(fact) and v.lower() != "solid"]


def _once(told: Sequence[str]) -> list[str]:
    """Each part once: "red" is told by "red, not pink" already."""
    unique = list(dict.fromkeys(told))
    return [part for part in unique if not any(other.startswith(f"{part}, not ") for other in unique)]


def parts(item: Item, state: DialogueState, missed: tuple[str, ...] = ()) -> list[str]:
    """In which facts an item misses what was asked for, what it has of it, and whether it is on sale."""
    found = _misses(item, state, missed) + _hits(item, state, missed)
    if len(found) < MAX_PARTS and item.sale_price is not None and item.price is not None:
        found.append(f"on sale, was {money(item.price, item.currency)}")
    return found


def _hits(item: Item, state: DialogueState, missed: tuple[str, ...]) -> list[str]:
    need, found = state.need, []
    if need.photo and not need.changed and UNLIKE not in missed:
        found.append("looks like your photo")
    for fact, wanted in {**need.include, **need.preferred}.items():
        if fact in KIND:
            continue  # what kind of thing it is shows
        held = [v for v in item.values(fact) if v.lower() in {w.lower() for w in wanted}]
        held = [value for value in held if value in short_values(item, fact)]
        if held and held[0].lower() != "unisex":
            found.append(fact_words(fact, held[0]))
    for fact, refused in state.constraints.exclude.items():
        if fact == "brand":
            continue  # another brand is no reason
        own = [value for value in short_values(item, fact) if value.lower() not in item.product_type.lower()]
        free = fact not in need.include and not set(item.values(fact)) & set(refused)
        named = _named(state, refused) if own and free else ()
        if named and len(found) < MAX_PARTS - 1 and not _speaks_of(item, refusal(fact, named)):
            # Of a quality the value is refused, and not the quality itself: "dry, not sweet" of a sweetness.
            told = quiet(min(named, key=len)) if fact.endswith("ness") else refusal(fact, named)
            found.append(_instead(quiet(own[0]), told))
    now = item.price_now
    if now is not None and need.price_max is not None and now <= need.price_max:
        found.append(f"within {money(need.price_max, item.currency)}")
    return found


def _price_misses(item: Item, state: DialogueState) -> list[str]:
    need, found, now = state.need, list[str](), item.price_now
    if now is not None and need.price_max is not None and now > need.price_max:
        found.append(f"{money(round(now - need.price_max, 2), item.currency)} over your limit")
    if now is not None and need.price_min is not None and now < need.price_min:
        found.append(f"{money(round(need.price_min - now, 2), item.currency)} below your range")
    return found


def _misses(item: Item, state: DialogueState, missed: tuple[str, ...]) -> list[str]:
    need, found = state.need, list[str]()
    for fact in missed:
        wanted, held = state.constraints.include.get(fact, ()), item.values(fact)
        if wanted and not {v.lower() for v in held} & {w.lower() for w in wanted}:
            asked = " ".join(need.measured.get(fact, ())) or fact_words(fact, wanted[0])
            near = _nearest(held, wanted[0])
            found.append(f"{fact_words(fact, near)} instead of {asked}" if held else f"not marked {asked}")
    return found


def _nearest(held: Sequence[str], wanted: str) -> str:
    """Of an item's values the one nearest to a wanted number: size 44 for 45; the first without numbers."""
    if not wanted.isdigit() or not all(value.isdigit() for value in held):
        return next(iter(held), "")
    return min(held, key=lambda value: abs(int(value) - int(wanted)), default="")


def _named(state: DialogueState, refused: tuple[str, ...]) -> tuple[str, ...]:
    """The refused values that were named; none where a word was that only stands in one ("yoga strap")."""
    phrases = [stems(phrase) for phrase, values in state.refused_phrases.items() if set(values) & set(refused)]
    return tuple(value for value in refused if stems(value) in phrases) if phrases else refused


def _instead(own: str, refused: str) -> str:
    """ "Cotton, not leather"; what names the refused thing itself ("no hood", "sleeveless") needs no more words."""
    return own if stem(refused)[:5] in own.lower() else f"{own}, not {refused}"


def _speaks_of(item: Item, refused: str) -> bool:
    """Whether a text of the item asserts what its facts leave out: "a jacket with a hood" is none without."""
    return asserts(f"{item.title}. {item.description}", refused.split()[-1])


def _shade(item: Item, state: DialogueState, said: list[str]) -> list[str]:
    """The colour, where nothing else tells it: colourways of one style often share their title."""
    shade = next(iter(item.values("color")), "").lower()
    asked = any(map(is_colour, (*state.need.include, *state.constraints.exclude)))
    known = f"{item.title} {' '.join(said)}".lower()
    return [shade] if shade and not asked and shade not in known else []
