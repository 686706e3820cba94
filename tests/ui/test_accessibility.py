"""The page for everybody: by keyboard alone, with names and contrast, in the dark, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.conftest import Served, Visitor, visit

pytestmark = pytest.mark.browser


def test_the_keyboard_alone_is_enough(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_text("Skip to the message box").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#box textarea")).to_be_focused()
    page.keyboard.type("typed only")
    page.keyboard.press("Enter")
    expect(page.locator("#chat .verdict")).to_have_count(1)
    visitor.settle()
    page.locator(".card .save").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tools .count")).to_have_text("1")
    page.locator('.tools [data-panel="saved"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#drawer .close-drawer")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator('.tools [data-panel="saved"]')).to_be_focused()
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"


def test_every_button_has_a_name_and_the_log_stays_silent(visitor: Visitor) -> None:
    visitor.say("shirts")
    nameless = visitor.page.evaluate(
        """[...document.querySelectorAll('button')].filter(b => b.checkVisibility()
        && !(b.getAttribute('aria-label') || b.innerText.trim() || b.title)).map(b => b.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    assert visitor.page.locator("#chat [role=log]").get_attribute("aria-live") == "off"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(chromium: Browser, served: Served, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    visitor = visit(context, served.url)
    visitor.say("something cheap")
    assert visitor.page.evaluate(CONTRAST) == []
    context.close()


def test_dark_and_light_can_be_switched_and_stay(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("button", name="Switch between dark and light").click()
    expect(page.locator("body.dark")).to_have_count(1)
    page.reload()
    expect(page.locator("body.dark")).to_have_count(1)


def test_a_phone_scrolls_cards_and_not_the_page(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    visitor = visit(context, served.url)
    page = visitor.page
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        visitor.say("shirts", served.photo)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    box = page.locator("#box textarea").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844
    assert page.evaluate("(u => u.scrollWidth > u.clientWidth)(document.querySelector('.cards'))")
    page.locator(".card").last.get_by_role("button", name="Details").click()
    expect(page.locator("#drawer h3").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


@pytest.mark.parametrize("width", [320, 390])
def test_a_thumb_finds_everything_on_a_phone(chromium: Browser, served: Served, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 844}, has_touch=True)
    visitor = visit(context, served.url)
    page = visitor.page
    visitor.say("shirts " + "x" * 300)
    page.locator(".card .save").first.click()
    page.locator(".verdict .thumb").last.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(SMALL)
    assert small == []
    mark, first = page.locator("#header .wordmark").bounding_box(), page.locator(".tool").first.bounding_box()
    assert mark is not None
    assert first is not None
    assert mark["x"] + mark["width"] <= first["x"]
    context.close()


def test_a_word_longer_than_the_page_does_not_widen_it(visitor: Visitor) -> None:
    visitor.say("x" * 400)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == 1280


CONTRAST = """() => {
  const lum = c => {
    const v = c.map(x => { x /= 255; return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; });
    return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
  const parse = s => { const m = s.match(/[\\d.]+/g).map(Number), by = s.startsWith('color(srgb') ? 255 : 1;
    return { rgb: m.slice(0, 3).map(x => x * by), a: m.length > 3 ? m[3] : 1 }; };
  const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.a > .85) return c.rgb; } return [255, 255, 255]; };
  const weak = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || e.closest('.sr, .skip, script, style, [disabled], .sr-only')) continue;
    const a = lum(parse(getComputedStyle(e).color).rgb), b = lum(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) weak.push(ratio.toFixed(2) + ' ' + e.outerHTML.slice(0, 90));
  }
  return weak;
}"""

SMALL = """() => [...document.querySelectorAll('button, .reasons label')].filter(b => b.checkVisibility())
  .filter(b => !b.matches('.link, #notice button')) // words in a line; the last has room around it
  .map(b => [b.offsetWidth, b.offsetHeight, b.outerHTML.slice(0, 90)]).filter(([w, h]) => w < 44 || h < 44)"""
