"""The JSON that ``search --json`` and ``chat --json`` print: a documented form that programs may rely on.

See docs/INTERFACES.md. Prices are what is paid today; every attribute is a list of values.
"""

from __future__ import annotations

from typing import Any

from agent.events import Card, Finished
from agent.search_once import Found
from agent.wording import money
from store.schemas import Item


def item_json(item: Item) -> dict[str, Any]:
    """An item: its id, title, price and facts."""
    attributes = {name: list(values) for name, values in item.attributes.items()}
    for name in ("brand", "category"):
        if item.values(name):
            attributes[name] = list(item.values(name))
    attributes["availability"] = [item.availability]
    return {
        "item_id": item.item_id,
        "title": item.title,
        "price": item.price_now,
        "currency": item.currency,
        "attributes": attributes,
    }


def search_json(query: str, found: Found) -> dict[str, Any]:
    """The answer of ``search``."""
    answer = found.retrieval
    items = [
        {**item_json(r.item), "score": round(r.score, 6), "sources": list(r.sources)} for r in answer.recommendations
    ]
    return {
        "outcome": answer.outcome.value,
        "query": query,
        "constraints": found.state.constraints.to_json(),
        "matches": answer.matches,
        "relaxed": list(answer.relaxed),
        "items": items,
        "timings_ms": {name: round(ms, 1) for name, ms in answer.timings_ms.items()},
    }


def turn_json(session_id: str, finished: Finished, cards: tuple[Card, ...]) -> dict[str, Any]:
    """One answered turn of ``chat``."""
    items = [{**item_json(card.item), "image": card.image, "reason": card.reason} for card in cards]
    return {
        "session_id": session_id,
        "turn_id": finished.turn_id,
        "text": finished.text,
        "outcome": finished.outcome,
        "items": items,
        "state": finished.state.to_json(),
        "timings_ms": dict(finished.timings_ms),
    }


def failed_json(session_id: str, message: str, state: dict[str, Any]) -> dict[str, Any]:
    """A turn that could not be answered; ``outcome`` is "failed" and ``text`` says why."""
    return {
        "session_id": session_id,
        "turn_id": "",
        "text": message,
        "outcome": "failed",
        "items": [],
        "state": state,
        "timings_ms": {},
    }


def search_text(found: Found) -> str:
    """The answer of ``search`` for a person."""
    answer = found.retrieval
    lines = [f"{answer.outcome.value}, {answer.matches} matches"]
    if answer.relaxed:
        lines[0] += f"; nearest items, differing in {', '.join(answer.relaxed)}"
    for r in answer.recommendations:
        price = money(r.item.price_now, r.item.currency)
        lines.append(f"{r.rank:>3}. {r.item.title} — {price}  [{r.item.item_id}; {', '.join(r.sources)}]")
    return "\n".join(lines)
