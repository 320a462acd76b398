"""`python -m push`: make a key pair, or send one message to one device and say what came of it (README.md)."""

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from push.errors import PushError
from push.guard import Policy
from push.message import Message, Notification, Urgency
from push.outcome import Delivered
from push.request import build_request
from push.sender import Sender
from push.subscription import read_subscription
from push.vapid import VapidKey, VapidSigner

_OWN = 0o600


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; the exit code is 0 when the push service took the message."""
    options = _parser().parse_args(arguments)
    try:
        return options.does(options)
    except (PushError, OSError, msgspec.DecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _key(options: argparse.Namespace) -> int:
    """Write a new private key and print the public one, for `applicationServerKey`."""
    key = VapidKey.generate()
    file: Path = options.file
    file.touch(mode=_OWN, exist_ok=False)
    file.write_bytes(key.pem)
    sys.stdout.write(f"{key.public_text}\n")
    return 0


def _send(options: argparse.Namespace) -> int:
    """Send one message to the subscription on standard input."""
    return asyncio.run(_sent(options, sys.stdin.buffer.read()))


async def _sent(options: argparse.Namespace, subscription: bytes) -> int:
    policy = Policy(frozenset(options.allow))
    device = read_subscription(msgspec.json.decode(subscription), policy)
    signer = VapidSigner(VapidKey.from_pem(options.key.read_bytes()), options.contact)
    shown = Notification(options.title, options.navigate, options.body, tag=options.topic or "")
    message = Message(shown.payload(), options.ttl, Urgency(options.urgency), options.topic)
    request = build_request(message, device, signer, policy, datetime.now(UTC))
    async with Sender(policy) as sender:
        outcome = await sender.send(request)
    sys.stdout.write(f"{outcome}\n")
    return 0 if isinstance(outcome, Delivered) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m push", description="Web Push from the command line.")
    commands = parser.add_subparsers(required=True)
    key = commands.add_parser("key", help="write a new VAPID key and print its public half")
    key.add_argument("file", type=Path)
    key.set_defaults(does=_key)
    send = commands.add_parser("send", help="send to the subscription (JSON of the browser) on standard input")
    send.add_argument("--key", type=Path, required=True, help="file of the VAPID key")
    send.add_argument("--contact", required=True, help="how the push service reaches you: mailto:… or https://…")
    send.add_argument("--title", required=True)
    send.add_argument("--navigate", required=True, help="address that a tap opens")
    send.add_argument("--body", default="")
    send.add_argument("--ttl", type=int, default=3600, help="seconds until the message is useless")
    send.add_argument("--urgency", choices=[one.value for one in Urgency], default=Urgency.NORMAL.value)
    send.add_argument("--topic", help="replaces the message with the same topic that waits")
    send.add_argument("--allow", action="append", default=[], help="host:port that may be called without https")
    send.set_defaults(does=_send)
    return parser


if __name__ == "__main__":
    sys.exit(main())
