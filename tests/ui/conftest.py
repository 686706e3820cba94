"""A running page on a scripted assistant, and a headless Chromium where the machine has one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.ui.scripted import Example, ScriptedAssistant, draw_items, made_atlas
from ui.page import PageParts, build_page, launch
from ui.photos import PhotoShelf
from ui.widgets import VoteReason

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)  # fmt: skip
REASONS = (
    VoteReason("good_match", "Good match", "up"),
    VoteReason("too_expensive", "Too expensive", "down"),
    VoteReason("wrong_kind", "Not what I asked for", "down"),
)

expect.set_options(timeout=20_000)  # a loaded machine is slow, not wrong


@dataclass(frozen=True)
class Served:
    """A page that is being served, and what it is built on."""

    url: str
    assistant: ScriptedAssistant
    shelf: PhotoShelf
    photo: Path
    parts: PageParts


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> PageParts:
    folder = tmp_path_factory.mktemp("shop")
    items = draw_items(folder / "pictures")
    photo = folder / "pictures" / "item-0a.webp"
    examples = (Example("A linen shirt under $60"), Example("Something like this, but in blue", str(photo)))
    assistant = ScriptedAssistant(items, folder / "pictures", examples, atlas=made_atlas(items))
    export = partial(assistant.transcripts.export, tmp_path_factory.mktemp("exports"))
    shelf = PhotoShelf(tmp_path_factory.mktemp("passing"))
    return PageParts(assistant, assistant.transcripts, export, shelf, folder, "a-fixed-secret-1", REASONS)


@pytest.fixture(scope="session")
def served(parts: PageParts) -> Iterator[Served]:
    assistant = parts.assistant
    assert isinstance(assistant, ScriptedAssistant)
    page = build_page(parts)
    url = launch(page, "127.0.0.1", None, [assistant.folder, parts.shelf.folder])
    yield Served(url, assistant, parts.shelf, assistant.folder / "item-0a.webp", parts)
    page.close(verbose=False)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    path = next((path for path in found if path), None)
    if path is None:
        pytest.skip("no chromium, chromium-browser or google-chrome on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One browser with its own cookies and storage, and what a person does with it."""

    page: Page
    outside: list[str]
    errors: list[str]

    def say(self, text: str, photo: Path | None = None) -> None:
        """Send a message and wait until its answer is complete."""
        turns = self.page.locator("#chat .verdict").count()
        if photo is not None:
            self.attach(photo)
        self.page.locator("#box textarea").fill(text)
        self.page.locator("#box textarea").press("Enter")
        expect(self.page.locator("#chat .verdict")).to_have_count(turns + 1, timeout=15_000)
        self.settle()

    def attach(self, photo: Path) -> None:
        self.page.set_input_files("#box input[type=file]", str(photo))
        expect(self.page.locator("#box .thumbnails")).to_be_visible(timeout=10_000)

    def settle(self) -> None:
        """Wait until no turn runs."""
        self.page.wait_for_function("document.body.dataset.busy !== '1'", timeout=15_000)


def visit(context: BrowserContext, url: str) -> Visitor:
    """Open the page; every request to another host is refused and noted."""
    page = context.new_page()
    visitor = Visitor(page, [], [])

    def gate(route) -> None:  # type: ignore[no-untyped-def]
        if route.request.url.startswith((url, "data:", "blob:")):
            route.continue_()
        else:
            visitor.outside.append(route.request.url)
            route.abort()

    page.route("**/*", gate)
    page.on("pageerror", lambda error: visitor.errors.append(str(error)))
    page.goto(url)
    page.wait_for_selector("#box textarea:enabled")
    page.wait_for_function("document.body.dataset.busy === ''")
    return visitor


@pytest.fixture
def visitor(chromium: Browser, served: Served) -> Iterator[Visitor]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield visit(context, served.url)
    context.close()


@pytest.fixture
def assistant(tmp_path: Path) -> ScriptedAssistant:
    return ScriptedAssistant(draw_items(tmp_path / "pictures"), tmp_path / "pictures", pace=0)


@pytest.fixture
def shelf(tmp_path: Path) -> PhotoShelf:
    return PhotoShelf(tmp_path / "passing")
