import pytest

from push.errors import ForbiddenEndpointError
from push.guard import MAX_ENDPOINT, Policy, check_addresses, check_endpoint, is_public

CLOSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::1",
    "2001:20::1",
    "fd00:ec2::254",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2606:4700::1%eth0",
    "not an address",
    "",
]
OPEN = ["8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.128.0.1", "2606:4700::6810:1", "2a00:1450:4001::1"]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_the_public_internet_is_closed(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_a_public_address_is_open(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc:def", "https://fcm.googleapis.com"),
        ("https://updates.push.services.mozilla.com:443/wpush/v2/gAAA", "https://updates.push.services.mozilla.com"),
        ("https://web.push.apple.com/Q?x=1", "https://web.push.apple.com"),
        ("https://[2606:4700::1]/p", "https://[2606:4700::1]"),
    ],
)
def test_the_endpoints_of_real_push_services_are_accepted(url, origin):
    assert check_endpoint(url, Policy()).origin == origin


@pytest.mark.parametrize(
    "url",
    [
        "http://push.example/p",
        "ftp://push.example/p",
        "https://push.example:8443/p",
        "https://push.example:80/p",
        "https://push.example:99999/p",
        "https://user@push.example/p",
        "https://push.example@127.0.0.1/p",
        "https://127.0.0.1/p",
        "https://127.1/p",
        "https://2130706433/p",
        "https://0x7f000001/p",
        "https://0177.0.0.1/p",
        "https://017700000001/p",
        "https://127.0.0.0x1/p",
        "https://0x7f.0.0.1/p",
        "https://%31%32%37.0.0.1/p",
        "https://127.0.0.%31/p",
        "https://cafe/p",
        "https://168.63.129.16/p",
        "https://push.example:0/p",
        "https://[2001:0:7f00:1::1]/p",
        "https://[2002:7f00:1::]/p",
        "https://[::127.0.0.1]/p",
        "https://[::1]/p",
        "https://[::ffff:10.0.0.1]/p",
        "https://[64:ff9b::7f00:1]/p",
        "https://[fe80::1%25eth0]/p",
        "https://[not-an-address/p",
        "https://localhost/p",
        "https://localhost./p",
        "https://intranet/p",
        "https://127.0.0.1./p",
        "https://push.example/p#part",
        "https://push.example\\@127.0.0.1/p",
        "https://push.example/ p",
        "https://push.example/\r\nX: y",
        "https://pü.example/p",
        "https:///p",
        "//push.example/p",
        "push.example",
        "",
        "https://push.example/" + "p" * MAX_ENDPOINT,
    ],
)
def test_an_endpoint_that_could_lead_inside_is_refused_on_arrival(url):
    with pytest.raises(ForbiddenEndpointError):
        check_endpoint(url, Policy())


def test_a_name_is_refused_when_one_of_its_addresses_is_private():
    with pytest.raises(ForbiddenEndpointError):
        check_addresses("push.example", 443, ["8.8.8.8", "10.0.0.1"], Policy())


def test_a_name_without_an_address_is_refused():
    with pytest.raises(ForbiddenEndpointError):
        check_addresses("push.example", 443, [], Policy())


def test_an_exception_opens_its_host_and_port_and_no_other():
    policy = Policy(frozenset({"127.0.0.1:4000"}))
    assert check_endpoint("http://127.0.0.1:4000/p", policy).origin == "http://127.0.0.1:4000"
    assert check_addresses("127.0.0.1", 4000, ["127.0.0.1"], policy) == ["127.0.0.1"]
    for url in ("http://127.0.0.1:4001/p", "http://127.0.0.2:4000/p", "ftp://127.0.0.1:4000/p"):
        with pytest.raises(ForbiddenEndpointError):
            check_endpoint(url, policy)
