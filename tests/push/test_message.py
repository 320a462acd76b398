import json
from datetime import UTC, datetime, timedelta

import pytest

from push.errors import InvalidMessageError
from push.message import MAX_PAYLOAD, MAX_TTL, Message, Notification, topic_of, ttl_until

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


def test_a_payload_is_declarative_web_push():
    shown = Notification("Help is needed", "https://interlink.example/needs/1", lang="en", tag="need-1")
    assert json.loads(shown.payload()) == {
        "web_push": 8030,
        "notification": {
            "title": "Help is needed",
            "navigate": "https://interlink.example/needs/1",
            "lang": "en",
            "tag": "need-1",
        },
    }


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
