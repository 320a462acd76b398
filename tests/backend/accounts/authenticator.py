"""A software authenticator: makes and uses passkeys as a phone does, or as an attacker would (WebAuthn Level 3 §6).

It builds client data, authenticator data, CBOR and signatures itself; the server verifies them with py_webauthn, which
shares no line with this file but the CBOR library.
"""

import base64
import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One passkey on one device."""

    origin: str = "http://localhost:8000"
    synced: bool = False
    counts: bool = True
    """Whether it counts its signatures; synced passkeys do not."""
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    counter: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    user: bytes = b""

    def create(self, options: dict[str, Any], **forged: Any) -> dict[str, Any]:
        """What `navigator.credentials.create` gives."""
        self.user = unb64(options["user"]["id"])
        client = self._client("webauthn.create", options, forged)
        point = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
        attested = bytes(16) + struct.pack(">H", len(self.credential)) + self.credential + cose
        data = self._data(forged.get("rp", options["rp"]["id"]), ATTESTED, forged) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": b64(client), "attestationObject": b64(attestation)})

    def get(self, options: dict[str, Any], **forged: Any) -> dict[str, Any]:
        """What `navigator.credentials.get` gives."""
        client = self._client("webauthn.get", options, forged)
        data = self._data(forged.get("rp", options["rpId"]), 0, forged)
        signed = data + hashlib.sha256(client).digest()
        signature = forged.get("key", self.key).sign(signed, ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(data),
            "signature": b64(signature),
            "userHandle": b64(self.user),
        }
        return self._answer(response)

    def _client(self, kind: str, options: dict[str, Any], forged: dict[str, Any]) -> bytes:
        said = {
            "type": forged.get("type", kind),
            "challenge": forged.get("challenge", options["challenge"]),
            "origin": forged.get("origin", self.origin),
            "crossOrigin": False,
        }
        return json.dumps(said).encode()

    def _data(self, rp: str, more: int, forged: dict[str, Any]) -> bytes:
        self.counter += self.counts
        flags = forged.get("flags", PRESENT | VERIFIED) | more
        flags |= (BACKUP_ELIGIBLE | BACKED_UP) if self.synced else 0
        return hashlib.sha256(rp.encode()).digest() + struct.pack(">BI", flags, forged.get("counter", self.counter))

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        name = b64(self.credential)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
