"""A provider that does not answer is in nobody's way."""

from datetime import UTC, datetime
from pathlib import Path

from backend.kit.settings import ProviderSettings
from tests.backend.accounts.town import Moment, a_town
from tests.makers import a_free_port


async def test_without_a_provider_that_answers_everything_else_works(tmp_path: Path) -> None:
    nowhere = f"http://127.0.0.1:{a_free_port()}"
    gone = ProviderSettings(name="eid", issuer=nowhere, client_id="interlink", client_secret="shared with nobody")
    async with a_town(tmp_path, Moment(datetime.now(UTC)), oidc=(gone,)) as town:
        answer = await town.browser().get("/session/oidc/eid")
        assert answer.headers["location"] == "/sign-in?problem=provider_failed"
        assert (await (await town.newcomer()).get("/account")).json()["name"] == "Ilze"
