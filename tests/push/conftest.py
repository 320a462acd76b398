"""Devices and a push service for each test (`tests/push_service.py`)."""

from collections.abc import AsyncIterator, Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from push import base64url
from tests.push_service import Device, PushService, a_push_service


@pytest.fixture
async def push_service() -> AsyncIterator[PushService]:
    async with a_push_service() as service:
        yield service


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def a_device() -> Callable[[str, str], Device]:
    """Make the device whose private key and secret a standard gives in base64url."""

    def make(private: str, secret: str) -> Device:
        number = int.from_bytes(base64url.decode(private), "big")
        return Device(ec.derive_private_key(number, ec.SECP256R1()), base64url.decode(secret))

    return make
