"""How often somebody may do something: a token bucket per key, in memory, bounded.

A bucket holds at most `burst` tokens and fills up again evenly within `seconds`. Keys say who and what («sign-in by
this address»). The least recently used key is forgotten when there are too many, so a flood of addresses costs no
more memory.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

MAX_KEYS = 10_000
IPV6_SITE_BITS = 64


class RateLimit:
    """One limit for many keys."""

    def __init__(self, burst: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = float(burst)
        self._rate = burst / seconds
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def give_back(self, key: str) -> None:
        """Undo one `take`: what succeeded need not count."""
        if key in self._buckets:
            tokens, since = self._buckets[key]
            self._buckets[key] = (min(self._burst, tokens + 1), since)

    def take(self, key: str) -> float:
        """Take one token; return 0 when there was one, else the seconds until there is one again."""
        wait = self.wait(key)
        if not wait:
            self.spend(key, 1)
        return wait

    def wait(self, key: str) -> float:
        """Return 0 when there is a token, else the seconds until there is one again."""
        tokens = self._filled(key, self._clock())
        return 0.0 if tokens >= 1 else (1 - tokens) / self._rate

    def spend(self, key: str, tokens: float) -> None:
        """Take tokens, also more than there are: the bucket is then in debt, so the next one waits for longer.

        So a request that is larger than the bucket passes as well, and the mean still holds.
        """
        now = self._clock()
        self._buckets[key] = (self._filled(key, now) - tokens, now)
        self._buckets.move_to_end(key)
        while len(self._buckets) > MAX_KEYS:
            self._buckets.popitem(last=False)

    def _filled(self, key: str, now: float) -> float:
        tokens, since = self._buckets.get(key, (self._burst, now))
        return min(self._burst, tokens + (now - since) * self._rate)


@lru_cache(MAX_KEYS)
def site_of(address: str) -> str:
    """Return what one household or office shares: an IPv4 address, or the first 64 bits of an IPv6 one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return f"{int(parsed) >> (128 - IPV6_SITE_BITS):x}::"
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
