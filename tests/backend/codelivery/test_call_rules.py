"""How a call follows its need and its places, without a row."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from backend.codelivery.calls import CallRow, Stand, begun, called_from, followed, gone, next_reminder, takes_back

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
START = NOON + timedelta(days=2)


def stands(**members: Any) -> Stand:
    return Stand(**{"start": START, "ends": START, "open": 1, **members})


def a_call(**members: Any) -> CallRow:
    return replace(begun("p", "t", "n", "o", stands(), NOON), **members)


CALLING = a_call(waves=2, step=2, last=NOON, due=NOON + timedelta(hours=4), handed=NOON)


def test_a_call_begins_at_once_or_four_weeks_before() -> None:
    assert (a_call().called, a_call().due) == (NOON, NOON)
    far = NOON + timedelta(weeks=10)
    assert called_from(far, NOON) == NOON + timedelta(weeks=6)
    assert begun("p", "t", "n", "o", stands(start=far, ends=far), NOON).due == NOON + timedelta(weeks=6)
    assert begun("p", "t", "n", "o", stands(open=0), NOON).due is None


@pytest.mark.parametrize("row", [CALLING, a_call(), replace(CALLING, open=0, due=None)])
@pytest.mark.parametrize("is_now", [stands(), stands(open=0), stands(open=3), stands(start=START + timedelta(days=1))])
def test_following_the_same_change_again_changes_nothing(row: CallRow, is_now: Stand) -> None:
    once = followed(row, is_now, NOON)
    assert followed(once, is_now, NOON) == once
    assert not takes_back(once, is_now)


def test_what_is_filled_cancelled_or_over_rests() -> None:
    assert followed(CALLING, stands(open=0), NOON).due is None
    assert followed(CALLING, stands(ends=NOON), NOON).due is None
    cancelled = followed(CALLING, gone(CALLING), NOON)
    assert (cancelled.due, cancelled.remind) == (None, None)


def test_a_free_place_begins_the_search_anew_and_counts_waves_on() -> None:
    full = followed(CALLING, stands(open=0), NOON)
    again = followed(full, stands(), NOON + timedelta(hours=1))
    assert (again.searches, again.step, again.waves, again.last, again.handed) == (1, 0, 2, None, None)
    assert again.due == NOON + timedelta(hours=1)


def test_one_place_less_lets_the_search_go_on_as_it_is() -> None:
    two = replace(CALLING, open=2)
    assert followed(two, stands(open=1), NOON) == replace(two, open=1)


def test_another_deadline_is_looked_at_at_once_and_may_be_handed_over_again() -> None:
    after = followed(CALLING, stands(ends=START - timedelta(hours=9)), NOON)
    assert (after.due, after.handed, after.step) == (NOON, None, 2)


def test_questions_are_taken_back_when_nobody_is_needed_or_the_time_is_another() -> None:
    assert takes_back(CALLING, stands(open=0))
    assert takes_back(CALLING, stands(start=START + timedelta(hours=1)))
    assert not takes_back(CALLING, stands())
    assert not takes_back(a_call(), stands(open=0)), "nobody was asked"


def test_a_reminder_that_is_due_is_not_passed_over_by_a_change() -> None:
    due = START - timedelta(days=1)
    row = a_call(remind=due)
    assert followed(row, stands(open=0), due + timedelta(seconds=1)).remind == due
    moved = stands(start=START + timedelta(days=1))
    assert followed(row, moved, due + timedelta(seconds=1)).remind == START


def test_reminders_come_a_day_and_two_hours_before() -> None:
    assert next_reminder(START, NOON) == START - timedelta(days=1)
    assert next_reminder(START, START - timedelta(days=1)) == START - timedelta(hours=2)
    assert next_reminder(START, START - timedelta(hours=2)) is None
