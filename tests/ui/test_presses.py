"""What is pressed, sent or dropped at a bad moment: nothing of it is lost, and the page stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import Served, Visitor

pytestmark = pytest.mark.browser

DROPPED = """() => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(9)], 'shirt.jpg', { type: 'image/jpeg' }));
  const drop = new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true });
  document.querySelector('#talk').dispatchEvent(drop);
  return drop.defaultPrevented;
}"""


def test_what_is_pressed_while_an_answer_comes_is_done_after_it(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    visitor.say("shirts")
    page.locator("#box textarea").fill("slow")
    page.locator("#box textarea").press("Enter")
    page.locator(".card [data-kind=more_like]").first.click()
    expect(page.locator(".card .waits")).not_to_have_count(0)
    page.locator(".card [data-kind=reject]").first.click()
    expect(page.locator("#chat .verdict")).to_have_count(3)
    visitor.settle()
    assert [act.kind.value for act in served.assistant.seen[-1].acts] == ["reject"]
    assert served.assistant.seen[-2].text == "slow"
    expect(page.locator(".waits")).to_have_count(0)


def test_declining_while_an_answer_comes_is_heard(visitor: Visitor, served: Served) -> None:
    page, before = visitor.page, set(served.assistant.transcripts.turns)
    page.locator("#box textarea").fill("slow")
    page.locator("#box textarea").press("Enter")
    page.locator("#notice").get_by_role("button", name="Do not keep it").click()
    expect(page.locator("#notice")).to_contain_text("Nothing of this conversation is kept.")
    assert set(served.assistant.transcripts.turns) == before


def test_words_whose_answer_a_reload_cuts_off_are_back_in_the_box(visitor: Visitor) -> None:
    page, box = visitor.page, visitor.page.locator("#box textarea")
    visitor.say("shirts")
    box.fill("slow")
    box.press("Enter")
    expect(page.locator("#chat .user-row")).to_have_count(2)
    page.reload()
    expect(box).to_have_value("slow")
    expect(page.locator("#chat .user-row")).to_have_count(1)
    visitor.settle()
    visitor.say("and in blue")
    page.reload()
    expect(page.locator("#chat .user-row")).to_have_count(2)
    visitor.settle()
    page.wait_for_timeout(600)
    expect(box).to_have_value("")


def test_a_photo_may_be_dropped_beside_the_box(visitor: Visitor) -> None:
    assert visitor.page.evaluate(DROPPED)
    expect(visitor.page.locator("#box .thumbnail-item")).to_have_count(1)
