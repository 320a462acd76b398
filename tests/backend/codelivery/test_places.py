"""Fifty people answer calls for help, twenty of them without a network: each has one clear answer at the end."""

from collections.abc import Mapping
from random import Random

import pytest

from backend.codelivery.places import Answer, Ask, Room, settle

HISTORIES = 1_000
DEVICES = 50
OFFLINE = 20


class Occurrence:
    """One occurrence on the server, and the claims that still lie on devices."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.room = Room(self.random.randint(1, 30), self.random.randint(0, 15))
        self.most = self.room.places
        """The most places it ever offered."""
        self.arrived: dict[str, Ask] = {}
        self.answers: dict[str, Answer] = {}
        self.number = 0
        self.confirmed_by_claims = 0

    def arrives(self, member: str, **said: object) -> None:
        """A claim reaches the server, which answers at once, or only after some more came."""
        self.number += 1
        ask = Ask(member, self.number, f"{self.number}-rev", **said)  # type: ignore[arg-type]
        self.arrived[member] = ask
        if self.random.random() < 0.7:
            self.settles()

    def settles(self) -> None:
        before = self.answers
        self.answers = settle(self.room, self.shuffled(), before)
        assert settle(self.room, self.shuffled(), self.answers) == self.answers, "looking again changes nothing"
        self.nobody_was_displaced(before)
        assert len(self.those("confirmed")) <= max(self.room.places, len(self.those("confirmed", before)))
        assert len(self.those("confirmed")) <= self.most, "never overbooked"
        if self.those("waiting") and not self.room.begun:
            assert len(self.those("confirmed")) >= self.room.places, "nobody waits while a place is free"

    def nobody_was_displaced(self, before: Mapping[str, Answer]) -> None:
        for member, answer in before.items():
            if answer.outcome == "confirmed" and self.arrived[member].stands:
                assert self.answers[member].outcome in {"confirmed", "handed", "cancelled"}
            if answer.outcome == "waiting" and self.arrived[member].stands:
                assert self.answers[member].outcome in {"waiting", "confirmed", "cancelled"}

    def shuffled(self) -> list[Ask]:
        asks = list(self.arrived.values())
        self.random.shuffle(asks)
        return asks

    def those(self, outcome: str, answers: Mapping[str, Answer] | None = None) -> set[str]:
        return {member for member, one in (answers or self.answers).items() if one.outcome == outcome}


@pytest.mark.parametrize("hundred", range(0, HISTORIES, 100))
def test_fifty_devices_twenty_offline_each_get_one_answer(hundred: int) -> None:
    for seed in range(hundred, hundred + 100):
        one = a_history(seed)
        one.settles()
        standing = {ask.member for ask in one.arrived.values() if ask.stands}
        assert set(one.answers) == set(one.arrived), "everybody who asked is answered"
        for member, answer in one.answers.items():
            final = (
                {"confirmed", "waiting", "late", "handed", "cancelled"}
                if member in standing
                else {"withdrawn", "late", "handed", "cancelled"}
            )
            assert answer.outcome in final, f"seed {seed}: {member} was told {answer}"
        if one.room.cancelled:
            assert not one.those("confirmed")
            assert not one.those("waiting")


def a_history(seed: int) -> Occurrence:
    """Claims, drop-outs, second thoughts, hand-overs; the offline ones arrive in any order at any later time."""
    one = Occurrence(seed)
    random = one.random
    devices = [f"m{number}" for number in range(DEVICES)]
    random.shuffle(devices)
    offline, online = devices[:OFFLINE], devices[OFFLINE:]
    acts = [(member, True) for member in online]
    acts += [(member, False) for member in random.sample(online, random.randint(0, 10))]
    random.shuffle(acts)
    for member in offline:
        acts.insert(random.randint(0, len(acts)), (member, True))
    for member, stands in acts:
        if stands or member in one.arrived:
            one.arrives(member, stands=stands)
        if random.random() < 0.05:
            _something_happens(one)
    return one


def _something_happens(one: Occurrence) -> None:
    random = one.random
    match random.choice(["more", "fewer", "hand", "cancel", "begin", "again"]):
        case "more":
            _changes_room(one, Room(one.room.places + 2, one.room.waiting, one.room.open, one.room.begun))
        case "fewer":
            _changes_room(one, Room(max(1, one.room.places - 2), one.room.waiting, one.room.open, one.room.begun))
        case "hand" if one.those("confirmed") and not one.room.cancelled:
            giver = random.choice(sorted(one.those("confirmed")))
            taker = f"m{random.randrange(DEVICES)}"
            one.arrives(giver, hand_to=taker)
            if taker != giver:
                one.arrives(taker, takes_from=giver)
        case "cancel" if random.random() < 0.2:
            _changes_room(one, Room(one.room.places, one.room.waiting, cancelled=True))
        case "begin" if random.random() < 0.2:
            _changes_room(one, Room(one.room.places, one.room.waiting, open=False, begun=True))
        case "again" if one.those("withdrawn"):
            one.arrives(random.choice(sorted(one.those("withdrawn"))))
        case _:
            pass


def _changes_room(one: Occurrence, room: Room) -> None:
    one.room = room
    one.most = max(one.most, room.places)
    one.settles()


def test_the_first_who_waits_moves_up_when_somebody_drops_out() -> None:
    room = Room(places=1, waiting=1)
    asks = [Ask("ilze", 1, "1-a"), Ask("janis", 2, "1-b"), Ask("marta", 3, "1-c")]
    first = settle(room, asks, {})
    assert outcomes(first) == {"ilze": "confirmed", "janis": "waiting", "marta": "late"}
    second = settle(room, [Ask("ilze", 4, "2-a", stands=False), *asks[1:]], first)
    assert outcomes(second) == {"ilze": "withdrawn", "janis": "confirmed", "marta": "late"}


def test_who_came_too_late_may_ask_again() -> None:
    room = Room(places=1, waiting=0)
    first = settle(room, [Ask("ilze", 1, "1-a"), Ask("marta", 2, "1-c")], {})
    free = settle(room, [Ask("ilze", 3, "2-a", stands=False), Ask("marta", 2, "1-c")], first)
    assert outcomes(free) == {"ilze": "withdrawn", "marta": "late"}
    again = settle(room, [Ask("ilze", 3, "2-a", stands=False), Ask("marta", 4, "2-c")], free)
    assert outcomes(again) == {"ilze": "withdrawn", "marta": "confirmed"}


def test_a_place_is_handed_to_who_was_named_and_asks_even_past_the_waiting_list() -> None:
    room = Room(places=1, waiting=1)
    first = settle(room, [Ask("ilze", 1, "1-a"), Ask("janis", 2, "1-b")], {})
    only_offered = settle(room, [Ask("ilze", 3, "2-a", hand_to="marta"), Ask("janis", 2, "1-b")], first)
    assert outcomes(only_offered) == {"ilze": "confirmed", "janis": "waiting"}
    asks = [Ask("ilze", 3, "2-a", hand_to="marta"), Ask("janis", 2, "1-b"), Ask("marta", 4, "1-c", takes_from="ilze")]
    handed = settle(room, asks, only_offered)
    assert outcomes(handed) == {"ilze": "handed", "janis": "waiting", "marta": "confirmed"}


def test_nobody_takes_a_place_that_was_not_offered_to_them() -> None:
    room = Room(places=1, waiting=0)
    first = settle(room, [Ask("ilze", 1, "1-a")], {})
    taken = settle(room, [Ask("ilze", 1, "1-a"), Ask("marta", 2, "1-c", takes_from="ilze")], first)
    assert outcomes(taken) == {"ilze": "confirmed", "marta": "late"}


def test_after_the_beginning_nobody_moves_up() -> None:
    room = Room(places=1, waiting=1)
    first = settle(room, [Ask("ilze", 1, "1-a"), Ask("janis", 2, "1-b")], {})
    begun = Room(1, 1, open=False, begun=True)
    second = settle(begun, [Ask("ilze", 3, "2-a", stands=False), Ask("janis", 2, "1-b"), Ask("marta", 4, "1-c")], first)
    assert outcomes(second) == {"ilze": "withdrawn", "janis": "waiting", "marta": "late"}


def outcomes(answers: Mapping[str, Answer]) -> dict[str, str]:
    return {member: one.outcome for member, one in answers.items()}
