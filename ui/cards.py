"""From values to what the page paints: chat messages, product cards, details, chips, votes.

Pure functions. Everything that reaches a template passes ``for_template``: Gradio fills the Handlebars template,
which escapes HTML, and then evaluates the result as a JavaScript template string, where a product called
"${alert(1)}" would run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from agent.events import Card, Chip
from agent.item_replies import total
from agent.wording import money
from store.schemas import Item, Vote
from ui.contracts import Example
from ui.markdown import as_prose, as_typed
from ui.session import Session, TurnView

Message = dict[str, Any]
Value = dict[str, Any]  # what a template is filled from

_RESERVED = (".example", ".invalid", ".localhost", ".test")  # RFC 2606: no host of the world has such a name
_STOCK = {
    "in_stock": "In stock",
    "out_of_stock": "Out of stock",
    "preorder": "Can be preordered",
    "backorder": "On backorder",
}
_OUTCOMES = {
    "nothing_in_range": "Nothing fits every wish. These come nearest:",
    "not_carried": "Not sold here. The closest things this shop has:",
}
_FACT_NAMES = {"item_group_id": "Style", "product_type": "Category", "item_id": "Article"}


def for_template(value: Value) -> Value:
    """The value with every string made inert for the JavaScript template string that Gradio evaluates.

    >>> for_template({"title": "${alert(1)}"})
    {'title': '\\\\${alert(1)}'}
    """
    return {name: _inert(part) for name, part in value.items()}


def _inert(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("${", "\\${")
    if isinstance(value, dict):
        return for_template(value)
    if isinstance(value, (list, tuple)):
        return [_inert(part) for part in value]
    return value


def file_url(path: str) -> str:
    """Where the browser finds a local file that may be served; "" stays ""."""
    return "gradio_api/file=" + quote(path) if path else ""


def card_value(card: Card, turn_id: str = "") -> Value:
    """One card for the templates ``TURN`` and ``SAVED``."""
    item = card.item
    return {
        "item_id": item.item_id,
        "turn_id": turn_id,
        "title": item.title,
        "brand": item.brand,
        "image": file_url(card.image),
        "reason": card.reason,
        **_price(item),
        "stock": _STOCK[item.availability],
        "stock_kind": item.availability,
    }


def _price(item: Item) -> dict[str, str]:
    on_sale = item.price is not None and item.sale_price is not None and item.sale_price < item.price
    return {
        "price": "" if item.price_now is None else money(item.price_now, item.currency),
        "was": money(item.price, item.currency) if on_sale else "",
        "badge": f"−{1 - (item.sale_price or 0) / (item.price or 1):.0%}" if on_sale else "",
    }


def details_value(card: Card, colourways: Iterable[Card] = ()) -> Value:
    """Everything the record holds, for the template ``DETAILS``: all pictures, all facts, the style's other items."""
    item = card.item
    facts = {"product_type": item.product_type.replace(">", "›"), "brand": item.brand, "item_id": item.item_id}
    named = [(name, text) for name, text in facts.items() if text]
    named[1:1] = [(name, ", ".join(values)) for name, values in item.attributes.items() if values]
    pictures = picture_paths(card)
    return for_template(
        card_value(card)
        | {
            "description": item.description,
            "page": _page(item.link),
            "facts": [{"name": _fact_name(name), "text": text} for name, text in named],
            "images": [
                {"url": file_url(path), "alt": f"{item.title}, picture {n}"}
                for n, path in enumerate(pictures, start=1)
            ],
            "others": [card_value(other) for other in colourways],
        }
    )


def _page(link: str) -> str:
    """The address of the product's own page; "" where it is none, or of a name that is reserved for made-up ones."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    known = parts.scheme in ("http", "https") and parts.hostname and not parts.hostname.endswith(_RESERVED)
    return link if known else ""


def _fact_name(name: str) -> str:
    return _FACT_NAMES.get(name, name.replace("_", " ").capitalize())


def picture_paths(card: Card) -> list[str]:
    """Absolute paths of all pictures of the card's item, its own first.

    The card's absolute path ends with one of the item's relative paths: what stands before it is the store's folder.
    """
    if not card.image:
        return []
    for relative in card.item.image_paths:
        if card.image.endswith(relative):
            root = card.image[: -len(relative)]
            paths = [root + other for other in card.item.image_paths if other != relative]
            return [card.image, *(path for path in paths if Path(path).is_file())]
    return [card.image]


def turn_value(view: TurnView) -> Value:
    """What stands under the reply of one turn, for the template ``TURN``."""
    return for_template(
        {
            "cards": [card_value(card, view.turn_id) for card in view.cards],
            "turn_id": view.turn_id,
            "label": _OUTCOMES.get(view.outcome, "") if view.cards else "",
        }
    )


def chips_value(chips: Iterable[Chip]) -> Value:
    """The understood constraints, for the template ``CHIPS``."""
    listed = [{"key": c.key, "label": c.label, "editable": c.editable, "value": c.value or c.label} for c in chips]
    return for_template({"chips": listed})


def saved_value(cards: Iterable[Card]) -> Value:
    """The wishlist, for the template ``SAVED``."""
    cards = list(cards)
    return for_template({"cards": [card_value(card) for card in cards], "total": _total([c.item for c in cards])})


def _total(items: Sequence[Item]) -> str:
    """What several items cost together; "" where their prices are not of one currency."""
    cost, unpriced = total(items)
    without = f", and {unpriced} without a price" if unpriced else ""
    return f"Together {cost}{without}" if cost and len(items) - unpriced > 1 else ""


def examples_value(examples: Sequence[Example], items_count: int, kinds: Sequence[str]) -> Value:
    """The empty page, for the template ``HERO``."""
    listed = [{"n": str(n), "text": e.text, "photo": file_url(e.photo or "")} for n, e in enumerate(examples)]
    return for_template({"examples": listed, "count": f"{items_count:,}", "kinds": ", ".join(kinds)})


def panel_value(session: Session, stars: int = 0, comment: str = "") -> Value:
    """The panel "This conversation", for the template ``SESSION``."""
    value = {
        "session_id": session.session_id if session.record else "",
        "record": session.record,
        "can_rate": bool(session.record and session.turns),
        "stars": [{"n": str(n), "on": n == stars} for n in (5, 4, 3, 2, 1)],
        "comment": comment,
        "rated": stars > 0,
    }
    return for_template(value)


def marks_value(votes: Iterable[Vote], saved: Sequence[str]) -> Value:
    """Votes and saved items, painted by ``page.js`` onto whatever is drawn."""
    cast = {f"{v.turn_id}|{v.item_id}": {"value": v.value, "reason": v.reason, "comment": v.comment} for v in votes}
    return {"votes": cast, "saved": list(saved)}


def messages(session: Session, under: Callable[[Value], Any]) -> list[Message]:
    """The chat: two messages a turn, the second with the component that ``under`` makes of ``turn_value``."""
    return [message for view in session.turns for message in _pair(view, under)]


def _pair(view: TurnView, under: Callable[[Value], Any]) -> tuple[Message, Message]:
    said: list[Any] = [{"path": path, "alt_text": "Your photo"} for path in view.photos if Path(path).is_file()]
    if view.text:
        said.append(as_typed(view.text))
    if view.act:
        said.append(f"*{as_typed(view.act)}*")
    reply = as_prose(view.reply) if view.reply else f"*{as_typed(view.step)}*"
    return {"role": "user", "content": said or ["…"]}, {
        "role": "assistant",
        "content": [reply, under(turn_value(view))],
    }
