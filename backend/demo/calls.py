"""The calls for people that the story tells of: those to come, and one that is over, with who came and thanks.

The server answers claims in the order in which they arrive, and only before a call begins. So what is over has its
answers written here, as the server gave them then.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.codelivery.documents import ATTENDANCE, CLAIM, NEED, PLACED
from backend.demo.documents import Cast, Script
from backend.demo.keys import key
from backend.demo.story import Answered, Call
from backend.kit.envelope import rfc3339, written_by_server
from backend.kit.ids import DocumentId

Json = dict[str, Any]
_UTC = ZoneInfo("UTC")


class CallScript:
    """One call as documents."""

    def __init__(self, script: Script, call: Call, cast: Cast) -> None:
        self._script = script
        self._call = call
        self._cast = cast
        self._item = script.items[call.task]
        self._need = key(script.process, f"call {call.key}", script.today)
        self._occurrence = key(script.process, f"time of {call.key}", script.today)

    def need(self) -> Json:
        """Return the call itself."""
        call = self._call
        begins = self._moment(call.start)
        members: Json = {
            "name": call.name,
            "text": call.text,
            "place": call.place,
            "occurrences": [
                {
                    "id": self._occurrence,
                    "start": rfc3339(begins),
                    "end": rfc3339(begins + timedelta(minutes=call.minutes)),
                }
            ],
            "zone": call.zone,
            "places": call.places,
            "waiting": call.waiting,
            "skills": call.skills,
            "safety": call.safety,
            "contact": self._cast.members[call.by],
        }
        name = DocumentId(self._item, NEED.name, self._need)
        return self._script.document(NEED, name, call, self._cast.members[call.by], members)

    def claims(self) -> Iterator[tuple[str, Json]]:
        """Yield who said yes, in the order in which they did, with their claims."""
        for answer in self._call.answers:
            member = self._cast.members[answer.by]
            members: Json = {"need": self._need, "state": "done" if self._over else "asked"}
            if self._over:
                members["minutes"] = answer.minutes
            name = DocumentId(self._item, CLAIM.name, f"{self._occurrence}-{member}")
            yield answer.by, self._script.document(CLAIM, name, answer, member, members)

    def given(self, revisions: dict[str, str]) -> list[Json]:
        """Return the server's answers to a call that is over; `revisions` are those of the claims by id."""
        return [
            self._placed(answer, turn, revisions[f"{self._item}:{CLAIM.name}:{self._key(answer)}"])
            for turn, answer in enumerate(self._call.answers, 1)
            if self._over
        ]

    def attended(self) -> Iterator[Json]:
        """Yield what was written down afterwards."""
        for answer in self._call.answers:
            if self._over:
                members: Json = {
                    "need": self._need,
                    "member": self._cast.members[answer.by],
                    "came": True,
                    "minutes": answer.minutes,
                    "thanks": answer.thanks,
                }
                name = DocumentId(self._item, ATTENDANCE.name, self._key(answer))
                yield self._script.document(ATTENDANCE, name, self._call, self._cast.members[self._call.by], members)

    @property
    def _over(self) -> bool:
        return self._call.in_days < 0

    def _key(self, answer: Answered) -> str:
        return f"{self._occurrence}-{self._cast.members[answer.by]}"

    def _placed(self, answer: Answered, turn: int, revision: str) -> Json:
        members = {
            "need": self._need,
            "member": self._cast.members[answer.by],
            "outcome": "confirmed",
            "turn": turn,
            "claim": revision,
        }
        at = self._script.today - timedelta(days=answer.days)
        return written_by_server(PLACED, self._key(answer), members, lang="en", at=at, partition=self._item)

    def _moment(self, clock: Any) -> datetime:
        zone = ZoneInfo(self._call.zone)
        day = self._script.today.astimezone(zone).date() + timedelta(days=self._call.in_days)
        return datetime.combine(day, clock, zone).astimezone(_UTC)
