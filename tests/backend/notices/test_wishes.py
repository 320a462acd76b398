"""A notice waits for the morning, keeps to the cap of a day and comes to nobody who is off duty."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notices.domain import Kind
from backend.notices.wishes import PROMISED, Quiet, Telling, Wishes, after_quiet, telling

RIGA = Wishes(zone="Europe/Riga")
NOON = datetime(2026, 11, 21, 10, tzinfo=UTC)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOON + timedelta(days=3)


def say(
    wishes: Wishes,
    kind: Kind = Kind.NEEDED,
    *,
    now: datetime = NOON,
    until: datetime = LATER,
    told: Sequence[datetime] = (),
) -> Telling:
    return telling(wishes, kind, ("process", "need"), now, until, told)


def test_by_day_it_comes_at_once() -> None:
    assert say(RIGA) == Telling("push", NOON)


def test_at_night_it_waits_until_the_morning_of_the_person_not_of_the_server() -> None:
    night = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)  # half past midnight in Rīga
    assert say(RIGA, now=night) == Telling("push", datetime(2026, 11, 22, 6, tzinfo=UTC))
    assert say(Wishes(zone="America/New_York"), now=night) == Telling("push", night)


@pytest.mark.parametrize(
    ("evening", "morning"),
    [("2026-03-28T20:00+00:00", "2026-03-29T05:00+00:00"), ("2026-10-24T20:00+00:00", "2026-10-25T06:00+00:00")],
    ids=["the shortest night", "the longest night"],
)
def test_eight_in_the_morning_is_eight_in_the_morning_when_the_clocks_change(evening: str, morning: str) -> None:
    assert after_quiet(RIGA, datetime.fromisoformat(evening)) == datetime.fromisoformat(morning)


def test_the_third_call_of_a_day_comes_tomorrow() -> None:
    told = [NOON - timedelta(hours=1), NOON - timedelta(hours=2)]
    assert say(RIGA, told=told) == Telling("push", datetime(2026, 11, 22, 6, tzinfo=UTC))
    assert say(RIGA, Kind.CANCELLED, told=told) == Telling("push", NOON), "a promise is not held back by the cap"


def test_who_wants_to_be_asked_for_nothing_finds_it_in_the_inbox() -> None:
    assert say(Wishes(zone="Europe/Riga", cap=0)).road == "inbox"
    assert say(Wishes(muted=frozenset({"need"}))).road == "inbox"
    assert say(Wishes(roads={Kind.NEEDED: "inbox"})).road == "inbox"
    assert say(Wishes(roads={Kind.NEEDED: "mail"})).road == "mail"


def test_what_would_come_too_late_stays_in_the_inbox() -> None:
    night = datetime(2026, 11, 21, 22, tzinfo=UTC)
    assert say(RIGA, now=night, until=night + timedelta(hours=3)) == Telling("inbox", night)


def test_what_changes_a_promise_for_this_very_night_wakes_whoever_gave_it() -> None:
    night = datetime(2026, 11, 21, 22, tzinfo=UTC)
    assert say(RIGA, Kind.CANCELLED, now=night, until=night + timedelta(hours=3)) == Telling("push", night)
    assert say(RIGA, Kind.CANCELLED, now=night, until=LATER).at > night


def test_off_duty_nobody_is_called() -> None:
    back = NOON + timedelta(days=1)
    assert say(Wishes(off_until=back)) == Telling("push", back)
    assert say(Wishes(off_until=LATER)).road == "inbox"


def test_a_zone_nobody_knows_is_taken_for_the_worlds() -> None:
    assert say(Wishes(zone="Mars/Olympus")) == Telling("push", NOON)
    assert say(Wishes(zone="../../etc/passwd")) == Telling("push", NOON)


@given(
    now=st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    kind=st.sampled_from([one for one in Kind if one not in PROMISED]),
    zone=st.sampled_from(["Europe/Riga", "Europe/Madrid", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
    quiet=st.builds(Quiet, st.times().map(lambda one: one.replace(second=0, microsecond=0)), st.just(time(7, 30))),
    cap=st.integers(0, 3),
    ago=st.lists(st.integers(0, 50), max_size=6),
)
def test_whatever_a_person_wishes_nothing_is_pushed_against_it(
    now: datetime, kind: Kind, zone: str, quiet: Quiet, cap: int, ago: list[int]
) -> None:
    wishes = Wishes(zone=zone, quiet=quiet, cap=cap)
    told = [now - timedelta(hours=hours) for hours in ago]
    found = say(wishes, kind, now=now, until=now + timedelta(days=5), told=told)
    assert found.at >= now
    if found.road == "push":
        local = found.at.astimezone(wishes.clock())
        assert not quiet.covers(local.time())
        same_day = [one for one in told if one.astimezone(wishes.clock()).date() == local.date()]
        assert kind is Kind.TEST or len(same_day) < cap
