"""How the keys of a type's documents look: random, or natural where there must be only one of a thing.

    {ulid}             random: no two devices ever make the same one (the rule of a type that declares none)
    {ulid}-{author}    one for each occurrence and member: `<task>:claim:<occurrence>-<member>`

Two devices that make the same natural key make the same document, and what they say of it meets there. A part that
names somebody is compared with who that is, so nobody can take the place that is another's.
"""

import re
from dataclasses import dataclass, field
from typing import Final

LONGEST: Final = 500
"""Characters of a key."""
_ULID: Final = "[0-7][0-9A-HJKMNP-TV-Z]{25}"
PARTS: Final = {
    "ulid": _ULID,
    "id": _ULID.swapcase(),
    "date": r"\d{4}-\d\d-\d\d",
    "name": r"[A-Za-z0-9._-]+",
    "space": r"[a-z][a-z0-9-]*",
    "text": r".+",
    "owner": r"[0-9A-Za-z]+",
    "author": r"[0-9A-Za-z]+",
}
"""Regular expression of each part. `id` names an account or a process, `owner` the one whose space it is."""


@dataclass(frozen=True)
class KeyRule:
    """A pattern of parts in braces, with whatever stands between them; no part twice."""

    pattern: str
    _form: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pieces = re.split(r"\{(\w+)\}", self.pattern)
        if unknown := set(pieces[1::2]) - PARTS.keys():
            raise TypeError(f"{self.pattern}: no such parts {sorted(unknown)}")
        form = "".join(f"(?P<{one}>{PARTS[one]})" if at % 2 else re.escape(one) for at, one in enumerate(pieces))
        object.__setattr__(self, "_form", re.compile(form))

    def fits(self, key: str, *, owner: str, author: str | None) -> bool:
        """Say whether a key is of this form; `author` None when the document (a deletion) does not say whose it is."""
        found = self._form.fullmatch(key) if len(key) <= LONGEST else None
        if found is None:
            return False
        named = found.groupdict()
        return named.get("owner", owner) == owner and author in (None, named.get("author", author))


RANDOM: Final = KeyRule("{ulid}")
