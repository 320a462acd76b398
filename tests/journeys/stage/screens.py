"""Every screen of the app and its address, for the tests that look at all of them.

`tests/house/test_screens.py` compares them with the app's own table of addresses.
"""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.journeys.stage import invitations
from tests.journeys.stage.demo import PROCESS, TASK
from tests.makers import Server, a_client

SETTINGS = ("account", "passkeys", "notices", "devices", "programs", "record")


@dataclass(frozen=True)
class Screens:
    """Addresses of the screens, with the ids this demo got."""

    process: str
    objective: str
    task: str
    call: str
    """Path of the first call for people."""
    interlinker: str
    schema: str
    made: str
    """Path of a page that somebody made in a task."""
    invitation: str
    team: str
    organisation: str

    def of_a_stranger(self) -> dict[str, str]:
        """Name → path of what is open to everybody."""
        return {
            "welcome": "/",
            "sign-in": "/sign-in",
            "join": "/join",
            "invitation": self.invitation,
            "public-processes": "/processes",
            "public-process": f"/public/{self.process}",
            "public-list": "/public",
            "search": "/search",
            "catalogue": "/catalogue",
            "interlinker": f"/catalogue/{self.interlinker}",
            "schema": f"/catalogue/schemas/{self.schema}",
            "settings": "/settings",
            "no-such-page": "/nowhere",
        }

    def of_a_member(self) -> dict[str, str]:
        """Name → path of what a member of the demo's process works with."""
        return {
            "today": "/",
            "processes": "/processes",
            "new-process": "/processes/new",
            "process": f"/processes/{self.process}",
            "guide": f"/processes/{self.process}/guide",
            "about": f"/processes/{self.process}/about",
            "objective": f"/processes/{self.process}/items/{self.objective}",
            "plan": f"/processes/{self.process}/plan",
            "activity": f"/processes/{self.process}/activity",
            "people": f"/processes/{self.process}/people",
            "teams": "/teams",
            "task": self.task_path,
            "made": self.made,
            "inbox": "/inbox",
            "waiting": "/waiting",
            "my-settings": "/settings",
            **{f"settings-{part}": f"/settings/{part}" for part in SETTINGS},
            "my-invitation": self.invitation,
        }

    def of_an_administrator(self) -> dict[str, str]:
        """Name → path of what only somebody who administers the demo's process works with."""
        return {
            "guide-edit": f"/processes/{self.process}/guide/edit",
            "task-edit": f"/processes/{self.process}/items/{self.task}/edit",
            "about-edit": f"/processes/{self.process}/about/edit",
            "governance": f"/processes/{self.process}/about/governance",
            "invite": f"/processes/{self.process}/people/invite",
            "rights": f"/processes/{self.process}/rights",
            "give": f"/processes/{self.process}/give",
            "record": f"/processes/{self.process}/record",
            "calls": "/needs",
            "call": self.call,
            "call-edit": f"{self.call}/edit",
            "call-new": f"{self.task_path}/needs/new",
            "team": f"/teams/{self.team}",
            "team-invite": f"/teams/{self.team}/invite",
            "new-team": f"/teams/new?process={self.process}",
            "organisation": f"/organisations/{self.organisation}",
            "new-organisation": "/organisations/new",
        }

    @property
    def task_path(self) -> str:
        return f"/processes/{self.process}/tasks/{self.task}"


def screens_of(server: Server) -> Screens:
    """Look up the demo's ids, as a member."""
    with a_client(server, "ilze") as client:
        spaces = client.get("/api/v1/spaces").raise_for_status().json()["spaces"]
        space = next(one["name"] for one in spaces if PROCESS["en"] in (one.get("title") or {}).values())
        here, commons = _documents(client, space), _documents(client, "commons")
        [organisation, *_] = client.get("/api/v1/organisations").raise_for_status().json()["organisations"]
    process = space.removeprefix("process-")
    task = next(one for one in here if one["type"] == "task" and one["name"] == TASK)
    call = next(one for one in here if one["type"] == "need")
    item, _, page = next(one["_id"] for one in here if one["type"] == "page").split(":")
    return Screens(
        process=process,
        objective=task["parent"],
        task=_key(task),
        call=f"/processes/{process}/tasks/{call['_id'].replace(':need:', '/needs/')}",
        interlinker=_key(next(one for one in commons if one["type"] == "interlinker")),
        schema=_key(next(one for one in commons if one["type"] == "schema")),
        made=f"/processes/{process}/items/{item}/page/{page}",
        invitation=invitations.to_process(server, team="citizen"),
        team=_key(next(one for one in here if one["type"] == "team")),
        organisation=organisation["id"],
    )


def _documents(client: httpx.Client, space: str) -> list[dict[str, Any]]:
    answer = client.get(f"/db/{space}/_changes", params={"include_docs": "true"}).raise_for_status()
    return [row["doc"] for row in answer.json()["results"]]


def _key(document: dict[str, Any]) -> str:
    return document["_id"].split(":", 2)[2]
