"""`python -m push` as an operator uses it, in a process of its own."""

import asyncio
import json
import sys

from tests.push_service import claims_of, key_of


async def ran(*arguments: str, told: str = "") -> tuple[int, str, str]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "push", *arguments, stdin=pipe, stdout=pipe, stderr=pipe
    )
    out, err = await process.communicate(told.encode())
    return process.returncode, out.decode(), err.decode()


async def test_a_key_is_made_and_a_message_sent_with_it(push_service, device, tmp_path):
    file = tmp_path / "vapid.pem"
    code, public, _ = await ran("key", str(file))
    assert code == 0
    assert file.stat().st_mode & 0o077 == 0

    how = ("send", "--key", str(file), "--contact", "mailto:us@example.org", "--title", "Help is needed")
    how += ("--navigate", "https://interlink.example/needs/1", "--urgency", "high", "--topic", "need-1")
    subscription = json.dumps(device.subscription(push_service.endpoint()))
    code, told, _ = await ran(*how, "--allow", push_service.allow, told=subscription)
    assert (code, told.strip()) == (0, "Delivered(location=None)")
    [received] = push_service.received
    assert device.reads(received.body)["title"] == "Help is needed"
    assert received.headers["urgency"] == "high"
    assert key_of(received.headers["authorization"]) == public.strip()
    assert claims_of(received.headers["authorization"])["sub"] == "mailto:us@example.org"

    code, _, wrong = await ran(*how, told=subscription)
    assert (code, wrong.strip()) == (2, "The endpoint is not https on port 443.")
