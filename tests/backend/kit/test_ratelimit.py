from backend.kit.ratelimit import MAX_KEYS, RateLimit, site_of


class Watch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_who_hurries_is_told_how_long_to_wait_and_served_after_that():
    watch = Watch()
    limit = RateLimit(3, 30, watch)

    assert [limit.take("ilze") for _ in range(3)] == [0, 0, 0]
    assert limit.take("ilze") == 10
    watch.seconds = 9.9
    assert limit.take("ilze") > 0
    watch.seconds = 10
    assert limit.take("ilze") == 0


def test_one_persons_hurry_holds_nobody_else_up():
    limit = RateLimit(1, 60, Watch())

    assert limit.take("ilze") == 0
    assert limit.take("ilze") > 0
    assert limit.take("janis") == 0


def test_what_succeeded_need_not_count():
    limit = RateLimit(1, 60, Watch())

    limit.take("ilze")
    limit.give_back("ilze")
    assert limit.take("ilze") == 0


def test_a_flood_of_addresses_costs_bounded_memory():
    limit = RateLimit(1, 60, Watch())

    for number in range(MAX_KEYS + 500):
        limit.take(str(number))

    assert len(limit._buckets) == MAX_KEYS


def test_a_household_is_one_place_whichever_of_its_addresses_it_uses():
    assert site_of("2001:db8:1:2::1") == site_of("2001:db8:1:2:ffff::9")
    assert site_of("2001:db8:1:2::1") != site_of("2001:db8:1:3::1")
    assert site_of("192.0.2.1") != site_of("192.0.2.2")
    assert site_of("::ffff:192.0.2.1") != site_of("::ffff:192.0.2.2")
    assert site_of("testclient") == "unknown"
