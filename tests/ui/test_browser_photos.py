"""Photos in a real browser: sent, refused and taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.conftest import Served, Visitor, visit

pytestmark = pytest.mark.browser


def test_a_file_that_is_no_photo_is_refused_kindly(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    fake = tmp_path / "cat.jpg"
    fake.write_bytes(b"%PDF-1.7 not a photo at all")
    visitor.attach(fake)
    page.locator("#box textarea").fill("find this")
    page.locator("#box textarea").press("Enter")
    expect(page.locator("#chat .bot-row")).to_contain_text("could not open that file as a photo")
    expect(page.locator("#box textarea")).to_have_value("find this")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_refusal_of_gradio_can_be_read(chromium: Browser, served: Served, tmp_path: Path, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = visit(context, served.url).page
    (tmp_path / "notes.txt").write_text("no photo")
    page.set_input_files("#box input[type=file]", str(tmp_path / "notes.txt"))
    colour = page.locator(".toast-body").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour == {"light": "rgb(255, 255, 255)", "dark": "rgb(28, 32, 29)"}[scheme]
    context.close()


def test_examples_work_with_and_without_a_photo(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    page.get_by_role("button", name="Something like this, but in blue").click()
    expect(page.locator("#chat .verdict")).to_have_count(1)
    assert served.assistant.seen[-1].image_paths
    expect(page.locator("#hero")).to_be_hidden()


def test_the_camera_takes_a_photo(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    page.get_by_role("button", name="Take a photo").click()
    page.get_by_text("Click to Access Webcam").click()
    page.wait_for_function("document.querySelector('#snapshot video')?.videoWidth > 0", timeout=20_000)
    page.locator("#snapshot button[aria-label='capture photo']").click()
    expect(page.locator("#box .thumbnails")).to_be_visible(timeout=10_000)
    expect(page.locator("#viewfinder")).to_be_hidden()
    page.locator("#box textarea").fill("like this")
    page.locator("#box textarea").press("Enter")
    expect(page.locator("#chat .verdict")).to_have_count(1)
    assert served.assistant.seen[-1].image_paths
