import json
from datetime import UTC, datetime, timedelta

import pytest

from push.errors import InvalidMessageError
from push.message import (
    MAX_PAYLOAD,
    MAX_TTL,
    Action,
    Message,
    Notification,
    read_notification,
    topic_of,
    ttl_until,
)

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


def test_a_payload_is_declarative_web_push():
    shown = Notification("Help is needed", "https://interlink.example/needs/1", lang="en", tag="need-1")
    assert json.loads(shown.payload()) == {
        "web_push": 8030,
        "mutable": True,
        "notification": {
            "title": "Help is needed",
            "navigate": "https://interlink.example/needs/1",
            "lang": "en",
            "tag": "need-1",
        },
    }


def test_buttons_and_the_notice_travel_with_it_and_are_read_again():
    yes = Action("accept", "I come", "https://interlink.example/needs/1?accept")
    shown = Notification("Help is needed", "/needs/1", actions=(yes,), data={"notice": "need-1"})
    assert json.loads(shown.payload())["notification"]["actions"] == [
        {"action": "accept", "title": "I come", "navigate": "https://interlink.example/needs/1?accept"}
    ]
    assert read_notification(shown.payload()) == shown


@pytest.mark.parametrize("payload", [b"", b"{}", b'{"web_push": 1, "notification": {"title": "x", "navigate": "/"}}'])
def test_what_is_not_declarative_web_push_is_not_read(payload):
    with pytest.raises(InvalidMessageError):
        read_notification(payload)


def test_of_a_notification_that_is_too_large_the_title_and_the_way_are_left():
    yes = Action("accept", "I come", "/needs/1?accept")
    shown = Notification("T" * 3000, "/needs/1", body="b" * 900, tag="n", actions=(yes,), data={"notice": "need-1"})
    short = shown.shortened()
    assert (short.navigate, short.tag, short.data) == ("/needs/1", "n", {"notice": "need-1"})
    assert len(short.payload()) < 300


@pytest.mark.parametrize("payload", [b"", b"x" * (MAX_PAYLOAD + 1)])
def test_an_empty_or_too_large_payload_is_refused_before_it_is_sent(payload):
    with pytest.raises(InvalidMessageError, match="bytes"):
        Message(payload, ttl=60)


@pytest.mark.parametrize("ttl", [-1, MAX_TTL + 1])
def test_an_impossible_ttl_is_refused(ttl):
    with pytest.raises(InvalidMessageError, match="TTL"):
        Message(b"x", ttl=ttl)


@pytest.mark.parametrize("topic", ["", "a:b", "x" * 33, "ü", "a\n"])
def test_a_topic_that_a_push_service_would_refuse_is_refused_here(topic):
    with pytest.raises(InvalidMessageError, match="topic"):
        Message(b"x", ttl=60, topic=topic)


def test_a_things_topic_is_always_the_same_and_tells_nothing_of_its_id():
    topic = topic_of("all:task:01HZY3")
    assert topic == topic_of("all:task:01HZY3") != topic_of("all:task:01HZY4")
    assert "01HZY3" not in topic
    assert Message(b"x", ttl=60, topic=topic).topic == topic


def test_a_message_lives_until_it_is_useless():
    assert ttl_until(NOW + timedelta(hours=2), NOW) == 7200
    assert ttl_until(NOW - timedelta(hours=2), NOW) == 0
    assert ttl_until(NOW + timedelta(days=365), NOW) == MAX_TTL
