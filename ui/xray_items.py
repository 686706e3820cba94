"""The X-ray's part on item tokens: how products stand in a prompt, what the model reads in one, what it answers.

Pure functions from what ``agent.item_reader`` tells to what the template ``XRAY_ITEMS`` paints.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent.both_ways import BothWays, Told
from agent.errors import EngineUnavailable
from agent.item_reader import Answer, Reading
from ui.cards import Value, for_template
from ui.contracts import Assistant
from ui.handlers import find_card
from ui.session import Session


def items_value(
    session: Session, assistant: Assistant, asked: Value | None = None, both: Value | None = None
) -> Value:
    """The section on the products of the last answer; nothing before the first turn.

    ``asked`` is what ``asked_value`` made of the question about one of them, ``both`` one of ``both_values``.
    """
    if not session.turns:
        return {}
    shown = _shown(session)
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
    return for_template(
        {
            "without_tokens": told.without,
            "ilm_command": told.command,
            "places": places,
            "rows": f"{sum(place.rows for place in told.items):,}",
            "text": f"{sum(place.text_tokens for place in told.items):,}",
            "can_ask": bool(places) and bool(_other(session, shown[0])),
            "reads_items": not told.without,
            "has_prompt": bool(session.prompt),
            **(asked or {}),
            "both": both or {},
        }
    )


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


def both_values(session: Session, assistant: Assistant) -> Iterator[Value]:
    """The answers to the last turn's prompt, with item tokens and as text, as they grow; or why there are none."""
    now: Value = {"progress": "Reading the products…", "running": True}
    yield now
    try:
        for both in assistant.item_reader.both_ways(session.prompt):
            now = _both(both)
            yield now
    except EngineUnavailable as error:
        yield {**now, "progress": "", "running": False, "problem": str(error)}


def _both(both: BothWays) -> Value:
    running = both.text is None or not both.text.done
    way = "from item tokens" if both.text is None else "from the same prompt as text"
    return {
        "progress": f"Answering {way}…" if running else "Both answers are complete.",
        "running": running,
        "ways": [_way("With item tokens", both.tokens), _way("As text (ILM off)", both.text)],
        "stands": [{"slot": stand.slot, "text": stand.text} for stand in both.stands],
    }


def _way(name: str, told: Told | None) -> Value:
    told = told or Told()
    return {
        "name": name,
        "text": told.text.strip() + (" …" if told.done and not told.whole else ""),
        "prompt_tokens": f"{told.prompt_tokens:,}" if told.prompt_tokens else "–",
        "first_word_ms": "–" if told.first_word_ms is None else f"{told.first_word_ms:,.0f}",
        "silent": told.done and not told.text.strip(),
    }


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
