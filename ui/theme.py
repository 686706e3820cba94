"""The look of the widgets that Gradio draws itself: colours, type, radii; and the style sheet of its own parts.

No font comes from another host: sans and mono ship with Gradio, the serif of the headings lies in ``ui/fonts``.
"""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import gradio as gr
from gradio.themes.utils.fonts import LocalFont

_GREEN = gr.themes.Color(
    c50="#eef6f1", c100="#d8eae0", c200="#b3d6c3", c300="#86bba0", c400="#589c7c", c500="#35805f",
    c600="#23674a", c700="#1c543d", c800="#184332", c900="#12342a", c950="#0a1f19",
)  # fmt: skip
_SAND = gr.themes.Color(
    c50="#faf8f4", c100="#f3efe8", c200="#e6e0d6", c300="#d2cabd", c400="#a79d8e", c500="#7a7166",
    c600="#5d564d", c700="#443f39", c800="#2b2926", c900="#1c1b1a", c950="#131312",
)  # fmt: skip


_HERE = Path(__file__).parent
_SERIF = _HERE / "fonts" / "lora-latin-600.woff2"


def shop_style() -> str:
    """``page.css`` as an element for the page's head, with the heading font in it: no further path is opened."""
    font = b64encode(_SERIF.read_bytes()).decode("ascii")
    face = f'@font-face{{font-family:"Lora";font-weight:600;src:url(data:font/woff2;base64,{font}) format("woff2")}}'
    return f"<style>{face}{(_HERE / 'page.css').read_text('utf-8')}</style>"


def shop_theme() -> gr.themes.Base:
    """Warm paper, deep green, a serif for the name of the house."""
    theme = gr.themes.Base(
        primary_hue=_GREEN,
        secondary_hue=_GREEN,
        neutral_hue=_SAND,
        # Gradio's own files of the 600 weight are cut down to a few letters: 400 and 700 are whole.
        radius_size=gr.themes.sizes.radius_lg,
        font=[LocalFont("IBM Plex Sans", weights=(400, 700)), "system-ui", "sans-serif"],
        font_mono=[LocalFont("IBM Plex Mono", weights=(400,)), "ui-monospace", "monospace"],
    )
    return theme.set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
        background_fill_primary="var(--surface)",
        background_fill_primary_dark="var(--surface)",
        background_fill_secondary="var(--paper)",
        background_fill_secondary_dark="var(--paper)",
        border_color_primary="var(--line)",
        border_color_primary_dark="var(--line)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        input_background_fill="var(--surface)",
        input_background_fill_dark="var(--surface)",
        button_secondary_background_fill="var(--surface)",
        button_secondary_background_fill_dark="var(--surface)",
        button_secondary_border_color="var(--line-strong)",
        button_secondary_text_color="var(--ink)",
        button_secondary_text_color_dark="var(--ink)",
    )
