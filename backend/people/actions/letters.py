"""Mails that invite people, and notices for who has an account already. Addresses go into the queue of mails alone."""

from collections.abc import Sequence

from backend.accounts.domain import Person
from backend.accounts.post import Post
from backend.people.actions.applications import name_of_place
from backend.people.actions.keeper import RightsKeeper
from backend.people.domain import in_language
from backend.people.links import PATH
from backend.people.queries.invitations import InvitationRow


async def invite_by_mail(
    keeper: RightsKeeper,
    post: Post,
    person: Person,
    found: InvitationRow,
    link: str,
    emails: Sequence[str],
    language: str,
) -> int:
    """Queue one mail for each different address and return how many there are."""
    names = await name_of_place(keeper, found.process, found.team)
    what = in_language(names, language)
    for email in dict.fromkeys(one.strip().casefold() for one in emails):
        if keeper.herald is not None:
            await keeper.herald.invited(found, link[link.index(PATH) :], names, email)
        await post.put(
            email,
            "invitation",
            language,
            lasts=found.expires - keeper.now(),
            by=person.name,
            what=what,
            link=link,
            until=f"{found.expires:%Y-%m-%d}",
        )
    return len({one.strip().casefold() for one in emails})
