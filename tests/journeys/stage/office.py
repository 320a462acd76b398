"""An administrator at a desk, deciding over HTTP what the person with the phone then meets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.journeys.stage.demo import EMAIL, PASSWORD, PROCESS, TASK

OURS = {"x-interlink": "1"}


@dataclass
class Office:
    """Signed in as the administrator of the demo's process."""

    client: httpx.Client
    process: str = ""

    def asks(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.client.request(method, f"/api/v1/{path}", json=body, headers=OURS)
        assert answer.is_success, f"{method} {path} answered {answer.status_code}: {answer.text}"
        return answer.json() if answer.content else None

    def finds_process(self) -> None:
        spaces = self.asks("GET", "spaces")["spaces"]
        [name] = [one["name"] for one in spaces if one.get("title", {}).get("en") == PROCESS["en"]]
        self.process = name.removeprefix("process-")

    def task(self) -> str:
        """Id of the demo's task."""
        found = self.client.get(f"/db/process-{self.process}/_all_docs", params={"include_docs": "true"}).json()
        [task] = [
            row["id"].split(":")[2]
            for row in found["rows"]
            if row["id"].startswith("all:task:") and row["doc"]["name"].get("en") == TASK["en"]
        ]
        return task

    def people(self) -> dict[str, Any]:
        return self.asks("GET", f"processes/{self.process}/people")

    def member(self, name: str) -> dict[str, Any]:
        [member] = [one for one in self.people()["members"] if one["name"] == name]
        return member

    def teams_of(self, name: str) -> list[str]:
        return self.member(name)["teams"]

    def sets_task(self, team: str, **flags: bool) -> None:
        """Give a team exactly these flags on the demo's task."""
        version = self.asks("GET", f"processes/{self.process}/grants")["version"]
        change = {"team": team, "target": self.task(), "access": False, "create": False, "delete": False, **flags}
        self.asks("PUT", f"processes/{self.process}/grants", {"version": version, "changes": [change]})

    def frees_task(self, team: str) -> None:
        """What the team may do on the demo's task comes from above again."""
        version = self.asks("GET", f"processes/{self.process}/grants")["version"]
        change = {"team": team, "target": self.task(), "remove": True}
        self.asks("PUT", f"processes/{self.process}/grants", {"version": version, "changes": [change]})

    def takes_from_team(self, name: str) -> None:
        person = self.member(name)
        for team in person["teams"]:
            self.asks("DELETE", f"teams/{team}/members/{person['account']}")

    def puts_into_team(self, account: str, team: str) -> None:
        self.asks("PUT", f"teams/{team}/members/{account}", {"administrator": False})

    def takes_from_process(self, name: str) -> None:
        self.asks("DELETE", f"processes/{self.process}/members/{self.member(name)['member']}")


@contextmanager
def a_desk(address: str, name: str, password: str = PASSWORD) -> Iterator[Office]:
    """Sign in as this person."""
    with httpx.Client(base_url=address, timeout=30) as client:
        office = Office(client)
        office.asks("POST", "session", {"email": EMAIL.format(name=name), "password": password, "device": "desk"})
        yield office


@contextmanager
def an_office(address: str, name: str = "janis") -> Iterator[Office]:
    """Sign in as a member of the demo's process; its founder administers it."""
    with a_desk(address, name) as office:
        office.finds_process()
        yield office
