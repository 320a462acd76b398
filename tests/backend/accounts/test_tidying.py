"""Nothing is kept longer than the register says."""

from backend.accounts.tables import Audit, Challenge, EmailCode, Mail, Session
from backend.accounts.tidying import Tidying


async def test_what_has_had_its_time_goes_and_the_rest_stays(town):
    phone = await town.newcomer()
    await phone.post("/passkeys/options")
    await phone.post("/session/code", json={"email": "i@example.org", "language": "en", "device": "phone"})
    tidying = Tidying(town.clock)
    await tidying.once()
    assert [await table.count() for table in (Session, Challenge, EmailCode, Mail)] == [1, 1, 1, 1]

    town.clock.later(minutes=16)
    await tidying.once()
    assert [await table.count() for table in (Session, Challenge, EmailCode, Mail)] == [1, 0, 0, 0]

    town.clock.later(days=400)
    await tidying.once()
    assert (await Session.count(), await Audit.count()) == (0, 2)

    town.clock.later(days=331)
    await tidying.once()
    assert await Audit.count() == 0
