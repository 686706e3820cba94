"""What the X-ray drawer says, and that a presenter can open it, read it and switch reranking, each for themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from langchain.messages import HumanMessage
from playwright.sync_api import Browser, expect

from agent.item_reader import PlacedItems
from retrievers import evaluators
from retrievers.judge import FITS, POWERS
from retrievers.trace import Trace
from tests.ui.conftest import Served, Visitor, visit
from tests.ui.scripted import EVIL, ScriptedAssistant, draw_items, made_atlas, made_trace
from tests.ui.test_accessibility import CONTRAST
from ui.catalog_map import map_svg
from ui.session import Session, TurnView
from ui.xray import EVALUATORS, xray_value
from ui.xray_items import asked_value, both_values, items_value


@pytest.fixture
def assistant(tmp_path: Path) -> ScriptedAssistant:
    items = draw_items(tmp_path)
    return ScriptedAssistant(items, tmp_path, atlas=made_atlas(items))


def asked(assistant: ScriptedAssistant) -> Session:
    return Session(
        trace=made_trace(assistant.items, "linen shirt"), timings_ms={"search.rerank": 2.0, "to_cards": 9.0}
    )


def test_both_orders_and_every_verdict_are_told(assistant: ScriptedAssistant) -> None:
    value = xray_value(asked(assistant), assistant)
    places = [(c["before"], c["after"]) for c in value["candidates"]]
    assert places == [(str(8 - n), str(n + 1)) for n in range(8)]
    assert value["candidates"][0]["verdicts"] == [
        {"name": "near what the generator expects", "value": "1.00", "share": "100"}
    ]
    assert value["evaluators"] == [{"name": "near what the generator expects", "power": "20.00", "share": "100"}]
    assert value["candidates"][0]["sources"] == "generator, exact words (BM25)"
    assert value["stages"] == [{"label": "Rerank at test time", "ms": "2.0", "share": "100"}]


def test_every_evaluator_has_a_name_for_people() -> None:
    assert set(EVALUATORS) == {*evaluators.EVALUATORS, *POWERS}


def test_a_models_verdicts_are_told_in_words(assistant: ScriptedAssistant) -> None:
    searched = asked(assistant)
    assert searched.trace
    fits = {FITS: np.linspace(0, 1, len(searched.trace.item_ids), dtype=np.float32)}
    value = xray_value(replace(searched, trace=replace(searched.trace, verdicts=fits, powers=POWERS)), assistant)
    assert [told["name"] for told in value["evaluators"]] == ["the language model says it fits"]


def test_switched_off_the_base_order_comes_at_once(assistant: ScriptedAssistant) -> None:
    off = xray_value(replace(asked(assistant), rerank=False), assistant)
    assert [c["item_id"] for c in off["candidates"]] == [item.item_id for item in assistant.items]
    found_off = replace(asked(assistant), trace=made_trace(assistant.items, "linen shirt", rerank=False))
    assert xray_value(found_off, assistant)["stale"]
    assert not xray_value(asked(assistant), assistant)["stale"]


def test_what_was_rearranged_is_shown_in_the_order_of_the_cards(assistant: ScriptedAssistant) -> None:
    for rerank in (True, False):
        found = made_trace(assistant.items, "linen shirt", rerank).led_by(["item-5", "item-3"])
        value = xray_value(replace(asked(assistant), trace=found, rerank=rerank), assistant)
        assert [c["item_id"] for c in value["candidates"]][:2] == ["item-5", "item-3"]
        assert [c["rank"] for c in value["candidates"]] == [str(n) for n in range(1, 9)]
        assert value["rearranged"]
    assert not xray_value(asked(assistant), assistant)["rearranged"]


def test_beams_are_told_by_code_and_word(assistant: ScriptedAssistant) -> None:
    beams = xray_value(asked(assistant), assistant)["beams"]
    assert [beam["id"] for beam in beams] == ["7-0-0", "7-1-0", "7-2-0", "7-3-0", "9-0-0"]
    assert [level["code"] for level in beams[1]["levels"]] == ["7", "1"]


def test_a_store_without_a_generator_says_so_and_shows_what_it_has(assistant: ScriptedAssistant) -> None:
    assistant.atlas = None
    scores = np.array([0.5, 0.25], dtype=np.float32)
    trace = Trace("shirt", ("item-0", "gone"), (("bm25",), ("dense-text",)), scores, scores, np.arange(2))
    value = xray_value(Session(trace=trace), assistant)
    assert not value["has_generator"]
    assert value["all"]  # there are no more candidates than are shown
    assert value["train"] == "python app.py train --store demo"
    assert [(c["title"], c["sources"], c["base"]) for c in value["candidates"]] == [
        ("Harbour linen shirt no. 0", "exact words (BM25)", "0.5"),
        ("gone", "text vectors", "0.25"),
    ]
    assert not value["beams"]
    assert not value["map"]


def test_the_map_has_every_item_and_escapes_its_name(assistant: ScriptedAssistant) -> None:
    assert assistant.atlas is not None
    root = ElementTree.fromstring(map_svg(assistant.atlas, ["item-2"]))  # well-formed, or this raises
    names = [title.text for title in root.iter("title")]
    assert len(names) == 8
    assert names[-1] == f"{EVIL} (code 7)"  # what is marked is drawn last, on top
    texts = [text.text for text in root.iter("text")]
    assert [re.sub(r":.*\(", " (", text or "") for text in texts] == ["7 (4)", "9 (4)"]


def shown(assistant: ScriptedAssistant, *numbers: int) -> Session:
    cards = tuple(assistant.card(f"item-{n}") for n in numbers)
    return Session(turns=(TurnView(cards=cards, turn_id="t"),), trace=made_trace(assistant.items, "linen shirt"))


def test_the_slots_of_the_cards_are_counted_against_their_text(assistant: ScriptedAssistant) -> None:
    tokens = items_value(shown(assistant, 0, 2), assistant)
    assert [(p["slot"], p["rows"], p["text"]) for p in tokens["places"]] == [
        ('{item:"item-0"}', "8", "30"),
        ('{item:"item-2"}', "8", "30"),
    ]
    assert (tokens["rows"], tokens["text"]) == ("16", "60")
    assert not tokens["without_tokens"]
    assert "answers" not in tokens
    assert items_value(asked(assistant), assistant) == {}  # nothing was said yet


@pytest.mark.parametrize(("numbers", "other"), [((0, 2), "item-2"), ((2, 0), "item-0"), ((0,), "item-1")])
def test_a_card_is_asked_about_beside_another(
    assistant: ScriptedAssistant, numbers: tuple[int, ...], other: str
) -> None:
    first = f"item-{numbers[0]}"
    found = asked_value(shown(assistant, *numbers), assistant, first)
    assert assistant.item_reader.asked == [(first, other)]
    assert [(a["text"], a["ms"]) for a in found["answers"]] == [(EVIL, "310"), ("A shirt for …", "1,280"), ("", "10")]
    places = items_value(shown(assistant, *numbers), assistant, found)["places"]
    assert [place["chosen"] for place in places] == [True, *(False for _ in numbers[1:])]


def test_the_last_card_is_asked_about_beside_the_first(assistant: ScriptedAssistant) -> None:
    asked_value(shown(assistant, 0, 2), assistant, "item-2")
    assert assistant.item_reader.asked == [("item-2", "item-0")]


def test_what_is_no_card_of_the_last_answer_is_not_asked_about(assistant: ScriptedAssistant) -> None:
    assert asked_value(shown(assistant, 0, 2), assistant, "item-7") == {}
    assert asked_value(Session(), assistant, "item-0") == {}
    assert assistant.item_reader.asked == []


def test_a_busy_model_and_one_without_item_tokens_say_so(assistant: ScriptedAssistant) -> None:
    session = shown(assistant, 0, 2)
    assistant.item_reader.problem = "The language model is busy; try again in a moment."
    tokens = items_value(session, assistant, asked_value(session, assistant, "item-0"))
    assert tokens["problem"] == "The language model is busy; try again in a moment."
    assert tokens["can_ask"]
    assistant.item_reader.told = PlacedItems((), "Products are read as text.", "python -m training.train_ilm")
    tokens = items_value(session, assistant)
    assert (tokens["without_tokens"], tokens["ilm_command"]) == (
        "Products are read as text.",
        "python -m training.train_ilm",
    )
    assert not tokens["can_ask"]
    assert not tokens["reads_items"]


def test_both_answers_grow_side_by_side_and_what_stood_there_is_told(assistant: ScriptedAssistant) -> None:
    session = replace(shown(assistant, 0), prompt=(HumanMessage("Shopper: a shirt"),))
    values = list(both_values(session, assistant))
    assert [(value["progress"], value["running"]) for value in values] == [
        ("Reading the products…", True),
        ("Answering from item tokens…", True),
        ("Answering from the same prompt as text…", True),
        ("Both answers are complete.", False),
    ]
    assert assistant.item_reader.prompts == [session.prompt]
    ways = values[-1]["ways"]
    assert [(way["prompt_tokens"], way["first_word_ms"], way["text"]) for way in ways] == [
        ("104", "88", EVIL),
        ("1,480", "312", "Two shirts …"),
    ]
    assert [stand["text"] for stand in values[-1]["stands"]] == [EVIL, ""]
    waiting = values[1]["ways"][1]
    assert (waiting["prompt_tokens"], waiting["first_word_ms"], waiting["text"]) == ("–", "–", "")
    assert items_value(session, assistant, both=values[-1])["has_prompt"]
    assert not items_value(shown(assistant, 0), assistant)["has_prompt"]


def test_a_model_that_breaks_off_leaves_what_it_said_and_the_reason(assistant: ScriptedAssistant) -> None:
    assistant.item_reader.problem = "The language model is busy; try again in a moment."
    *_, last = both_values(replace(shown(assistant, 0), prompt=(HumanMessage("x"),)), assistant)
    assert (last["problem"], last["progress"], last["running"]) == (assistant.item_reader.problem, "", False)
    assert last["ways"][0]["text"] == EVIL


@pytest.mark.browser
def test_the_drawer_answers_the_last_prompt_both_ways(visitor: Visitor, served: Served) -> None:
    page, reader = visitor.page, served.assistant.item_reader
    visitor.say("a linen shirt")
    page.locator('.tools [data-panel="xray"]').click()
    reader.go_on.clear()
    page.get_by_role("button", name="Answer both ways").click()
    expect(page.locator("#xray .progress")).to_have_text("Answering from item tokens…")
    expect(page.get_by_role("button", name="The model answers…")).to_be_disabled()
    reader.go_on.set()
    expect(page.locator("#xray .progress")).to_have_text("Both answers are complete.")
    expect(page.locator("#xray .both blockquote").first).to_have_text(EVIL)
    expect(page.locator("#xray .both article").nth(1)).to_contain_text("1,480")
    expect(page.locator("#xray .stands dd")).to_have_text([EVIL, "nothing"])
    expect(page.get_by_role("button", name="Answer both ways")).to_be_enabled()
    assert [message.text for message in reader.prompts[-1]] == ["Shopper: a linen shirt"]
    visitor.say("hello")
    expect(page.get_by_role("button", name="No prompt to answer")).to_be_disabled()
    assert page.evaluate("window.__xss") is None
    assert visitor.errors == []


@pytest.mark.browser
def test_the_drawer_asks_the_model_what_it_reads(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    visitor.say("a linen shirt")
    page.locator('.tools [data-panel="xray"]').click()
    expect(page.locator("#xray .slots tbody tr")).to_have_count(4)
    expect(page.locator("#xray .slots code").nth(1)).to_have_text('{item:"item-1"}')
    page.get_by_label("Product to ask about").select_option("item-2")
    page.get_by_role("button", name="What does the model read?").click()
    expect(page.locator("#xray .read dd").first).to_have_text(f"“{EVIL}”")
    expect(page.locator("#xray .read > div")).to_have_count(3)
    assert served.assistant.item_reader.asked[-1] == ("item-2", "item-3")
    expect(page.get_by_label("Product to ask about")).to_have_value("item-2")
    assert page.evaluate("window.__xss") is None
    assert visitor.errors == []


@pytest.mark.browser
@pytest.mark.parametrize("question", ["What does the model read?", "Answer both ways"])
def test_answers_about_an_older_turn_are_not_painted_over_a_newer(
    visitor: Visitor, served: Served, question: str
) -> None:
    page, reader = visitor.page, served.assistant.item_reader
    first = page.locator("#xray .slots code").first
    visitor.say("a linen shirt")
    page.locator('.tools [data-panel="xray"]').click()
    expect(first).to_have_text('{item:"item-0"}')
    asked = len(reader.asked) + len(reader.prompts)
    reader.go_on.clear()
    page.get_by_role("button", name=question).click()
    while len(reader.asked) + len(reader.prompts) == asked:
        page.wait_for_timeout(20)
    visitor.say("another one")
    expect(first).to_have_text('{item:"item-4"}')
    reader.go_on.set()
    page.wait_for_timeout(1000)
    expect(first).to_have_text('{item:"item-4"}')
    expect(page.locator("#xray :is(.read, .both)")).to_have_count(0)
    page.get_by_role("button", name=question).click()  # and the new turn can be asked about
    expect(page.locator("#xray :is(.read, .both)")).to_contain_text(EVIL)
    assert visitor.errors == []


@pytest.mark.browser
def test_a_slow_look_at_an_older_turn_is_followed_by_one_at_the_newer(visitor: Visitor, served: Served) -> None:
    page, reader = visitor.page, served.assistant.item_reader
    visitor.say("a linen shirt")
    reader.look.clear()
    page.locator('.tools [data-panel="xray"]').click()
    visitor.say("another one")
    page.wait_for_timeout(300)
    reader.look.set()
    expect(page.locator("#xray .slots code").first).to_have_text('{item:"item-4"}')
    expect(page.locator("#xray .request")).to_contain_text("“another one”")


@pytest.mark.browser
def test_the_drawer_tells_how_an_answer_was_found_and_follows_the_next(visitor: Visitor) -> None:
    page = visitor.page
    page.locator('.tools [data-panel="xray"]').click()
    expect(page.locator("#xray")).to_contain_text("Ask for something")
    expect(page.locator("#drawer .close-drawer")).to_be_focused()
    visitor.say("a linen shirt")  # beside the open drawer
    expect(page.locator("#xray .request")).to_contain_text("“a linen shirt”")
    expect(page.locator("#xray .beams code").first).to_have_text("7-0-0")
    expect(page.locator("#xray .candidates li").first).to_contain_text("8 → 1")
    expect(page.locator("#xray .map circle title")).to_have_count(8)
    evil = page.locator("#xray .candidates .link", has_text="img src")
    assert evil.inner_text() == EVIL
    page.locator("#xray .candidates summary").first.click()
    expect(page.locator("#xray .candidates details .bars").first).to_contain_text("1.00")
    assert page.evaluate("window.__xss") is None
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    assert visitor.errors == []


@pytest.mark.browser
def test_reranking_is_switched_by_the_keyboard_for_this_browser_alone(
    visitor: Visitor, chromium: Browser, served: Served
) -> None:
    page = visitor.page
    visitor.say("a linen shirt")
    page.locator('.tools [data-panel="xray"]').click()
    switch = page.get_by_role("switch")
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#xray .candidates .link").first).to_have_text("Harbour linen shirt no. 0")
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(switch).to_be_focused()
    visitor.say("another one")
    assert served.assistant.reranked[-1] is False
    expect(page.locator("#xray .candidates .places b").first).to_have_text("1")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .user-row")).to_have_count(0)
    visitor.say("still off")
    assert served.assistant.reranked[-1] is False
    context = chromium.new_context()
    visit(context, served.url).say("a linen shirt")
    assert served.assistant.reranked[-1] is True
    context.close()


@pytest.mark.browser
def test_without_a_generator_the_drawer_names_the_command(
    visitor: Visitor, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.assistant, "atlas", None)
    visitor.say("a linen shirt")
    visitor.page.locator('.tools [data-panel="xray"]').click()
    expect(visitor.page.locator("#xray .notice code")).to_have_text("python app.py train --store demo")
    expect(visitor.page.get_by_role("switch")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_drawer_readable_and_without_scrolling_sideways(
    chromium: Browser, served: Served, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    visitor = visit(context, served.url)
    visitor.say("a linen shirt")
    visitor.page.locator('.tools [data-panel="xray"]').click()
    expect(visitor.page.locator("#xray .map")).to_be_visible()
    visitor.page.get_by_role("button", name="Answer both ways").click()
    expect(visitor.page.locator("#xray .progress")).to_have_text("Both answers are complete.")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == 390
    assert visitor.page.evaluate("(d => d.scrollWidth <= d.clientWidth)(document.querySelector('#drawer'))")
    assert visitor.page.evaluate(CONTRAST) == []
    context.close()
