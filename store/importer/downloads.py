"""Pictures from http(s) addresses that a catalog names, fetched without trusting the catalog.

Every hop is checked: the name is resolved once, each address must be a public one, and the connection goes to
that very address, so that a name cannot point elsewhere a moment later (DNS rebinding). Time, size and number of
hops are bounded; a host that keeps failing is left alone. Proxies of the environment are not used, since behind
one the address cannot be checked. What goes wrong raises ValueError with the reason, for the report.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import urljoin

import httpx

from store.importer.pictures import MOST_BYTES

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

SECONDS_PER_PICTURE = 20.0
MOST_HOPS = 5
FAILURES_PER_HOST = 5
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, also where an IPv4 address hides in an IPv6 one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def any_address(_address: Address) -> bool:
    """Allow every address: for shops whose pictures lie on their own network."""
    return True


class Downloader:
    """Fetches pictures; safe to use from several threads."""

    def __init__(self, allowed: Callable[[Address], bool] = is_public, seconds: float = SECONDS_PER_PICTURE) -> None:
        self._allowed = allowed
        self._seconds = seconds
        self._client = httpx.Client(
            timeout=httpx.Timeout(min(10.0, seconds)),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "mercer-import", "Accept": "image/*", "Accept-Encoding": "identity"},
        )
        self._failures: Counter[str] = Counter()
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def fetch(self, url: str) -> bytes:
        """The bytes at an address."""
        deadline = time.monotonic() + self._seconds
        for _ in range(MOST_HOPS):
            target = _parsed(url)
            self._refuse_dead(target.host)
            try:
                found = self._hop(target, deadline)
            except httpx.TimeoutException as error:
                self._count_failure(target.host)
                raise ValueError(f"no answer within {self._seconds:g} s") from error
            except (httpx.HTTPError, httpx.StreamError) as error:
                self._count_failure(target.host)
                raise ValueError(f"no connection ({str(error)[:80] or type(error).__name__})") from error
            if isinstance(found, bytes):
                return found
            url = urljoin(url, found)
        raise ValueError(f"more than {MOST_HOPS} redirects")

    def _hop(self, target: httpx.URL, deadline: float) -> bytes | str:
        """The body, or the address that it redirects to."""
        address = self._checked_address(target)
        pinned = target.copy_with(host=str(address))
        host = target.host if target.port is None else f"{target.host}:{target.port}"
        request = self._client.build_request(
            "GET", pinned, headers={"Host": host}, extensions={"sni_hostname": target.host}
        )
        response = self._client.send(request, stream=True)
        try:
            if response.is_redirect:
                return response.headers["location"]
            if response.status_code != httpx.codes.OK:
                raise ValueError(f"the server answers {response.status_code}")
            return self._body(response, deadline)
        finally:
            response.close()

    def _body(self, response: httpx.Response, deadline: float) -> bytes:
        data = bytearray()
        for chunk in response.iter_raw():
            data += chunk
            if len(data) > MOST_BYTES:
                raise ValueError(f"larger than {MOST_BYTES >> 20} MB")
            if time.monotonic() > deadline:
                raise ValueError(f"not complete within {self._seconds:g} s")
        return bytes(data)

    def _checked_address(self, target: httpx.URL) -> Address:
        """Where to connect; refused when any address of the name is not allowed."""
        port = target.port or (443 if target.scheme == "https" else 80)
        try:
            answers = socket.getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            self._count_failure(target.host)
            raise ValueError(f"unknown host {target.host!r}") from error
        addresses = [ipaddress.ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]
        for address in addresses:
            if not self._allowed(address):
                raise ValueError(f"refused: {target.host} is not a public address; see --allow-private-urls")
        return addresses[0]

    def _refuse_dead(self, host: str) -> None:
        with self._lock:
            if self._failures[host] >= FAILURES_PER_HOST:
                raise ValueError(f"skipped: {host} did not answer {FAILURES_PER_HOST} times")

    def _count_failure(self, host: str) -> None:
        with self._lock:
            self._failures[host] += 1


def _parsed(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise ValueError("not an address") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise ValueError("not an http(s) address")
    if target.userinfo:
        raise ValueError("refused: the address holds a password")
    return target
