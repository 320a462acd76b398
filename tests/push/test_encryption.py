"""RFC 8291 byte by byte, with the example of its section 5, and RFC 8188 underneath."""

import os

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pywebpush import WebPusher

from push import base64url, encryption
from push.encryption import encrypt
from push.guard import Policy
from push.message import MAX_PAYLOAD, Message
from push.subscription import Subscription, read_subscription

# RFC 8291 §5 and appendix A
PLAINTEXT = b"When I grow up, I want to be a watermelon"
SERVER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
DEVICE_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
DEVICE_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
SUBSCRIPTION = Subscription("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", DEVICE_PUBLIC, SECRET)


def test_the_device_of_the_tests_reads_the_example_of_rfc_8291(a_device):
    assert a_device(DEVICE_PRIVATE, SECRET).decrypt(base64url.decode(BODY)) == PLAINTEXT


def test_the_library_of_the_tests_reads_the_example_of_rfc_8188():
    body = base64url.decode("I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg")
    assert http_ece.decrypt(body, key=base64url.decode("yqdlZ-tYemfogSmv7Ws5PQ")) == b"I am the walrus"


def test_with_the_key_and_salt_of_rfc_8291_our_body_is_the_one_printed_there(monkeypatch: pytest.MonkeyPatch):
    number = int.from_bytes(base64url.decode(SERVER_PRIVATE), "big")
    server_key = ec.derive_private_key(number, ec.SECP256R1())
    monkeypatch.setattr(encryption.ec, "generate_private_key", lambda *_: server_key)
    monkeypatch.setattr(os, "urandom", lambda size: base64url.decode(SALT)[:size])
    assert base64url.encode(encrypt(Message(PLAINTEXT, ttl=10), SUBSCRIPTION)) == BODY


def test_every_message_has_a_fresh_key_and_salt():
    one, other = (encrypt(Message(PLAINTEXT, ttl=10), SUBSCRIPTION) for _ in range(2))
    assert one[:16] != other[:16]
    assert one[21:86] != other[21:86]


def test_the_largest_payload_fills_exactly_what_every_push_service_takes(device):
    subscription = read_subscription(device.subscription("https://push.example/1"), Policy())
    body = encrypt(Message(b"x" * MAX_PAYLOAD, ttl=10), subscription)
    assert len(body) == 4096
    assert device.decrypt(body) == b"x" * MAX_PAYLOAD


def test_another_device_cannot_read_it(device, a_device):
    body = encrypt(Message(PLAINTEXT, ttl=10), SUBSCRIPTION)
    with pytest.raises(http_ece.ECEException):
        device.decrypt(body)
    assert a_device(DEVICE_PRIVATE, SECRET).decrypt(body) == PLAINTEXT


def test_pywebpush_makes_the_same_bytes(monkeypatch: pytest.MonkeyPatch):
    server_key = ec.derive_private_key(int.from_bytes(base64url.decode(SERVER_PRIVATE), "big"), ec.SECP256R1())
    monkeypatch.setattr(ec, "generate_private_key", lambda *_: server_key)
    monkeypatch.setattr(os, "urandom", lambda size: base64url.decode(SALT)[:size])
    theirs = WebPusher({"endpoint": SUBSCRIPTION.endpoint, "keys": {"p256dh": DEVICE_PUBLIC, "auth": SECRET}})
    for payload in (b"x", PLAINTEXT, b"x" * MAX_PAYLOAD):
        assert encrypt(Message(payload, ttl=10), SUBSCRIPTION) == theirs.encode(payload, "aes128gcm")["body"]
