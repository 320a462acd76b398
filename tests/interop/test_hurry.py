"""Everybody's client, which knows no Retry-After: told that it hurries, it waits longer each time and loses nothing."""

from math import ceil

from backend.kit.ratelimit import RateLimit
from sync.errors import TOO_MANY, SyncError
from tests.interop.conftest import until
from tests.interop.device import a_device
from tests.interop.house import House

MANY = 900


def test_who_is_told_to_come_again_later_loses_nothing_and_does_not_spin(tmp_path):
    limit = RateLimit(200, 2)

    def meter(_request, access, documents, _size):
        if wait := limit.wait(access.principal):
            raise SyncError(TOO_MANY, retry_after=ceil(wait))
        limit.spend(access.principal, documents)

    with House(tmp_path / "data").running() as house:
        house.person("ilze")
        house.write({"_id": "all:task:t1"})
        with a_device(f"http://127.0.0.1:{house.port}/db/home", {"Person": "ilze"}) as phone:
            for n in range(MANY):
                phone.put(_id=f"t1:contribution:{n:04}")
            house.meter = meter
            phone.ask("live", push=True)
            until(lambda: len(house.ids()) == MANY + 1, 150)
            assert sum(name == "_bulk_docs" for _, name, _ in house.asked) < 60  # ten batches, and some noes
