"""`python -m bench.push`: many devices at one push service on this machine, each message encrypted for its own device.

Ours beside pywebpush's own asynchronous sending, in interleaved rounds, each in a process of its own:

    pywebpush              `webpush_async` with key and claims under `asyncio.run`, as its documentation writes it
    pywebpush, helped      the same with one aiohttp session for all messages, and on uvloop, as ours runs

A hundred messages are under way at a time everywhere. Of what ours sent, the service hands some back, and they are
decrypted with the keys of their own device.
"""

import argparse
import asyncio
import json
import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen

import aiohttp
import http_ece
import uvloop
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid
from pywebpush import webpush_async

from push import Delivered as Sent
from push import Message, Notification, Policy, Sender, Subscription, VapidKey, VapidSigner, base64url, build_request

HERE = Path(__file__).parent
AT_ONCE = 100
TTL = 3600
LOOKED_AT = 20
"""Messages of ours that are decrypted afterwards."""
CONTACT = "mailto:bench@interlink.example"
PAYLOAD = Notification(
    "Help is needed at the library",
    "https://interlink.example/needs/1",
    body="Today at six, for one hour",
    tag="need-1",
).payload()


class Devices:
    """Browsers with keys of their own, always the same for one seed, so that every process makes the same ones."""

    def __init__(self, count: int, seed: int, port: int) -> None:
        curve = ec.SECP256R1()
        self.private = [ec.derive_private_key(seed + number, curve) for number in range(count)]
        self.secret = b"sixteen byte key"
        points = [one.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint) for one in self.private]
        self.subscriptions = [
            Subscription(f"http://127.0.0.1:{port}/p/{number}", base64url.encode(point), base64url.encode(self.secret))
            for number, point in enumerate(points)
        ]


async def ours(devices: Devices, port: int) -> None:
    policy = Policy(frozenset({f"127.0.0.1:{port}"}))
    signer = VapidSigner(VapidKey.generate(), CONTACT)
    message = Message(PAYLOAD, TTL)
    async with Sender(policy, connections=AT_ONCE, per_origin=AT_ONCE) as sender:

        async def send(to: Subscription) -> None:
            outcome = await sender.send(build_request(message, to, signer, policy, datetime.now(UTC)))
            assert isinstance(outcome, Sent), outcome

        await _all(devices, send)


async def pywebpush(devices: Devices, _: int) -> None:
    key = Vapid()
    key.generate_keys()

    async def send(to: Subscription) -> None:
        await webpush_async(_info(to), PAYLOAD.decode(), key, {"sub": CONTACT}, ttl=TTL, timeout=20)

    await _all(devices, send)


async def pywebpush_helped(devices: Devices, _: int) -> None:
    key = Vapid()
    key.generate_keys()
    async with aiohttp.ClientSession() as session:

        async def send(to: Subscription) -> None:
            claims: dict[str, str | int] = {"sub": CONTACT}
            await webpush_async(_info(to), PAYLOAD.decode(), key, claims, ttl=TTL, timeout=20, aiohttp_session=session)

        await _all(devices, send)


Contestant = Callable[[Devices, int], Coroutine[Any, Any, None]]
CONTESTANTS: dict[str, tuple[Contestant, Callable[[Coroutine[Any, Any, None]], None]]] = {
    "ours": (ours, uvloop.run),
    "pywebpush": (pywebpush, asyncio.run),
    "pywebpush, helped": (pywebpush_helped, uvloop.run),
}


def _info(to: Subscription) -> dict[str, Any]:
    return {"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}}


async def _all(devices: Devices, send: Callable[[Subscription], Awaitable[None]]) -> None:
    """A hundred workers take one device after the other; what they hold does not grow with how many there are."""
    left = iter(devices.subscriptions)

    async def work(todo: Iterator[Subscription]) -> None:
        for one in todo:
            await send(one)

    await asyncio.gather(*(work(left) for _ in range(AT_ONCE)))


def measured(name: str, count: int, seed: int, port: int) -> dict[str, float]:
    """Send to every device in this process; seconds, processor seconds, and how much the memory's peak grew."""
    devices = Devices(count, seed, port)
    before, began, worked = _peak(), time.perf_counter(), time.process_time()
    sends, runs = CONTESTANTS[name]
    runs(sends(devices, port))
    return {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - worked,
        "megabytes": _peak() - before,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def a_push_service() -> Iterator[int]:
    """Start one in a process of its own; gives its port."""
    program = [sys.executable, "-m", "bench.push_service"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=HERE.parent) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def check(count: int, seed: int, port: int) -> None:
    """Decrypt some of what came: each only with the keys of its own device."""
    devices = Devices(count, seed, port)
    for number in range(0, count, max(1, count // LOOKED_AT)):
        with urlopen(f"http://127.0.0.1:{port}/p/{number}") as answer:
            body = answer.read()
        assert http_ece.decrypt(body, private_key=devices.private[number], auth_secret=devices.secret) == PAYLOAD


def main() -> None:
    options = _options()
    if options.only:
        print(json.dumps(measured(options.only, options.devices, options.seed, options.port)))
        return
    found: dict[str, list[dict[str, float]]] = {name: [] for name in CONTESTANTS}
    seed = secrets.randbelow(1 << 60) + 1
    with a_push_service() as port:
        for number in range(options.rounds):
            for name in CONTESTANTS:
                found[name].append(_alone(name, options.devices, seed, port))
                print(f"round {number + 1} of {options.rounds}: {name}: {found[name][-1]['seconds']:.1f} s", flush=True)
        _alone("ours", options.devices, seed, port)
        check(options.devices, seed, port)
        few = _alone("ours", max(1, options.devices // 10), seed, port)["megabytes"]
    _tell(found, options.devices, few)


def _alone(name: str, count: int, seed: int, port: int) -> dict[str, float]:
    """Measure one in a process of its own."""
    numbers = ("--devices", str(count), "--seed", str(seed), "--port", str(port))
    done = subprocess.run(
        [sys.executable, "-m", "bench.push", "--only", name, *numbers],
        capture_output=True, text=True, check=True, cwd=HERE.parent,
    )  # fmt: skip
    return json.loads(done.stdout)


def _tell(found: dict[str, list[dict[str, float]]], devices: int, few: float) -> None:
    middle = {name: {what: median(one[what] for one in all_) for what in all_[0]} for name, all_ in found.items()}
    us = middle["ours"]
    print(f"\n{devices:,} devices (median)")
    print(f"{'':26}{'a second':>10}{'processor':>12}{'ours/it, clock':>16}{'processor':>11}")
    for name, one in middle.items():
        clock, worked = one["seconds"] / us["seconds"], one["processor"] / us["processor"]
        rate, each = devices / one["seconds"], one["processor"] / devices * 1e6
        print(f"{name:26}{rate:>10,.0f}{each:>9,.0f} µs{clock:>15.1f}×{worked:>10.1f}×")
    print(f"memory of ours, peak above rest: {few:.1f} MB for a tenth of them, {us['megabytes']:.1f} MB for all")
    file = HERE / "push.json"
    file.write_text(json.dumps({"devices": devices, "found": found, "megabytes_for_a_tenth": few}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.push", description="Measure sending beside pywebpush.")
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=list(CONTESTANTS), help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
