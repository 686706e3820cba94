"""The page: which widgets there are and where they stand; what they do is wired in ``ui/wiring.py``.

Everything a shopper can click outside Gradio's own widgets is drawn from ``ui/templates.py`` and heard by one hidden
component, ``bus`` (``ui/page.js``). A tab's conversation rides in ``gr.State``; the browser itself keeps only the
session id, the saved items and whether recording was declined.
"""

from __future__ import annotations

import secrets
import signal
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from ui import templates
from ui.cards import chips_value, examples_value, for_template, panel_value, saved_value
from ui.contracts import Assistant, Transcripts
from ui.errors import CannotListen
from ui.photos import PhotoShelf
from ui.session import Session
from ui.theme import shop_style, shop_theme
from ui.widgets import Backend, Export, VoteReason, Widgets
from ui.wiring import forget_passing_photos, wire
from ui.xray_template import XRAY, XRAY_ITEMS

PLACEHOLDER = "What are you looking for?"
MAX_UPLOAD = "20mb"
_LOCAL = "127.0.0.1"  # where Gradio wants the port free too, whatever the host
_HERE = Path(__file__).parent
_HTML = partial(gr.HTML, apply_default_css=False, js_on_load=None)
_STATUS_JS = """watch('value', () => {
  document.body.dataset.busy = props.value.busy ? '1' : '';
  const photo = document.querySelector('#box input[type=file]');
  if (props.value.busy && photo) photo.value = '';  // so that the same file can be chosen again
});"""


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the page is built on. ``secret`` keeps the browser's own notes readable after a restart of the app."""

    assistant: Assistant
    transcripts: Transcripts
    export: Export
    shelf: PhotoShelf
    home: Path
    secret: str
    reasons: tuple[VoteReason, ...]


def build_page(parts: PageParts) -> gr.Blocks:
    """The whole page, ready to be launched; it can serve many browsers, which share nothing but the store."""
    assistant = parts.assistant
    title = f"Mercer · {assistant.store_name}"
    page: gr.Blocks = gr.Blocks(title=title, analytics_enabled=False, delete_cache=(3600, 86400), fill_width=True)
    with page:
        _HTML(
            for_template({"store": assistant.store_name, "note": assistant.store_note}),
            html_template=templates.HEADER,
            elem_id="header",
        )
        widgets = _widgets(parts)
        wire(
            page,
            widgets,
            Backend(assistant, parts.transcripts, parts.export, parts.shelf, parts.home),
        )
    page.queue(default_concurrency_limit=8, max_size=64)
    return page


def _widgets(parts: PageParts) -> Widgets:
    assistant, key = parts.assistant, f"mercer-{parts.assistant.store_name}"
    forget = partial(forget_passing_photos, parts.shelf)
    states: dict[str, Any] = {
        "session": gr.State(Session(), delete_callback=forget),
        "waiting": gr.State(()),
        "votes": gr.State(()),
        "saved": gr.State(()),
        # dictionaries, as the browser does not store "" or False over an older value
        "home": gr.BrowserState({"id": ""}, storage_key=f"{key}-session", secret=parts.secret),
        "wishes": gr.BrowserState([], storage_key=f"{key}-saved", secret=parts.secret),
        "consent": gr.BrowserState({"record": True}, storage_key="mercer-record", secret=parts.secret),
    }
    with gr.Column(elem_id="talk"):
        hero = _HTML(
            examples_value(assistant.examples, assistant.items_count, assistant.departments),
            html_template=templates.HERO,
            elem_id="hero",
        )
        chat = gr.Chatbot(
            [], elem_id="chat", show_label=False, container=False, height=None, autoscroll=False, buttons=[],
            latex_delimiters=[], allow_tags=False, feedback_options=None, layout="bubble",
        )  # fmt: skip
    composer = _composer()
    drawer = _drawer()
    status = gr.HTML(
        {"busy": True, "announce": ""}, html_template=templates.STATUS, js_on_load=_STATUS_JS,
        apply_default_css=False, elem_id="status",
    )  # fmt: skip
    reasons = for_template({"of": [{"code": r.code, "label": r.label, "side": r.side} for r in parts.reasons]})["of"]
    bus = gr.HTML(
        {"votes": {}, "saved": []}, html_template=templates.BUS, reasons=reasons,
        js_on_load=(_HERE / "page.js").read_text("utf-8"), apply_default_css=False, elem_id="bus",
    )  # fmt: skip
    return Widgets(**states, **composer, **drawer, hero=hero, chat=chat, status=status, bus=bus)


def _composer() -> dict[str, Any]:
    with gr.Column(elem_id="composer"):
        chips = _HTML(chips_value(()), html_template=templates.CHIPS, elem_id="chips")
        with gr.Column(elem_id="viewfinder"):
            snapshot = gr.Image(
                sources=["webcam"], type="filepath", show_label=False, elem_id="snapshot", buttons=[],
                webcam_options=gr.WebcamOptions(mirror=False, constraints={"video": {"facingMode": "environment"}}),
            )  # fmt: skip
        with gr.Row(elem_id="line"):
            box = gr.MultimodalTextbox(
                elem_id="box", show_label=False, container=False, placeholder=PLACEHOLDER, sources=["upload"],
                file_types=["image"], file_count="multiple", max_plain_text_length=100_000, max_lines=6, scale=1,
                autofocus=True,
            )  # fmt: skip
            _HTML(html_template=templates.STOP, elem_id="stop")
            _HTML(html_template=templates.CAMERA, elem_id="camera")
        notice = _HTML({"record": True}, html_template=templates.NOTICE, elem_id="notice")
    return {"chips": chips, "snapshot": snapshot, "box": box, "notice": notice}


def _drawer() -> dict[str, Any]:
    with gr.Column(elem_id="drawer"):
        _HTML(html_template=templates.DRAWER_HEAD, elem_id="drawer-head")
        details = _HTML({}, html_template=templates.DETAILS, elem_id="details")
        wishlist = _HTML(saved_value(()), html_template=templates.SAVED, elem_id="wishlist")
        with gr.Column(elem_id="session"):
            panel = _HTML(panel_value(Session()), html_template=templates.SESSION, elem_id="session-panel")
            with gr.Row(elem_id="exports"):
                jsonl = gr.Button("Download JSONL", elem_id="export-jsonl", size="sm")
                csv = gr.Button("Download CSV", elem_id="export-csv", size="sm")
            download = gr.DownloadButton("download", elem_id="download", visible="hidden")
        with gr.Column(elem_id="xray"):
            xray = _HTML({}, html_template=XRAY)
            xray_items = _HTML({}, html_template=XRAY_ITEMS)
    return {
        "details": details, "wishlist": wishlist, "panel": panel, "jsonl": jsonl, "csv": csv, "download": download,
        "xray": xray, "xray_items": xray_items,
    }  # fmt: skip


def launch(page: gr.Blocks, host: str, port: int | None, folders: Iterable[Path]) -> str:
    """Serve the page from now on, beside the caller, and return its address.

    With no ``port`` the first free one from 7860 on is taken. ``folders`` are the only ones whose files a browser may
    read: pictures of the store and of the examples, photos of shoppers.

    Raises
    ------
    CannotListen
        Something else listens on that port, or the host is none of this machine.
    """
    if port is not None:
        _try_listening(host, port)
    _, url, _ = page.launch(
        server_name=host, server_port=port, prevent_thread_lock=True, quiet=True, show_error=False,
        theme=shop_theme(), head=shop_style(), favicon_path=_HERE / "favicon.png",
        allowed_paths=[str(folder) for folder in folders], max_file_size=MAX_UPLOAD, strict_cors=True,
        run_history=False, enable_monitoring=False, footer_links=[], ssr_mode=False, share=False,
    )  # fmt: skip
    return url


def wait_until_stopped(page: gr.Blocks) -> None:
    """Wait for Ctrl-C; a service that is stopped ends as by it, and so takes the photos of unkept visits with it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    page.block_thread()


def _try_listening(host: str, port: int) -> None:
    """Raise what Gradio reports only in words, and for a foreign host after five seconds."""
    for address in (host, _LOCAL):
        try:
            family, kind, _, _, where = socket.getaddrinfo(address.strip("[]"), port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
                tried.bind(where)
        except OSError as error:
            problem = f"Port {port} on {address} cannot be used ({error.strerror})"
            raise CannotListen(f"{problem}; choose another one with --port or --host.") from error


def page_secret(home: Path) -> str:
    """What keeps a browser's own notes readable after a restart; made once per home folder."""
    path = home / "page-secret"
    if not path.exists():
        path.touch(0o600)  # before anything is in it, so that at no moment others can read the secret
        path.write_text(secrets.token_urlsafe(32), "utf-8")
    return path.read_text("utf-8")
