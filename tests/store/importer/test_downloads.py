import ipaddress
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from store.importer import downloads
from store.importer.downloads import Address, Downloader, any_address, is_public

HOME = ipaddress.ip_address("127.0.0.1")


class Shop(BaseHTTPRequestHandler):
    """A picture host with every bad habit."""

    def do_GET(self) -> None:
        if self.path == "/slow":
            time.sleep(3)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        self.send_response(404 if self.path == "/absent" else 200)
        self.end_headers()
        if self.path == "/trickle":
            for _ in range(30):
                self.wfile.write(b"x")
                time.sleep(0.1)
        self.wfile.write(b"x" * 5000 if self.path == "/large" else self.headers["Host"].encode())

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            return  # the client had enough

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def shop() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def only_home(address: Address) -> bool:
    return address == HOME


def fetch(url: str, seconds: float = 5.0) -> bytes:
    with closing(Downloader(only_home, seconds)) as downloader:
        return downloader.fetch(url)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"],
)  # fmt: skip
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_addresses_of_the_open_internet_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_the_connection_goes_to_the_checked_address_under_the_asked_name(shop: str) -> None:
    asked = shop.replace("127.0.0.1", "localhost")
    with closing(Downloader(any_address)) as downloader:
        if ":" in str(downloader._checked_address(downloads._parsed(asked))):
            pytest.skip("localhost is an IPv6 address here")
        assert downloader.fetch(asked).decode() == asked.removeprefix("http://")


def test_redirects_are_followed_and_checked_at_every_hop(shop: str) -> None:
    assert fetch(f"{shop}/to//fine") == shop.removeprefix("http://").encode()
    port = shop.rpartition(":")[2]
    for target in (f"http://127.0.0.2:{port}/", "http://169.254.169.254/meta", "http://[::1]/", "http://0.0.0.0/"):
        with pytest.raises(ValueError, match="not a public address"):
            fetch(f"{shop}/to/{target}")
    with pytest.raises(ValueError, match="not an http"):
        fetch(f"{shop}/to/file:///etc/passwd")
    with pytest.raises(ValueError, match="redirects"):
        fetch(f"{shop}/to//to//to//to//to//to//x")


def test_by_default_the_local_network_is_never_asked(shop: str) -> None:
    with closing(Downloader()) as downloader:
        for url in (
            shop,
            "http://localhost/",
            "http://2130706433/",
            "http://[::ffff:127.0.0.1]/",
            "http://10.0.0.1/",
        ):
            with pytest.raises(ValueError, match="not a public address"):
                downloader.fetch(url)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/absent", "404"), ("/large", "larger"), ("/slow", "no answer within"), ("/trickle", "not complete within")],
)
def test_bad_answers_give_a_reason_in_time(
    shop: str, path: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MOST_BYTES", 4000)
    started = time.monotonic()
    with pytest.raises(ValueError, match=reason):
        fetch(shop + path, seconds=0.5)
    assert time.monotonic() - started < 2.5


def test_a_host_that_does_not_answer_is_left_alone() -> None:
    with closing(Downloader(only_home, 1.0)) as downloader:
        reasons = []
        for _ in range(downloads.FAILURES_PER_HOST + 1):
            with pytest.raises(ValueError, match=r"\w") as caught:
                downloader.fetch("http://127.0.0.1:9/x.jpg")
            reasons.append(str(caught.value))
    assert "no connection" in reasons[0]
    assert "skipped" in reasons[-1]


@pytest.mark.parametrize(
    "url", ["ftp://x.example/a", "http://", "http://user:pw@x.example/a", "http://x.example:99999/"]
)
def test_odd_addresses(url: str) -> None:
    with pytest.raises(ValueError, match=r"address|host"):
        fetch(url)
