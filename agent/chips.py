"""The understood constraints as chips that a person can remove or edit.

A chip's ``key`` is what ``agent.state.drop`` takes, so removing a chip and dropping a constraint are one thing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.errors import BadEdit
from agent.events import Chip
from agent.prices import read_amount
from agent.state import DialogueState, drop
from agent.utterance import Order
from agent.wording import core, fact_words, listing, money, refused_as, sale_words
from store.schemas import Act, ActKind

_OTHER_BOUND = {"price_min": "price_max", "price_max": "price_min"}
_BELOW_ZERO = re.compile(r"\W*[-−–]\s*\W?\d")  # "-5", "- $ 20"; "€ 45,50" is none
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
    """The state after a chip was removed or edited; only prices can be edited, other edits remove.

    Of two bounds that cross, the edited one holds and the other goes.

    Raises
    ------
    BadEdit
        The edited text holds no amount; the message says what to write.
    """
    if act.kind is ActKind.DROP or act.target not in _OTHER_BOUND:
        return drop(state, act.target)
    amount = None if _BELOW_ZERO.match(act.value) else read_amount(act.value)
    if amount is None:
        raise BadEdit(f"“{act.value}” is no amount of money; write a number such as 60 or 49.90.")
    bound = {act.target: amount}
    need = replace(state.need, **bound)  # type: ignore[arg-type]
    crossed = need.price_min is not None and need.price_max is not None and need.price_min > need.price_max
    edited = state.with_need(need)
    return drop(edited, _OTHER_BOUND[act.target]) if crossed else edited


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
