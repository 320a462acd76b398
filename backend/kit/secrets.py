"""What only this server knows, made at its first start and kept in files that nobody else may read.

`session.key` keys the digests of session tokens, so a stolen copy of rows.db signs nobody in. `vapid.pem` is the key
pair that signs Web Push messages (RFC 8292); every subscription is bound to it, so when it is changed the former one
stays beside it as `vapid-<when>.pem` until no device needs it. `context.pem` signs what tools outside are told of
who opens them (`kinds/context.py`). `server.id` is not secret: it names this server towards
devices, which keep each server's data apart.
"""

import secrets
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend.kit.ids import new_ulid

FOLDER = "secrets"
SERVER_ID = "server.id"
PRIVATE = 0o600
KEY_BYTES = 32


class Secrets(msgspec.Struct, frozen=True):
    """The secrets, read."""

    session_key: bytes
    vapid_pem: bytes
    """Private key on the curve P-256, PKCS#8 in PEM."""
    server_id: str
    context_pem: bytes
    """Private key on the curve P-256 that signs what tools outside are told, PKCS#8 in PEM."""
    former_vapid_pems: tuple[bytes, ...] = ()
    """Keys that devices may still be bound to."""


def open_secrets(data: Path) -> Secrets:
    """Read the secrets of a data folder; what is missing is made."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Secrets(
        session_key=bytes.fromhex(_kept(folder / "session.key", secrets.token_hex(KEY_BYTES).encode()).decode()),
        vapid_pem=_kept(folder / "vapid.pem", _new_p256_key()),
        context_pem=_kept(folder / "context.pem", _new_p256_key()),
        server_id=_kept(folder / SERVER_ID, new_ulid().encode()).decode(),
        former_vapid_pems=tuple(file.read_bytes() for file in former_vapid_files(data)),
    )


def former_vapid_files(data: Path) -> list[Path]:
    """Return the files of former keys of push messages, the oldest first."""
    return sorted((data / FOLDER).glob("vapid-*.pem"))


def change_vapid_key(data: Path) -> None:
    """Put a new key in the place of the present one, which stays beside it; a crash in between loses neither."""
    present = data / FOLDER / "vapid.pem"
    former = present.with_name(f"vapid-{new_ulid()}.pem")
    former.hardlink_to(present)
    part = present.with_name(f"vapid.{secrets.token_hex(4)}")
    part.touch(mode=PRIVATE)
    part.write_bytes(_new_p256_key())
    part.rename(present)


def readable_by_others(data: Path) -> list[Path]:
    """Return the secret files whose mode lets anybody but their owner in."""
    return sorted(one for one in (data / FOLDER).glob("*") if one.stat().st_mode & 0o077)


def _kept(file: Path, fresh: bytes) -> bytes:
    """Return what the file holds; when there is none, write `fresh` whole or not at all."""
    if not file.exists():
        part = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        part.touch(mode=PRIVATE)
        part.write_bytes(fresh)
        part.rename(file)
    return file.read_bytes()


def _new_p256_key() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
