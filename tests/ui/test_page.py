from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

import app
from tests.ui.conftest import Served
from ui.errors import CannotListen
from ui.page import build_page, launch, page_secret, wait_until_stopped
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
    with pytest.raises(CannotListen, match=f"Port {port} on 127.0.0.1 .*Address already in use.*; .* --port"):
        launch(page, "127.0.0.1", port, [])
    page.close(verbose=False)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_a_host_that_is_none_of_this_machine_is_said_so_at_once(host: str, served: Served) -> None:
    page, began = build_page(served.parts), time.monotonic()
    with pytest.raises(CannotListen, match=rf"on {host} cannot be used \(.+\); .* --host"):
        launch(page, host, 7860, [])
    assert time.monotonic() - began < 4  # Gradio gives up after five seconds, and with a traceback of the server
    page.close(verbose=False)


def test_an_address_is_told_only_once_it_answers(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MERCER_HOME", str(tmp_path))
    parts = app.Parts(served.assistant, served.assistant.transcripts, lambda: None)  # type: ignore[arg-type]
    monkeypatch.setattr(app, "open_parts", lambda settings, name: parts)
    assert app.main(["--port", str(urlsplit(served.url).port)]) == 1
    said = capsys.readouterr().err
    assert "cannot be used" in said
    assert "Mercer is on" not in said

    told: list[str] = []
    monkeypatch.setattr("ui.page.wait_until_stopped", lambda page: told.append(capsys.readouterr().err))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert app.main(["--port", str(port)]) == 0
    assert f"Mercer is on http://127.0.0.1:{port}/\n" in told[0]


def test_the_pages_secret_outlives_a_restart(tmp_path: Path) -> None:
    first = page_secret(tmp_path)
    assert len(first) > 30
    assert page_secret(tmp_path) == first


def test_at_no_moment_others_can_read_the_pages_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    write = Path.write_text

    def watched(path: Path, text: str, encoding: str) -> int:
        count = write(path, text, encoding)
        seen.append(path.stat().st_mode & 0o777)
        return count

    monkeypatch.setattr(Path, "write_text", watched)
    before = os.umask(0)
    try:
        page_secret(tmp_path)
    finally:
        os.umask(before)
    assert seen == [0o600]


class StoppedPage:
    """A page that is told to stop as soon as it is waited for."""

    def block_thread(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)


def test_a_service_that_is_stopped_ends_as_by_ctrl_c() -> None:
    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(KeyboardInterrupt):
            wait_until_stopped(StoppedPage())  # type: ignore[arg-type]
    finally:
        signal.signal(signal.SIGTERM, before)
