"""Whom to ask and when, without a clock or a row."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.notices.waves import SERIES_PAUSE, Call, Volunteer, hand_over_at, next_wave, pause

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
EVERYBODY = [Volunteer(f"m{number}") for number in range(9)]


def a_call(**members: Any) -> Call:
    return Call(**{"open": 1, "called": NOON, "ends": NOON + timedelta(days=2), **members})


def test_nothing_is_done_before_the_call_begins_after_its_end_or_when_it_is_filled() -> None:
    later = NOON + timedelta(days=3)
    assert next_wave(a_call(called=later, ends=later + timedelta(days=9)), EVERYBODY, (), NOON).again == later
    assert next_wave(a_call(), EVERYBODY, (), later).why == "over"
    assert next_wave(a_call(open=0), EVERYBODY, (), NOON).why == "filled"


def test_a_wave_asks_twice_as_many_as_the_one_before() -> None:
    first = next_wave(a_call(), EVERYBODY, (), NOON)
    assert (first.act, first.why, first.members) == ("ask", "first", ("m0", "m1", "m2"))
    second = next_wave(a_call(waves=1, last=NOON), EVERYBODY, first.members, NOON + timedelta(hours=8))
    assert (second.act, second.why, len(second.members)) == ("ask", "wider", 6)


@pytest.mark.parametrize(("urgency", "hours"), [("now", 1), ("soon", 6), ("planned", 8)])
def test_the_more_it_hurries_the_less_time_a_wave_is_given(urgency: Any, hours: int) -> None:
    assert pause(timedelta(days=2), urgency) == timedelta(hours=hours)
    assert next_wave(a_call(urgency=urgency), EVERYBODY, (), NOON).again == NOON + timedelta(hours=hours)


def test_who_was_asked_in_the_evening_has_until_the_morning_and_then_their_time() -> None:
    evening, morning = NOON + timedelta(hours=10), NOON + timedelta(hours=20)
    call = a_call(waves=1, last=evening, heard=morning)
    wait = next_wave(call, EVERYBODY, ("m0", "m1", "m2"), morning)
    assert (wait.act, wait.again) == ("wait", morning + pause(call.ends - morning))
    soon_over = a_call(waves=1, last=evening, heard=morning, ends=morning - timedelta(hours=1), handed=True)
    assert next_wave(soon_over, EVERYBODY, ("m0", "m1", "m2"), evening + timedelta(hours=3)).act == "ask"


def test_who_missed_a_place_comes_first_then_skills_then_who_was_asked_longest_ago() -> None:
    people = [
        Volunteer("asked lately", asked=NOON),
        Volunteer("asked long ago", asked=NOON - timedelta(days=9)),
        Volunteer("never asked"),
        Volunteer("drives", frozenset({"driving"}), asked=NOON),
        Volunteer("came too late", missed=True, asked=NOON),
    ]
    wave = next_wave(a_call(open=3, skills=frozenset({"driving"})), people, (), NOON)
    assert wave.members == ("came too late", "drives", "never asked", "asked long ago", "asked lately")


def test_who_was_asked_about_the_series_rests_and_is_not_forgotten() -> None:
    rests = NOON + SERIES_PAUSE
    people = [Volunteer("rests", rests=rests), Volunteer("free")]
    assert next_wave(a_call(), people, (), NOON).members == ("free",)
    wait = next_wave(a_call(), people, ("free",), NOON)
    assert (wait.act, wait.again) == ("wait", rests)
    assert next_wave(a_call(), people, ("free",), rests).members == ("rests",)


def test_a_human_is_told_when_time_is_short_or_nobody_is_left_and_then_it_goes_on() -> None:
    call = a_call()
    late = hand_over_at(call)
    assert (next_wave(call, EVERYBODY, (), late).act, next_wave(call, EVERYBODY, (), late).why) == ("hand", "late")
    assert next_wave(a_call(handed=True), EVERYBODY, (), late).act == "ask"
    assert next_wave(call, [], (), NOON).why == "nobody"
    handed = next_wave(a_call(handed=True), [], (), NOON)
    assert (handed.act, handed.again) == ("wait", NOON + timedelta(days=1)), "somebody may join"


def test_a_human_is_told_two_hours_before_at_the_least() -> None:
    assert hand_over_at(a_call(ends=NOON + timedelta(hours=5))) == NOON + timedelta(hours=3)
    assert hand_over_at(a_call(ends=NOON + timedelta(days=5))) == NOON + timedelta(days=4)
