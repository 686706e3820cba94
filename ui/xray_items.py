"""The X-ray's part on item tokens: how the shown products stand in a prompt, and what the model reads in one.

Pure functions from what ``agent.item_reader`` tells to what the template ``XRAY`` paints.
"""

from __future__ import annotations

from agent.errors import EngineUnavailable
from agent.item_reader import Answer, Reading
from ui.cards import Value
from ui.contracts import Assistant
from ui.handlers import find_card
from ui.session import Session


def tokens_value(session: Session, assistant: Assistant, asked: Value | None = None) -> Value:
    """The section on the products of the last answer; nothing where it shows none.

    ``asked`` is what ``asked_value`` made of the question about one of them.
    """
    shown = _shown(session)
    if not shown:
        return {}
    told = assistant.item_reader.places(shown)
    places = [
        {
            "item_id": place.item_id,
            "title": _title(assistant, place.item_id),
            "slot": place.slot,
            "rows": str(place.rows),
            "text": str(place.text_tokens),
            "chosen": place.item_id == (asked or {}).get("chosen"),
        }
        for place in told.items
    ]
    return {
        "without_tokens": told.without,
        "ilm_command": told.command,
        "places": places,
        "rows": f"{sum(place.rows for place in told.items):,}",
        "text": f"{sum(place.text_tokens for place in told.items):,}",
        "can_ask": bool(places) and bool(_other(session, shown[0])),
        **(asked or {}),
    }


def asked_value(session: Session, assistant: Assistant, item_id: str) -> Value:
    """What the model reads in one product of the last answer, or why it cannot be asked now."""
    other = _other(session, item_id)
    if item_id not in _shown(session) or not other:
        return {}
    try:
        reading = assistant.item_reader.read(item_id, other)
    except EngineUnavailable as error:
        return {"chosen": item_id, "problem": str(error)}
    return {"chosen": item_id, "about": _title(assistant, item_id), "answers": _answers(reading, assistant)}


def _answers(reading: Reading, assistant: Assistant) -> list[Value]:
    return [
        _answer("its own tokens", reading.own),
        _answer("empty tokens (zeros)", reading.empty),
        _answer(f"the tokens of “{_title(assistant, reading.other_id)}”", reading.other),
    ]


def _answer(read: str, answer: Answer) -> Value:
    return {"read": read, "text": answer.text + ("" if answer.whole else " …"), "ms": f"{answer.ms:,.0f}"}


def _shown(session: Session) -> list[str]:
    cards = session.turns[-1].cards if session.turns else ()
    return [card.item.item_id for card in cards]


def _other(session: Session, item_id: str) -> str:
    """The product whose tokens are put in the place of another's: the next card, else the next candidate."""
    shown = _shown(session)
    after = shown[shown.index(item_id) + 1 :] if item_id in shown else []
    candidates = session.trace.item_ids if session.trace else ()
    return next((other for other in (*after, *shown, *candidates) if other != item_id), "")


def _title(assistant: Assistant, item_id: str) -> str:
    found = find_card(assistant, item_id)
    return found.item.title if found else item_id
