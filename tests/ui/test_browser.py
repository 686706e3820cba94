"""What a person can do with the page, done in headless Chromium on a scripted assistant."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.conftest import Served, Visitor, visit

pytestmark = pytest.mark.browser


def test_a_conversation_with_a_photo_shows_steps_reply_cards_and_chips(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    visitor.say("A linen shirt under $60")
    expect(page.locator("#chat .user-row")).to_contain_text("A linen shirt under $60")
    expect(page.locator("#chat .bot-row")).to_contain_text("Answer 1")
    expect(page.locator("#chat .card")).to_have_count(4)
    expect(page.locator("#chips .chip-label")).to_have_text(["shirt", "under $60", "no leather"])
    sale = page.locator('.card[data-card="item-1"]')
    expect(sale.locator(".price strong")).to_have_text("$29.50")
    expect(sale.locator(".price s")).to_contain_text("$45")
    expect(page.locator('.card[data-card="item-3"] .stock')).to_have_text("Out of stock")
    visitor.say("like this but cheap", served.photo)
    assert served.assistant.seen[-1].text == "like this but cheap"
    assert Path(served.assistant.seen[-1].image_paths[0]).suffix == ".jpg"
    expect(page.locator("#chat .user-row img")).to_have_count(1)
    expect(page.locator("#chat .outcome")).to_have_text("Nothing fits every wish. These come nearest:")
    expect(page.locator("#chat .card")).to_have_count(8)  # those of the first turn are still there
    assert page.evaluate("[...document.querySelectorAll('#chat .card img')].every(i => i.loading === 'lazy')")
    assert visitor.outside == []
    assert visitor.errors == []


def test_a_step_is_visible_within_a_second(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("#box textarea").fill("slow")
    page.locator("#box textarea").press("Enter")
    expect(page.locator("#chat .bot-row")).to_contain_text("…", timeout=1000)
    expect(page.locator("#status [role=status]")).to_contain_text("Searching 1,240 items")
    visitor.settle()
    expect(page.locator("#status [role=status]")).to_contain_text("4 products shown.")


def test_titles_of_products_are_shown_and_never_run(visitor: Visitor) -> None:
    page = visitor.page
    visitor.say("hats")
    card = page.locator('.card[data-card="item-2"]')
    shown = card.locator(".title").inner_text()
    assert (
        shown == "<img src=x onerror=\"window.__xss='html'\">${window.__xss='template'}\\u0041 `back` {{value}} hat"
    )
    card.get_by_role("button", name="Details").click()
    expect(page.locator("#details h3")).to_have_text(shown)
    assert page.locator("#details .own-page a").get_attribute("href") == f"https://shop.acme.com/{shown}"
    page.locator('.card[data-card="item-2"] .save').click()
    page.locator('.tools [data-panel="saved"]').click()
    expect(page.locator("#wishlist .row b")).to_have_text(shown)
    page.locator("#drawer .close-drawer").click()
    visitor.say(
        "<script>window.__xss='chat'</script> <img src=x onerror=\"window.__xss='img'\"> **x** ![p](http://a.b/c)"
    )
    expect(page.locator("#chat .user-row").last).to_contain_text("<script>window.__xss='chat'</script>")
    expect(page.locator("#chat .user-row").last).to_contain_text("**x** ![p](http:")
    assert page.evaluate("window.__xss") is None
    assert visitor.outside == []


def test_a_vote_on_an_item_and_on_a_reply_can_be_changed(visitor: Visitor, served: Served) -> None:
    page, cast = visitor.page, served.assistant.transcripts.cast
    visitor.say("shirts")
    up, down = (page.locator(".verdict .thumb").nth(n) for n in (0, 1))
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    turn = up.get_attribute("data-turn") or ""
    page.wait_for_timeout(400)
    assert cast[turn, ""].value == 1
    down.click()
    page.get_by_text("Too expensive").click()
    page.get_by_label("Comment", exact=True).fill("far too much")
    page.locator("#vote-more").get_by_role("button", name="Send").click()
    page.wait_for_timeout(600)
    assert (cast[turn, ""].value, cast[turn, ""].reason, cast[turn, ""].comment) == (
        -1,
        "too_expensive",
        "far too much",
    )
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(down).to_have_attribute("aria-pressed", "true")
    page.locator('.card .thumb[data-value="1"]').first.click()
    page.wait_for_timeout(400)
    assert cast[turn, page.locator(".card").first.get_attribute("data-card") or ""].value == 1
    down.click()
    expect(down).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(400)
    expect(down).to_have_attribute("aria-pressed", "false")
    assert (cast[turn, ""].value, cast[turn, ""].comment) == (0, "")


def test_a_vote_while_a_reply_streams_is_kept(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    visitor.say("shirts")
    page.locator("#box textarea").fill("slow")
    page.locator("#box textarea").press("Enter")
    expect(page.locator("#chat .user-row")).to_have_count(2)
    first = page.locator(".verdict .thumb").first
    with page.expect_response("**/queue/join*"):
        first.click()
    page.wait_for_timeout(300)
    assert page.evaluate("document.body.dataset.busy") == "1"  # a vote does not open the box before the answer ends
    visitor.settle()
    page.wait_for_timeout(300)
    expect(first).to_have_attribute("aria-pressed", "true")
    assert served.assistant.transcripts.cast[first.get_attribute("data-turn") or "", ""].value == 1


def test_a_removed_and_an_edited_chip_search_again(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    visitor.say("shirts")
    page.get_by_role("button", name="Remove: no leather").click()
    expect(page.locator("#chat .verdict")).to_have_count(2)
    visitor.settle()
    assert served.assistant.seen[-1].acts[-1].target == "word:leather"
    expect(page.locator("#chips .chip-label")).to_have_text(["shirt", "under $60"])
    expect(page.locator("#chat .user-row").last).to_contain_text("Removed: no leather")
    page.get_by_role("button", name="Change: under $60").click()
    page.get_by_label("New value for under $60").fill("45")
    page.keyboard.press("Enter")
    expect(page.locator("#chips .chip-label").nth(1)).to_have_text("under $45")
    assert served.assistant.seen[-1].acts[-1].value == "45"


def test_buttons_on_a_card_are_turns_and_saving_rides_along(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    visitor.say("shirts")
    page.locator('.card[data-card="item-0"] .save').click()
    expect(page.locator(".tools .count")).to_have_text("1")
    page.locator('.card[data-card="item-1"]').get_by_role("button", name="Not this").click()
    expect(page.locator("#chat .verdict")).to_have_count(2)
    kinds = [(act.kind.value, act.target) for act in served.assistant.seen[-1].acts]
    assert kinds == [("like", "item-0"), ("reject", "item-1")]
    expect(page.locator("#chat .user-row").last).to_contain_text("Not this: Harbour linen shirt no. 1")
    visitor.settle()
    page.locator('.card[data-card="item-4"]').get_by_role("button", name="More like").click()
    expect(page.locator("#chat .verdict")).to_have_count(3)
    assert [act.kind.value for act in served.assistant.seen[-1].acts] == ["more_like"]


def test_details_show_every_fact_and_picture(visitor: Visitor) -> None:
    page = visitor.page
    visitor.say("shirts")
    page.locator('.card[data-card="item-0"]').get_by_role("button", name="Details").click()
    drawer = page.locator("#drawer")
    expect(drawer.locator("h3").first).to_have_text("Harbour linen shirt no. 0")
    expect(drawer.locator(".views img")).to_have_count(2)
    expect(drawer.locator(".facts")).to_contain_text("Linen, Cotton")
    expect(drawer.locator(".others li")).to_have_count(2)
    own = drawer.get_by_role("link", name="Product page of Harbour linen shirt no. 0, in a new tab")
    expect(own).to_have_attribute("href", "https://shop.acme.com/0")
    expect(own).to_have_attribute("rel", "noopener noreferrer")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_the_transcript_downloads_in_both_forms(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    visitor.say("a shirt to export")
    page.locator('.tools [data-panel="session"]').click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSONL").click()
    download.value.save_as(tmp_path / "own.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "own.jsonl").read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows] == ["a shirt to export"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    download.value.save_as(tmp_path / "own.csv")
    assert next(csv.DictReader((tmp_path / "own.csv").open()))["text"] == "a shirt to export"


def test_the_session_can_be_rated_and_its_id_read(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    visitor.say("shirts")
    page.locator('.tools [data-panel="session"]').click()
    expect(page.locator("#session-id")).to_be_visible()
    session_id = page.locator("#session-id").inner_text()
    page.locator(".stars label:has(input[value='4'])").click()
    page.get_by_label("Comment on the conversation").fill("quick")
    page.get_by_role("button", name="Send rating").click()
    expect(page.locator(".thanks")).to_be_visible()
    assert served.assistant.transcripts.ratings[session_id] == (4, "quick")


def test_a_reload_keeps_history_votes_and_saved_items(visitor: Visitor) -> None:
    page = visitor.page
    visitor.say("shirts that stay")
    page.locator(".verdict .thumb").first.click()
    page.locator(".card .save").first.click()
    expect(page.locator(".tools .count")).to_have_text("1")
    page.wait_for_timeout(500)
    page.reload()
    expect(page.locator("#chat .user-row")).to_contain_text("shirts that stay")
    expect(page.locator("#chat .card")).to_have_count(4)
    expect(page.locator(".verdict .thumb").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".card .save").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#chips .chip")).to_have_count(3)
    visitor.settle()
    visitor.say("and more")
    expect(page.locator("#chat .bot-row").last).to_contain_text("Answer 2")


def test_a_new_conversation_starts_empty_and_keeps_saved_items(visitor: Visitor) -> None:
    page = visitor.page
    visitor.say("shirts")
    page.locator(".card .save").first.click()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .user-row")).to_have_count(0)
    expect(page.locator("#hero")).to_be_visible()
    expect(page.locator(".tools .count")).to_have_text("1")
    visitor.say("boots")
    expect(page.locator("#chat .bot-row")).to_contain_text("Answer 1")


def test_two_browsers_share_nothing(visitor: Visitor, chromium: Browser, served: Served) -> None:
    context = chromium.new_context()
    other = visit(context, served.url)
    visitor.say("only mine")
    other.say("only yours")
    visitor.say("mine again")
    expect(visitor.page.locator("#chat .user-row")).to_have_count(2)
    expect(other.page.locator("#chat .user-row")).to_have_count(1)
    expect(other.page.locator("#chat")).not_to_contain_text("mine")
    ids = [v.page.evaluate("Object.keys(localStorage).length") for v in (visitor, other)]
    assert all(count > 0 for count in ids)
    context.close()


def test_declining_forgets_the_conversation_and_goes_on(visitor: Visitor, served: Served) -> None:
    page, kept = visitor.page, served.assistant.transcripts.turns
    before = set(kept)
    visitor.say("a secret gift", served.photo)
    assert len(set(kept) - before) == 1
    page.locator("#notice").get_by_role("button", name="Do not keep it").click()
    expect(page.locator("#notice")).to_contain_text("Nothing of this conversation is kept.")
    assert set(kept) == before
    expect(page.locator("#chat .verdict")).to_have_count(0)
    page.locator("#box textarea").fill("something else")
    page.locator("#box textarea").press("Enter")
    expect(page.locator("#chat .bot-row").last).to_contain_text("Answer 2")
    visitor.settle()
    assert set(kept) == before
    page.reload()
    expect(page.locator("#hero")).to_be_visible()
    visitor.settle()
    page.locator("#box textarea").fill("fresh start")
    page.locator("#box textarea").press("Enter")
    expect(page.locator("#chat .bot-row").last).to_contain_text("Answer 1")
    assert set(kept) == before


def test_a_failed_turn_is_explained_and_loses_nothing(visitor: Visitor) -> None:
    page = visitor.page
    visitor.say("shirts")
    page.locator("#box textarea").fill("fail")
    page.locator("#box textarea").press("Enter")
    expect(page.locator("#chat .bot-row").last).to_contain_text("did not answer")
    visitor.settle()
    expect(page.locator("#box textarea")).to_have_value("fail")
    page.locator("#box textarea").fill("shirts again")
    page.locator("#box textarea").press("Enter")
    expect(page.locator("#chat .verdict")).to_have_count(2)
    expect(page.locator("#chat .user-row")).to_have_count(2)


@pytest.mark.parametrize("pause", [50, 600])
def test_what_is_sent_while_an_answer_comes_stays_in_the_box(visitor: Visitor, served: Served, pause: int) -> None:
    page = visitor.page
    box = page.locator("#box textarea")
    visitor.say("shirts")
    box.fill("slow")
    box.press("Enter")
    page.wait_for_timeout(pause)
    page.keyboard.type("and in blue")
    page.keyboard.press("Enter")
    visitor.settle()
    page.wait_for_timeout(300)
    expect(box).to_have_value("and in blue")
    assert served.assistant.seen[-1].text == "slow"
    box.press("Enter")
    expect(page.locator("#chat .verdict")).to_have_count(3)
    visitor.settle()
    expect(box).to_have_value("")
    assert served.assistant.seen[-1].text == "and in blue"


def test_an_empty_message_does_not_close_the_box(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("#box textarea").press("Enter")
    page.wait_for_timeout(300)
    visitor.say("shirts")
    expect(page.locator("#chat .verdict")).to_have_count(1)


def test_after_a_reload_the_last_answer_is_in_view(visitor: Visitor) -> None:
    page = visitor.page
    for words in ("shirts", "shirts in blue", "the last of them"):
        visitor.say(words)
    page.reload()
    visitor.settle()
    page.wait_for_timeout(1000)
    expect(page.locator("#chat .user-row").last).to_be_in_viewport()
