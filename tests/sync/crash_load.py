"""People who write until the server dies under them, and remember what they were told.

Each writer has a few documents that are always written together and all carry the same number, and one more of each
number; so a batch that was kept by half shows in any later look. The follower reads the feed and remembers which
revision each sequence stood for.
"""

import base64
import json
from http.client import HTTPConnection, HTTPException

TOGETHER = 6
TIMEOUT = 30
DEAD = (OSError, HTTPException)
"""What a client sees of a server that dies while it answers."""


class Client:
    """One connection. Raises one of `DEAD` when the server is gone; a status above 299 is a broken promise."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)

    def ask(self, method: str, path: str, body: object = None) -> dict:
        data = None if body is None else json.dumps(body)
        self._connection.request(method, path, data, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        answer = json.loads(response.read())
        assert response.status < 300, (method, path, response.status, answer)
        return answer

    def close(self) -> None:
        self._connection.close()


class Writer:
    """Sends batch after batch: `sent` is the last number that left, `kept` the last one that was acknowledged."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sent = self.kept = self.checkpoint = 0
        self.batches = 0

    def names(self) -> list[str]:
        """The documents that are written together."""
        return [f"{self.name}:one:{n}" for n in range(TOGETHER)]

    def batch(self, number: int) -> list[dict]:
        """All of them with this number, one that is new, and a photo."""
        ids = [f"{n}" for n in range(number, 0, -1)]
        docs = [{"_id": name, "_revisions": {"start": number, "ids": ids}, "n": number} for name in self.names()]
        docs[0]["_attachments"] = {"photo": {"data": base64.b64encode(self.photo(number)).decode()}}
        return [*docs, {"_id": f"{self.name}:log:{number:06}", "_revisions": {"start": 1, "ids": ["1"]}, "n": number}]

    def photo(self, number: int) -> bytes:
        return f"{self.name} {number} ".encode() * 100

    def work(self, port: int) -> None:
        """Write until the server is gone; a batch whose answer was lost is sent again by the next life."""
        client = Client(port)
        try:
            while True:
                self.sent = self.kept + 1
                refused = client.ask("POST", "/home/_bulk_docs", {"new_edits": False, "docs": self.batch(self.sent)})
                assert refused == []
                self.kept = self.sent
                self.batches += 1
                client.ask("PUT", f"/home/_local/{self.name}", {"n": self.kept})
                self.checkpoint = self.kept
        except DEAD:
            return
        finally:
            client.close()

    def looks(self, client: Client) -> None:
        """After a death: nothing acknowledged is lost, and no batch stands there by half."""
        keys = {"keys": [*self.names(), *(f"{self.name}:log:{n:06}" for n in range(1, self.sent + 1))]}
        rows = client.ask("POST", "/home/_all_docs?include_docs=true", keys)["rows"]
        numbers = {row["doc"]["n"] if "doc" in row else 0 for row in rows[:TOGETHER]}
        assert len(numbers) == 1, f"half a batch of {self.name}: {numbers}"
        number = numbers.pop()
        assert self.kept <= number <= self.sent, f"{self.name} was told {self.kept}, the server has {number}"
        assert [row["doc"]["n"] for row in rows[TOGETHER:] if "doc" in row] == list(range(1, number + 1))
        if self.checkpoint:
            stood = client.ask("GET", f"/home/_local/{self.name}")["n"]
            assert self.checkpoint <= stood <= number, (
                f"the checkpoint {stood} is not between its acknowledgement and the data"
            )
        self.kept = number


class Follower:
    """Reads the feed to its end again and again: a sequence that was seen means one revision for ever."""

    def __init__(self) -> None:
        self.since = "0"
        self.seen: dict[str, tuple[str, str]] = {}

    def work(self, port: int) -> None:
        """Follow until the server is gone."""
        client = Client(port)
        try:
            while True:
                self.reads(client, "&feed=longpoll")
        except DEAD:
            return
        finally:
            client.close()

    def reads(self, client: Client, how: str = "") -> None:
        answer = client.ask("GET", f"/home/_changes?limit=500&since={self.since}{how}")
        for row in answer["results"]:
            meant = (row["id"], row["changes"][0]["rev"])
            assert self.seen.setdefault(row["seq"], meant) == meant, f"the sequence {row['seq']} was given twice"
        assert _number(answer["last_seq"]) >= _number(self.since), "the feed went back"
        self.since = answer["last_seq"]


class Keeper:
    """Drops superseded bodies over and over, as an operator's timer does."""

    rounds = 0

    def work(self, port: int) -> None:
        """Compact until the server is gone."""
        client = Client(port)
        try:
            while True:
                client.ask("POST", "/home/_compact", {})
                self.rounds += 1
        except DEAD:
            return
        finally:
            client.close()


def _number(seq: str) -> int:
    return int(seq.partition("-")[0])
