"""The understood constraints as chips that a person can remove or edit.

A chip's ``key`` is what ``agent.state.drop`` takes, so removing a chip and dropping a constraint are one thing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.amounts import read_amount
from agent.errors import BadEdit
from agent.events import Chip
from agent.state import DialogueState, drop
from agent.utterance import Order
from agent.wording import core, fact_words, listing, money, refused_as, sale_words
from store.schemas import Act, ActKind

EDITABLE = ("price_min", "price_max")  # what a text can take the place of
_BELOW_ZERO = re.compile(r"^\W*[-−–]\W*\d")  # "-5", "$ -5", "−€ 5"

_ORDERS = {
    Order.CHEAPEST: "cheapest first",
    Order.DEAREST: "dearest first",
    Order.TOP_RATED: "top rated first",
    Order.MOST_REDUCED: "most reduced first",
    Order.NOT_CHEAPEST: "not the cheapest",
    Order.NOT_DEAREST: "not the dearest",
}


def chips(state: DialogueState, currency: str | None) -> tuple[Chip, ...]:
    """One chip per constraint in force, in the order a shopper would say them."""
    need = state.need
    found = [Chip("photo", "like your photo")] if need.photo else []
    if need.anchor:
        found.append(Chip("anchor", "like the one you picked"))
    if need.type_values or need.unknown_type:
        found.append(Chip("type", (need.type_words or need.unknown_type or need.type_values[0]).lower()))
    found += [Chip(f"recipient:{fact}", _wanted(fact, values)) for fact, values in state.recipient.items()]
    for fact, values in need.include.items():
        if fact in state.recipient:
            continue
        said = " ".join(need.measured.get(fact, ())) or _wanted(fact, values)
        found.append(Chip(f"include:{fact}", f"{said} (not recorded)" if fact in need.unrecorded else said))
    liked = {fact: values for fact, values in need.preferred.items() if state.recipient.get(fact) != values}
    found += [Chip(f"prefer:{fact}", f"preferably {_wanted(fact, values)}") for fact, values in liked.items()]
    found += _prices(state, currency)
    found += [Chip(f"exclude:{fact}", _not(_refused(state, fact, values))) for fact, values in need.exclude.items()]
    found += [Chip(f"never:{fact}", f"never {_refused(state, fact, values)}") for fact, values in state.never.items()]
    for word in dict.fromkeys((*state.never_words, *need.exclude_words)):
        found.append(Chip(f"{'never' if word in state.never_words else 'word'}:{word}", f"no {word}"))
    if need.in_stock:
        found.append(Chip("in_stock", "in stock"))
    if need.on_sale:
        found.append(Chip("on_sale", sale_words(need.reduced_by)))
    if need.order is not need.order.BEST:
        found.append(Chip("order", _ORDERS[need.order]))
    if need.text:
        found.append(Chip("text", f"“{need.text}”"))
    return tuple(found)


def act_on(state: DialogueState, act: Act) -> DialogueState:
    """The state after a chip was removed or edited.

    Only the bounds of a price can be edited. One that crosses the other takes its place.

    Raises
    ------
    BadEdit
        Another chip, or text that holds no amount; the message says what can be written.
    """
    if act.kind is ActKind.DROP:
        return drop(state, act.target)
    if act.target not in EDITABLE:
        raise BadEdit(f"“{act.target}” cannot be edited, only {listing(EDITABLE, 'and')}; drop it, and say it anew.")
    amount = None if _BELOW_ZERO.search(act.value) else read_amount(act.value)
    if amount is None:
        raise BadEdit(f"“{act.value}” is no amount of money; write a number such as 60 or 49.90.")
    low, high = state.need.price_min, state.need.price_max
    if act.target == "price_min":
        low, high = amount or None, None if high is not None and high < amount else high
    else:
        low, high = None if low is not None and low > amount else low, amount
    return state.with_need(replace(state.need, price_min=low, price_max=high))


def crossed_notice(before: DialogueState, after: DialogueState, acts: tuple[Act, ...], currency: str | None) -> str:
    """That a price no longer holds since the other one was edited past it, "" where none went so."""
    edited = {act.target for act in acts if act.kind is ActKind.EDIT}
    low, high = before.need.price_min, before.need.price_max
    if "price_max" in edited and low is not None and after.need.price_min is None:
        return f"“From {money(low, currency)}” no longer holds, as it is above the new limit. "
    if "price_min" in edited and high is not None and after.need.price_max is None:
        return f"“Up to {money(high, currency)}” no longer holds, as it is below the new one. "
    return ""


def _prices(state: DialogueState, currency: str | None) -> list[Chip]:
    low, high = state.need.price_min, state.need.price_max
    found = []
    if low is not None:
        found.append(Chip("price_min", f"from {money(low, currency)}", editable=True, value=f"{low:g}"))
    if high is not None:
        found.append(Chip("price_max", f"up to {money(high, currency)}", editable=True, value=f"{high:g}"))
    return found


def _wanted(fact: str, values: tuple[str, ...]) -> str:
    meant = core(values)
    return listing([fact_words(fact, value) for value in meant[:3]], "or") + (" …" if len(meant) > 3 else "")


def _not(refused: str) -> str:
    return f"{'not' if refused.startswith('too ') else 'no'} {refused}"


def _refused(state: DialogueState, fact: str, values: tuple[str, ...]) -> str:
    return listing(refused_as(state, fact, values), "or")
