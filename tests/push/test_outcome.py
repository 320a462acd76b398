from datetime import UTC, datetime

import pytest

from push.outcome import MAX_WAIT, Answer, Delivered, Gone, Refused, RetryLater, TooLarge, read_answer

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Delivered),
        (201, Delivered),
        (202, Delivered),
        (301, Refused),
        (307, Refused),
        (400, Refused),
        (401, Refused),
        (403, Refused),
        (404, Gone),
        (408, RetryLater),
        (410, Gone),
        (413, TooLarge),
        (418, Refused),
        (429, RetryLater),
        (500, RetryLater),
        (503, RetryLater),
        (599, RetryLater),
        (600, Refused),
    ],
)
def test_each_status_has_one_meaning(status, outcome):
    assert isinstance(read_answer(Answer(status, {}), NOW), outcome)


@pytest.mark.parametrize(("status", "mismatch"), [(401, True), (403, True), (400, False), (302, False)])
def test_a_refusal_says_if_the_device_must_subscribe_again(status, mismatch):
    outcome = read_answer(Answer(status, {}), NOW)
    assert isinstance(outcome, Refused)
    assert outcome.is_key_mismatch is mismatch


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("999999999999999999999999", MAX_WAIT),
        ("Sat, 21 Nov 2026 10:31:30 GMT", 90),
        ("Sat, 21 Nov 2026 10:31:30 -0000", 90),
        ("Sat, 21 Nov 2026 09:00:00 GMT", 0),
        ("Sat, 21 Nov 2099 09:00:00 GMT", MAX_WAIT),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("²", None),
        ("", None),
        ("Sat, 21 Nov 2026 09:02:00 +99999999999999999999", None),
        (f"Sat, 21 Nov {'9' * 30} 09:02:00 GMT", None),
        (f"Sat, 21 Nov 2026 {'9' * 5_000}:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -2359", MAX_WAIT),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(text, seconds):
    outcome = read_answer(Answer(429, {"retry-after": text}), NOW)
    assert isinstance(outcome, RetryLater)
    assert outcome.after == seconds


def test_without_retry_after_the_wait_is_left_to_us():
    outcome = read_answer(Answer(503, {}), NOW)
    assert outcome == RetryLater(None, "503")


def test_the_services_words_are_kept_short_and_printable():
    outcome = read_answer(Answer(400, {}, b"bad\x00\r\n\xff  token " + b"x" * 4000), NOW)
    assert isinstance(outcome, Refused)
    assert outcome.reason.startswith("400 bad � token xxx")
    assert len(outcome.reason) == 200
