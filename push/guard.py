"""Which endpoints we call: public https addresses, and nothing else.

A subscription's endpoint is a URL that a stranger gave us and that our server then calls from inside its own network:
the classic server-side request forgery. So an endpoint is checked twice, with the same rules:

- when it arrives, by what can be read from it (`check_endpoint`);
- when it is called, by the addresses its name leads to at that moment (`check_addresses`), because a name may be
  pointed elsewhere after it was checked. The sender then connects to an address that was checked, not to the name.

Python's `ipaddress.is_global` is not enough: it calls `64:ff9b::7f00:1` and `2002:7f00:1::` global although NAT64
(RFC 6052) and 6to4 (RFC 3056) carry 127.0.0.1 inside. The table below is IANA's special-purpose registry (RFC 6890).
"""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

import msgspec

from push.errors import ForbiddenEndpointError

MAX_ENDPOINT = 2048
"""Longest endpoint in characters; real ones have 200 to 500."""

_HTTPS_PORT = 443
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+\.?|[0-9a-f.]*:[0-9a-f:.]*")
"""At least two labels, or an IPv6 address: no `localhost`, no 2130706433, no `%31` that somebody would read as a
digit."""

_CLOSED_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network (RFC 791)
        "10.0.0.0/8",  # private use (RFC 1918)
        "100.64.0.0/10",  # carrier-grade NAT (RFC 6598)
        "127.0.0.0/8",  # loopback (RFC 1122)
        "168.63.129.16/32",  # a public address that inside one large cloud is the platform itself
        "169.254.0.0/16",  # link local, cloud metadata (RFC 3927)
        "172.16.0.0/12",  # private use (RFC 1918)
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "192.0.2.0/24",  # documentation (RFC 5737)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "192.168.0.0/16",  # private use (RFC 1918)
        "198.18.0.0/15",  # benchmarks (RFC 2544)
        "198.51.100.0/24",  # documentation (RFC 5737)
        "203.0.113.0/24",  # documentation (RFC 5737)
        "224.0.0.0/4",  # multicast (RFC 5771)
        "240.0.0.0/4",  # reserved, broadcast (RFC 1112, RFC 8190)
    )
)
_OPEN_6 = IPv6Network("2000::/3")  # the only block given out for the public Internet (RFC 4291 §2.4)
_CLOSED_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks (RFC 2928)
        "2001:db8::/32",  # documentation (RFC 3849)
        "2002::/16",  # 6to4: an IPv4 address inside (RFC 3056)
        "3fff::/20",  # documentation (RFC 9637)
        # Outside 2000::/3 and so closed already; named because they are the ones attackers use.
        "::/96",  # unspecified, loopback, IPv4-compatible (RFC 4291)
        "::ffff:0:0/96",  # IPv4-mapped (RFC 4291)
        "64:ff9b::/96",  # NAT64: an IPv4 address inside (RFC 6052)
        "64:ff9b:1::/48",  # local NAT64 (RFC 8215)
        "fc00::/7",  # unique local (RFC 4193)
        "fe80::/10",  # link local (RFC 4291)
        "ff00::/8",  # multicast (RFC 4291)
    )
)


class Policy(msgspec.Struct, frozen=True):
    """What may be called.

    `exceptions` names `host:port` pairs for which scheme, port and address are not checked. It exists for a push
    service on the developer's own machine; a server for real people leaves it empty.
    """

    exceptions: frozenset[str] = frozenset()

    def excepts(self, host: str, port: int) -> bool:
        """Whether this host and port were allowed by name."""
        return f"{host}:{port}" in self.exceptions


class Endpoint(msgspec.Struct, frozen=True):
    """A checked endpoint in the parts that are needed to call and to sign for it."""

    url: str
    origin: str
    host: str
    port: int
    authority: str
    """Host and, where it is not the scheme's own, port: what the header `Host` says."""
    path: str
    """Path and query."""


def check_endpoint(url: str, policy: Policy) -> Endpoint:
    """Return the endpoint's parts when it may be called.

    Raises:
        ForbiddenEndpointError: not https on port 443, a user name in it, or an address that is not public.

    """
    parts, port = _split(url)
    host = parts.hostname or ""
    if not policy.excepts(host, port):
        if parts.scheme != "https" or port != _HTTPS_PORT:
            raise ForbiddenEndpointError("The endpoint is not https on port 443.")
        _check_host(host)
    shown = f"[{host}]" if ":" in host else host
    default = 443 if parts.scheme == "https" else 80
    authority = shown if port == default else f"{shown}:{port}"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Endpoint(url, f"{parts.scheme}://{authority}", host, port, authority, path)


def check_addresses(host: str, port: int, addresses: list[str], policy: Policy) -> list[str]:
    """Return the addresses a name resolved to, when every one of them is public.

    One private address among public ones is enough to refuse: which of them is used would be left to chance.

    Raises:
        ForbiddenEndpointError: an address is not public, or there is none.

    """
    if not addresses:
        raise ForbiddenEndpointError("The endpoint's name leads to no address.")
    if not policy.excepts(host, port) and not all(is_public(address) for address in addresses):
        raise ForbiddenEndpointError("The endpoint's name leads to an address that is not public.")
    return addresses


def is_public(address: str) -> bool:
    """Whether an address in text form belongs to the public Internet and hides no other address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    match parsed:
        case IPv4Address():
            return not any(parsed in network for network in _CLOSED_4)
        case IPv6Address(scope_id=None):
            return parsed in _OPEN_6 and not any(parsed in network for network in _CLOSED_6)
        case _:
            return False


def _split(url: str) -> tuple[SplitResult, int]:
    if len(url) > MAX_ENDPOINT or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise ForbiddenEndpointError("The endpoint is too long or has characters that a URL cannot have.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ForbiddenEndpointError("The endpoint is not a URL.") from error
    if parts.scheme not in {"https", "http"} or not parts.hostname or "@" in parts.netloc or parts.fragment:
        raise ForbiddenEndpointError("The endpoint is not a plain web address.")
    if port is None:
        port = _HTTPS_PORT if parts.scheme == "https" else 80
    return parts, port


def _check_host(host: str) -> None:
    """Refuse hosts that are no public name: addresses that are not public, and other spellings of addresses."""
    if not _NAME.fullmatch(host):
        raise ForbiddenEndpointError("The endpoint is a name of the local network, or no name at all.")
    host = host.rstrip(".")
    last = host.rsplit(".", 1)[-1]
    numeric = ":" in host or last.isdigit() or last.startswith("0x")
    if numeric and not is_public(host):  # also 127.1 and 0177.0.0.1, which some resolvers read as addresses
        raise ForbiddenEndpointError("The endpoint is an address that is not public.")
