from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from push.errors import InvalidKeyError
from push.vapid import Keyring, VapidKey, VapidSigner
from tests.push_service import claims_of, key_of

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
ORIGIN = "https://push.example.net"

RFC_8292_EXAMPLE = (
    "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3Njgs"
    "InN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjj"
    "vW2L9OkSSHzvoD1oA, "
    "k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
)


@pytest.fixture
def signer() -> VapidSigner:
    return VapidSigner(VapidKey.generate(), "mailto:push@example.com")


def test_the_verifier_of_the_tests_accepts_the_example_of_rfc_8292():
    assert claims_of(RFC_8292_EXAMPLE) == {"aud": ORIGIN, "exp": 1453523768, "sub": "mailto:push@example.com"}


def test_a_claim_names_the_push_service_and_how_to_reach_us(signer):
    claims = claims_of(signer.authorization(ORIGIN, NOW))
    assert claims["aud"] == ORIGIN
    assert claims["sub"] == "mailto:push@example.com"


def test_a_claim_ends_within_a_day_and_outlives_the_hour_in_which_it_is_used(signer):
    for minute in (0, 59):
        now = NOW.replace(minute=minute)
        left = claims_of(signer.authorization(ORIGIN, now))["exp"] - now.timestamp()
        assert timedelta(hours=1) < timedelta(seconds=left) < timedelta(hours=24)


def test_one_origin_is_signed_once_an_hour(signer):
    first = signer.authorization(ORIGIN, NOW)
    assert signer.authorization(ORIGIN, NOW + timedelta(minutes=29)) == first
    assert signer.authorization(ORIGIN, NOW + timedelta(minutes=30)) != first


def test_each_origin_has_its_own_claim(signer):
    signer.authorization(ORIGIN, NOW)
    assert claims_of(signer.authorization("https://other.example", NOW))["aud"] == "https://other.example"


def test_a_key_written_down_and_read_again_is_the_same_key():
    key = VapidKey.generate()
    again = VapidKey.from_pem(key.pem)
    assert (again.pem, again.public_text) == (key.pem, key.public_text)
    assert len(key.public_text) == 87


def a_pem(private) -> bytes:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    "pem",
    [b"", b"not a key", a_pem(ec.generate_private_key(ec.SECP384R1())), a_pem(ed25519.Ed25519PrivateKey.generate())],
)
def test_what_is_no_key_for_web_push_is_refused_with_a_sentence(pem):
    with pytest.raises(InvalidKeyError, match="VAPID"):
        VapidKey.from_pem(pem)


@pytest.mark.parametrize("contact", ["", "me", "push@example.com"])
def test_a_contact_that_nobody_can_reach_is_told_at_the_start(contact):
    with pytest.raises(InvalidKeyError, match="contact"):
        VapidSigner(VapidKey.generate(), contact)


def test_a_device_that_has_a_former_key_is_still_written_to_with_it():
    former, current = VapidKey.generate(), VapidKey.generate()
    ring = Keyring(current, [former], "mailto:push@example.com")
    for key in (former, current):
        authorization = ring.signer(key.id).authorization(ORIGIN, NOW)
        assert claims_of(authorization)["aud"] == ORIGIN
        assert key_of(authorization) == key.public_text
        assert ring.id_of(key.public_text) == key.id


def test_a_key_that_is_not_ours_signs_nothing():
    ring = Keyring(VapidKey.generate(), [], "mailto:push@example.com")
    stranger = VapidKey.generate()
    assert ring.signer(stranger.id) is None
    assert ring.id_of(stranger.public_text) is None
