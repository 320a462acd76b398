"""What the tests of the edges share: what was asked of the house, and what was fetched."""

import json

from tests.interop.house import House


def asked(house: House, name: str) -> list[tuple[str, bytes]]:
    """Method and body of each request whose path ends with `name`."""
    return [(method, body) for method, part, body in house.asked if part == name]


def fetched(house: House) -> list[str]:
    """Ids asked for by `_bulk_get`, in order."""
    return [one["id"] for _, body in asked(house, "_bulk_get") for one in json.loads(body)["docs"]]
