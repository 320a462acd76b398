import pytest

from push import base64url
from push.errors import ForbiddenEndpointError, InvalidSubscriptionError
from push.guard import Policy
from push.subscription import read_subscription

ENDPOINT = "https://push.example/device"


def test_what_a_browser_registers_is_read(device):
    data = device.subscription(ENDPOINT)
    subscription = read_subscription(data, Policy())
    assert subscription.endpoint == ENDPOINT
    assert subscription.p256dh == data["keys"]["p256dh"]


def test_keys_with_padding_are_kept_without(device):
    data = device.subscription(ENDPOINT)
    data["keys"]["auth"] += "=="
    assert "=" not in read_subscription(data, Policy()).auth


def test_a_subscription_that_leads_inside_is_refused(device):
    with pytest.raises(ForbiddenEndpointError):
        read_subscription(device.subscription("https://169.254.169.254/latest"), Policy())


@pytest.mark.parametrize("data", [None, [], "text", {}, {"endpoint": ENDPOINT}, {"endpoint": 1, "keys": {}}])
def test_what_is_no_subscription_is_refused(data):
    with pytest.raises(InvalidSubscriptionError):
        read_subscription(data, Policy())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("p256dh", "short"),
        ("p256dh", "***"),
        ("p256dh", base64url.encode(b"\x04" + b"\x01" * 64)),  # 65 bytes, but no point of the curve
        ("p256dh", base64url.encode(b"\x00" * 65)),
        ("auth", base64url.encode(b"x" * 15)),
        ("auth", base64url.encode(b"x" * 17)),
        ("auth", None),
    ],
)
def test_keys_that_are_no_keys_are_refused_and_named(device, name, value):
    data = device.subscription(ENDPOINT)
    data["keys"][name] = value
    with pytest.raises(InvalidSubscriptionError, match=name):
        read_subscription(data, Policy())
