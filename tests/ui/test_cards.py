from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.events import Card, Chip
from agent.recalling import recalled
from agent.state import DialogueState
from agent.utterance import Recap, Utterance
from agent.wording import money
from store.schemas import Item
from tests.ui.scripted import EVIL, draw_items
from ui.cards import (
    card_value,
    chips_value,
    details_value,
    for_template,
    messages,
    picture_paths,
    saved_value,
    turn_value,
)
from ui.session import Session, TurnView


def a_card(folder: Path, n: int = 0) -> Card:
    item = draw_items(folder, n + 1)[n]
    return Card(item, 1, 0.5, "fits", str(folder / item.image_paths[0]))


def test_strings_cannot_open_a_template_expression() -> None:
    made = for_template({"a": "${x}", "b": [{"c": "\\u0041"}], "n": 3})
    assert made == {"a": "\\${x}", "b": [{"c": "\\\\u0041"}], "n": 3}


@pytest.mark.parametrize(
    ("price", "currency", "shown"),
    [(5.0, "USD", "$5"), (1299.5, "usd", "$1,299.50"), (1200.0, "JPY", "¥1,200"), (None, "EUR", "")],
)
def test_a_card_writes_money_as_replies_do(price: float | None, currency: str, shown: str) -> None:
    item = Item("a", "Mug", price=price, currency=currency)
    assert card_value(Card(item, 1, 0.0, "", ""))["price"] == shown
    assert shown in ("", money(price, currency))


def test_the_list_is_added_up_as_replies_do() -> None:
    cards = [
        Card(Item(str(n), "Mug", price=price, currency="USD"), 1, 0.0, "", "")
        for n, price in enumerate((5.0, 7.5, None))
    ]
    assert saved_value(cards)["total"] == "Together $12.50, and 1 without a price"
    assert saved_value(cards[1:])["total"] == ""
    items = [card.item for card in cards]
    assert recalled(Utterance(recap=Recap.LIST), DialogueState(), items, "USD")[0].endswith(
        ", together $12.50, and 1 without a price."
    )


def test_a_sale_shows_both_prices_and_the_share(tmp_path: Path) -> None:
    value = card_value(a_card(tmp_path, 1))
    assert (value["price"], value["was"], value["badge"]) == ("$29.50", "$45", "−34%")


def test_a_sale_price_above_the_price_is_no_sale(tmp_path: Path) -> None:
    card = a_card(tmp_path)
    value = card_value(replace(card, item=replace(card.item, sale_price=99.0)))
    assert (value["was"], value["badge"]) == ("", "")


def test_details_hold_every_fact_and_existing_picture(tmp_path: Path) -> None:
    card = a_card(tmp_path)
    (tmp_path / "item-0b.webp").unlink()
    assert picture_paths(card) == [card.image]
    facts = {fact["name"]: fact["text"] for fact in details_value(card)["facts"]}
    assert facts == {
        "Category": "Apparel › Shirts", "Color": "Blue", "Material": "Linen, Cotton", "Brand": "Harbour",
        "Article": "item-0",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("https://shop.acme.com/p/7?a=1&b=2", "https://shop.acme.com/p/7?a=1&b=2"),
        ("http://127.0.0.1:3000/p/7", "http://127.0.0.1:3000/p/7"),
        ("https://example-shop.com/p", "https://example-shop.com/p"),
        ("javascript:alert(1)", ""),
        ("//shop.acme.com/p", ""),
        ("https://[half", ""),
        ("https://demo.mercer.example/p/D0001", ""),  # as in the demo store: leads nowhere
        ("", ""),
    ],
)
def test_details_lead_to_the_products_own_page_where_it_has_one(link: str, page: str, tmp_path: Path) -> None:
    card = a_card(tmp_path)
    assert details_value(replace(card, item=replace(card.item, link=link)))["page"] == page


def test_only_a_stored_turn_can_be_voted_on(tmp_path: Path) -> None:
    view = TurnView(text="x", cards=(a_card(tmp_path),), outcome="found")
    assert turn_value(view)["cards"][0]["turn_id"] == ""
    assert turn_value(replace(view, turn_id="t1"))["cards"][0]["turn_id"] == "t1"


def test_a_chip_is_edited_from_its_value_or_its_label() -> None:
    chips = chips_value([Chip("price_max", "under $60", True, "60"), Chip("price_min", "over $5", True)])["chips"]
    assert [chip["value"] for chip in chips] == ["60", "over $5"]


def test_messages_escape_words_and_leave_out_missing_photos(tmp_path: Path) -> None:
    view = TurnView(text=EVIL, photos=(str(tmp_path / "gone.jpg"),), reply="**Yes** <b>", cards=(a_card(tmp_path),))
    user, assistant = messages(Session(turns=(view,)), lambda value: ("under", len(value["cards"])))
    assert user["role"] == "user"
    assert len(user["content"]) == 1
    assert user["content"][0].startswith("\\<img src=x")
    assert assistant["content"] == ["**Yes** \\<b>", ("under", 1)]
