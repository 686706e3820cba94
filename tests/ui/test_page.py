from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.ui.conftest import Served
from ui.errors import PortInUse
from ui.page import build_page, launch, page_secret
from ui.theme import shop_style


def test_only_the_given_folders_can_be_read(served: Served, tmp_path: Path) -> None:
    secret = Path.home() / ".profile"
    for path, status in ((served.photo, 200), (secret, 403), (Path("/etc/passwd"), 403), (Path(__file__), 403)):
        assert httpx.get(f"{served.url}gradio_api/file={path}").status_code == status, path


def test_no_event_is_a_public_endpoint(served: Served) -> None:
    info = httpx.get(f"{served.url}gradio_api/info").json()
    assert info["named_endpoints"] == {}


def test_the_style_sheet_is_one_element_without_another_host() -> None:
    style = shop_style()
    assert (style.count("<style>"), style.count("</style>"), "http" in style) == (1, 1, False)


def test_an_upload_beyond_the_limit_is_refused(served: Served) -> None:
    upload = {"files": ("a.jpg", bytes(21 * 1024 * 1024), "image/jpeg")}
    assert httpx.post(f"{served.url}gradio_api/upload", files=upload, timeout=60).status_code == 413


def test_a_taken_port_is_said_so(served: Served) -> None:
    port = urlsplit(served.url).port
    page = build_page(served.parts)
    with pytest.raises(PortInUse, match=f"Port {port} .* in use.*; .* --port"):
        launch(page, "127.0.0.1", port, [], wait=False)
    page.close(verbose=False)


def test_the_pages_secret_outlives_a_restart(tmp_path: Path) -> None:
    first = page_secret(tmp_path)
    assert len(first) > 30
    assert page_secret(tmp_path) == first


class StoppedPage:
    """A page that is told to stop as soon as it waits."""

    def launch(self, **settings: object) -> tuple[None, str, None]:
        return None, "http://here", None

    def block_thread(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)


def test_a_service_that_is_stopped_ends_as_by_ctrl_c() -> None:
    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(KeyboardInterrupt):
            launch(StoppedPage(), "127.0.0.1", 1, [])  # type: ignore[arg-type]
    finally:
        signal.signal(signal.SIGTERM, before)
