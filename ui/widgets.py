"""What the events of the page work on: its widgets and the shop; what they do is in ``ui/wiring.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import gradio as gr

from ui.contracts import Assistant, Transcripts
from ui.photos import PhotoShelf

Export = Callable[[str, Literal["jsonl", "csv"]], Path]
"""Writes one session's transcript to a file that may be downloaded and returns its path."""


@dataclass(frozen=True, slots=True)
class VoteReason:
    """One reason that can go with a vote; ``side`` is the thumb it is offered for."""

    code: str
    label: str
    side: Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Backend:
    """What the handlers work on."""

    assistant: Assistant
    transcripts: Transcripts
    export: Export
    shelf: PhotoShelf
    home: Path  # what the paths of kept photos are relative to


@dataclass(frozen=True, slots=True)
class Widgets:
    """Every widget that an event reads or repaints."""

    session: gr.State
    waiting: gr.State  # acts without words that go along with the next turn
    votes: gr.State
    saved: gr.State
    home: gr.BrowserState
    wishes: gr.BrowserState
    consent: gr.BrowserState
    hero: gr.HTML
    chat: gr.Chatbot
    chips: gr.HTML
    snapshot: gr.Image
    box: gr.MultimodalTextbox
    notice: gr.HTML
    details: gr.HTML
    wishlist: gr.HTML
    panel: gr.HTML
    jsonl: gr.Button
    csv: gr.Button
    download: gr.DownloadButton
    xray: gr.HTML
    xray_items: gr.HTML
    status: gr.HTML
    bus: gr.HTML
