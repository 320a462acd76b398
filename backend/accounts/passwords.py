"""Passwords: kept as argon2id digests (RFC 9106), checked off the event loop, always in the same time.

Parameters are OWASP's for small machines (19 MiB, 2 passes); at most `AT_ONCE` are computed together, so many
sign-ins cannot eat the memory.
"""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 8
MAX_LENGTH = 256
AT_ONCE = 2

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")


async def digest_of(password: str) -> str:
    """Return the digest to keep of a new password."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, _normal(password))


async def fits(password: str, digest: str | None) -> bool:
    """Say whether a password belongs to a digest; without one (nobody has this address) it takes just as long."""
    loop = asyncio.get_running_loop()
    known = digest or await loop.run_in_executor(_threads, _nobodys)
    return await loop.run_in_executor(_threads, _verify, _normal(password), known) and digest is not None


def _verify(password: str, digest: str) -> bool:
    try:
        return _hasher.verify(digest, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


def _normal(password: str) -> str:
    """Make the same password of the same letters, whichever keyboard wrote them (RFC 8265 §4.2)."""
    return unicodedata.normalize("NFC", password)
