"""What an administrator's invitations and the server's mails look like to a story: links to open, codes to type."""

import re
import sqlite3
import time
from datetime import UTC, datetime, timedelta

import httpx

from tests.journeys.stage.demo import PROCESS
from tests.makers import Server, a_client

ADMINISTRATOR = "janis"
OWN = "A process of my own"
MAIL_WITHIN = 30.0  # seconds


def to_process(server: Server, *, process: str | None = None, team: str | None = None, **how: object) -> str:
    """Invite to a process (the demo's, if none is named) as Jānis; returns the path of the link.

    `team` is the kind of the team to join; other names are members of the invitation (`role`, `uses`, `language`).
    """
    with a_client(server, ADMINISTRATOR) as client:
        process = process or _demo_process(client)
        people = client.get(f"/api/v1/processes/{process}/people").raise_for_status().json()
        teams = [one["id"] for one in people["teams"] if one["kind"] == team and not one["observers"]]
        body = {"process": process, **({"team": teams[0]} if teams else {}), "uses": 20, **how}
        made = client.post("/api/v1/invitations", json=body)
        assert made.is_success, made.text
        return f"/join#{made.json()['link'].partition('#')[2]}"


def a_process_of(server: Server, name: str) -> str:
    """A new process that this person founds."""
    with a_client(server, name) as client:
        slug = next(one for one in _documents(client, "commons") if one["type"] == "schema")["_id"].split(":", 2)[2]
        body = {"schema": slug, "language": "en", "name": OWN}
        return client.post("/api/v1/processes", json=body).raise_for_status().json()["id"]


def used(server: Server, link: str) -> int:
    """How many have joined by this link."""
    with a_client(server, ADMINISTRATOR) as client:
        spaces = client.get("/api/v1/spaces").raise_for_status().json()["spaces"]
        for space in (one["name"] for one in spaces if one["kind"] == "process" and one["administrator"]):
            path = f"/api/v1/processes/{space.removeprefix('process-')}/invitations"
            for one in client.get(path).raise_for_status().json()["invitations"]:
                if one["link"].endswith(link):
                    return one["used"]
    raise AssertionError(f"nobody made {link}")


def unknown(server: Server) -> str:
    """A link with a letter changed."""
    link = to_process(server, team="citizen")
    return link[:-1] + ("A" if link[-1] != "A" else "B")


def revoked(server: Server) -> str:
    """A link that its maker took back."""
    link = to_process(server, team="citizen")
    with a_client(server, ADMINISTRATOR) as client:
        made = client.get(f"/api/v1/processes/{_demo_process(client)}/invitations").raise_for_status().json()
        one = next(one for one in made["invitations"] if one["link"].endswith(link))
        client.delete(f"/api/v1/invitations/{one['id']}").raise_for_status()
    return link


def used_up(server: Server) -> str:
    """A link for one person, and somebody was faster."""
    process = a_process_of(server, ADMINISTRATOR)
    link = to_process(server, process=process, team="citizen", uses=1)
    with a_client(server, "anna") as client:
        client.post("/api/v1/invitations/accept", json={"token": link.partition("#")[2]}).raise_for_status()
    return link


def expired(server: Server) -> str:
    """A link whose last day was yesterday."""
    link = to_process(server, team="citizen")
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    with sqlite3.connect(server.data / "rows.db", timeout=20) as rows:
        rows.execute("UPDATE invitation SET expires = ?", (yesterday,))
    return link


def code_mailed_to(server: Server, address: str) -> str:
    """Wait for the newest mail to this address and read its six digits."""
    until = time.monotonic() + MAIL_WITHIN
    while time.monotonic() < until:
        mails = sorted((server.data / "mail").glob("*"), key=lambda mail: mail.name)
        for mail in reversed(mails):
            text = mail.read_text(errors="replace")
            if address in text and (code := re.search(r"(?<!\d)\d{6}(?!\d)", text.partition("\n\n")[2])):
                return code.group()
        time.sleep(0.1)
    raise AssertionError(f"no mail to {address}")


def _demo_process(client: httpx.Client) -> str:
    spaces = client.get("/api/v1/spaces").raise_for_status().json()["spaces"]
    space = next(one["name"] for one in spaces if PROCESS["en"] in (one.get("title") or {}).values())
    return space.removeprefix("process-")


def _documents(client: httpx.Client, space: str) -> list[dict[str, object]]:
    answer = client.get(f"/db/{space}/_changes", params={"include_docs": "true"}).raise_for_status()
    return [row["doc"] for row in answer.json()["results"]]
