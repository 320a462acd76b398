"""What a notice says: in four languages, with their plurals and times, and nothing about anybody."""

import re
from datetime import UTC, datetime, time
from pathlib import Path
from typing import get_args

import pytest

from backend.codelivery.documents import Outcome
from backend.kit.languages import LANGUAGES
from backend.notices import words
from backend.notices.decide import Answered, Assigned, Change, Dates, Mentioned, Occasion, Offered, Replied, decide
from backend.notices.documents import Facts
from backend.notices.wishes import Wishes, next_digest
from backend.notices.words import words_of

TEXTS = Path(words.__file__).parent / "texts"
MARKET = Facts(
    name={"lv": "Palīgi tirgū"},
    place="Tirgus laukums",
    start=datetime(2026, 11, 28, 8, tzinfo=UTC),
    end=datetime(2026, 11, 28, 10, tzinfo=UTC),
    zone="Europe/Riga",
    process={"en": "A garden", "lv": "Mūsu dārzs"},
)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Can you help?", "Palīgi tirgū · A garden", "Sat, Nov 28, 10:00 – 12:00"]),
        ("it", ["Puoi aiutare?", "Palīgi tirgū · A garden", "sab 28 nov, 10:00–12:00"]),
        ("lv", ["Vai varat palīdzēt?", "Palīgi tirgū · Mūsu dārzs", "sestd., 28. nov., 10:00–12:00"]),
        ("es", ["¿Puedes ayudar?", "Palīgi tirgū · A garden", "sáb, 28 nov, 10:00–12:00"]),
        ("de", ["Can you help?", "Palīgi tirgū · A garden", "Sat, Nov 28, 10:00 – 12:00"]),
    ],
)
def test_a_call_is_told_in_the_language_of_who_is_called(language: str, said: list[str]) -> None:
    told = words_of("needed", MARKET, language)
    spoken = [told.title, *told.body.replace("\u2009", " ").splitlines()]
    assert spoken == [*said, "Tirgus laukums"]


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 notice is waiting for you"),
        ("en", 0, "0 notices are waiting for you"),
        ("it", 1, "Hai 1 avviso da leggere"),
        ("it", 1_000_000, "Hai 1000000 avvisi da leggere"),
        ("lv", 1, "Jūs gaida 1 paziņojums"),
        ("lv", 11, "Jūs gaida 11 paziņojumu"),
        ("lv", 21, "Jūs gaida 21 paziņojums"),
        ("lv", 2, "Jūs gaida 2 paziņojumi"),
        ("es", 2, "Tienes 2 avisos por leer"),
    ],
)
def test_what_is_counted_has_the_plural_of_the_language(language: str, count: int, said: str) -> None:
    assert words_of("digest", Facts(count=count), language).title == said


@pytest.mark.parametrize("zone", ["", "Europe/Atlantis", "../etc/passwd"])
def test_a_zone_that_does_not_exist_is_told_in_universal_time(zone: str) -> None:
    facts = Facts(start=datetime(2026, 11, 28, 8, tzinfo=UTC), zone=zone)
    assert words_of("reminder", facts, "it").body == "sab 28 nov, 08:00"


def test_what_lasts_over_midnight_is_told_by_its_beginning() -> None:
    facts = Facts(start=MARKET.start, end=datetime(2026, 11, 29, 8, tzinfo=UTC), zone="Europe/Riga")
    assert words_of("moved", facts, "es").body == "sáb, 28 nov, 10:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_a_place_for_a_name_or_for_words_of_anybody(language: str) -> None:
    texts = (TEXTS / f"{language}.json").read_text()
    assert set(re.findall(r"\{(\w+)\}", texts)) == {"count"}


def test_every_word_that_is_decided_has_a_sentence() -> None:
    occasion = Occasion(need="n", occurrence="o", start=MARKET.start)
    someone = {"by": "a", "at": MARKET.start}
    changes: list[Change] = [
        *(
            Dates(need="n", member="m", what=what, occurrences=dates, until=MARKET.start, cause="1")
            for what in ("moved", "cancelled")
            for dates in (("o",), ("o", "p"))
        ),
        Assigned(assignment="a", members=("m",), due=None, **someone),
        Mentioned(comment="c", members=("m",), **someone),
        *(
            Offered(occasion=occasion, thing="t", giver="g", to="m", refused=refused, revision="1")
            for refused in (True, False)
        ),
        Replied(comment="c", to="m", mentioned=(), **someone),
        *(
            Answered(occasion=occasion, member="m", before=before, after=after, revision="1")
            for after in get_args(Outcome)
            for before in (None, *get_args(Outcome))
        ),
    ]
    told = [one for change in changes for one in decide(change)]
    assert {one.word for one in told} > {
        "moved",
        "moved_dates",
        "assigned",
        "mentioned",
        "replied",
        "moved_up",
        "cancelled",
        "cancelled_dates",
    }
    for one in told:
        assert words_of(one.word, MARKET, "lv").title


@pytest.mark.parametrize(
    ("digest", "now", "due"),
    [
        ("daily", "2026-11-21T05:59", "2026-11-21T06:00"),
        ("daily", "2026-11-21T06:00", "2026-11-22T06:00"),
        ("weekly", "2026-11-21T06:00", "2026-11-23T06:00"),
        ("weekly", "2026-11-23T06:00", "2026-11-30T06:00"),
        ("daily", "2026-03-28T12:00", "2026-03-29T05:00"),
        ("daily", "2026-10-24T12:00", "2026-10-25T06:00"),
        ("weekly", "2026-03-23T06:00", "2026-03-30T05:00"),
        ("weekly", "2026-10-19T05:00", "2026-10-26T06:00"),
        ("none", "2026-11-21T05:59", None),
    ],
)
def test_a_digest_comes_at_the_hour_on_the_wall_in_summer_and_winter(digest: str, now: str, due: str | None) -> None:
    wishes = Wishes(zone="Europe/Riga", digest=digest, digest_at=time(8, 0))
    found = next_digest(wishes, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found == (datetime.fromisoformat(due).replace(tzinfo=UTC) if due else None)
