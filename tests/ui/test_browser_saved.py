"""The saved list in a real browser, quick and lost presses included."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import Served, Visitor

pytestmark = pytest.mark.browser


def test_items_saved_in_quick_succession_are_all_kept(visitor: Visitor) -> None:
    visitor.say("shirts")
    visitor.page.evaluate("document.querySelectorAll('.card .save').forEach(heart => heart.click())")
    shown = visitor.page.locator(".card .save").count()
    assert shown > 1
    expect(visitor.page.locator(".tools .count")).to_have_text(str(shown))


def test_an_item_saved_and_taken_off_before_the_answer_is_off(visitor: Visitor) -> None:
    visitor.say("shirts")
    for _ in range(2):
        visitor.page.evaluate("document.querySelector('.card .save').click()")
    visitor.page.locator(".card .save").nth(1).click()
    expect(visitor.page.locator("#wishlist .row")).to_have_count(1)
    visitor.page.wait_for_timeout(500)
    expect(visitor.page.locator(".card .save").first).to_have_attribute("aria-pressed", "false")
    expect(visitor.page.locator(".tools .count")).to_have_text("1")


def test_a_press_that_is_lost_on_its_way_is_sent_again(visitor: Visitor) -> None:
    page = visitor.page
    visitor.say("shirts")
    page.route("**/queue/join*", lambda route: route.fulfill(json={"event_id": "lost"}), times=1)
    page.locator(".card .save").nth(0).click()
    page.locator(".card .save").nth(1).click()
    expect(page.locator(".tools .count")).to_have_text("2")
    page.locator('.tools [data-panel="saved"]').click()
    expect(page.locator("#wishlist .row")).to_have_count(2)


def test_the_empty_page_says_what_there_is_and_the_saved_list_its_total(visitor: Visitor) -> None:
    page = visitor.page
    expect(page.locator("#hero .kinds")).to_have_text("In this shop: Shirts, Shoes & boots.")
    visitor.say("shirts")
    for n in (0, 1):
        page.locator(f'.card[data-card="item-{n}"] .save').click()
        expect(page.locator(".tools .count")).to_have_text(str(n + 1))
    page.locator('.tools [data-panel="saved"]').click()
    expect(page.locator("#wishlist .total")).to_have_text("Together $69.50")


def test_what_is_saved_and_looked_at_after_the_last_answer_is_kept(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    visitor.say("shirts")
    page.locator('.card[data-card="item-1"] .save').click()
    expect(page.locator(".tools .count")).to_have_text("1")
    page.locator('.card[data-card="item-0"]').get_by_role("button", name="Details").click()
    expect(page.locator("#details h3")).to_contain_text("no. 0")
    session = page.locator("#session-id").text_content()
    kept = [(act.kind.value, act.target) for of, act in served.assistant.transcripts.pressed if of == session]
    assert kept == [("like", "item-1"), ("details", "item-0")]
