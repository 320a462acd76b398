"""What two devices wrote while they could not see each other, as it stands on the server once both were there."""

import secrets
from dataclasses import dataclass
from typing import Any

import httpx

from tests.journeys.stage.screens import screens_of
from tests.makers import Server, a_client


@dataclass
class Apart:
    """Jānis' work from two machines, sent over the replication door."""

    client: httpx.Client
    space: str
    member: str
    task: str

    @property
    def process(self) -> str:
        return self.space.removeprefix("process-")

    def document(self, identifier: str) -> dict[str, Any]:
        answer = self.client.get(f"/db/{self.space}/{identifier}", params={"revs": "true", "conflicts": "true"})
        return answer.raise_for_status().json()

    def writes(self, document: dict[str, Any]) -> None:
        answer = self.client.put(f"/db/{self.space}/{document['_id']}", json=document)
        answer.raise_for_status()

    def changes_twice(self, identifier: str, first: dict[str, Any], second: dict[str, Any]) -> None:
        """Two revisions after the same one; `first` is the version that is shown."""
        stored = self.document(identifier)
        line = stored["_revisions"]
        versions = []
        for change, digest in ((first, "f"), (second, "0")):
            ids = [digest + secrets.token_hex(16)[1:], *line["ids"]]
            revisions = {"start": line["start"] + 1, "ids": ids}
            rev = f"{revisions['start']}-{ids[0]}"
            versions.append({**stored, **change, "by": self.member, "_rev": rev, "_revisions": revisions})
        body = {"docs": versions, "new_edits": False}
        assert self.client.post(f"/db/{self.space}/_bulk_docs", json=body).raise_for_status().json() == []


def janis_apart(server: Server) -> Apart:
    """Sign Jānis in, who administers the demo's process."""
    screens = screens_of(server)
    with a_client(server, "janis") as client:
        spaces = client.get("/api/v1/spaces").raise_for_status().json()["spaces"]
        cookies = client.cookies
        headers = client.headers
    space = next(one for one in spaces if one["name"] == f"process-{screens.process}")
    again = httpx.Client(base_url=server.address, cookies=cookies, headers=headers, timeout=30)
    return Apart(again, space["name"], space["member"], screens.task)
