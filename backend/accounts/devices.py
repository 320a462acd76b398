"""What a person's device is called, so coarsely that it tells nobody apart: «Chrome, Android»."""

from typing import Final, Literal

Kind = Literal["phone", "tablet", "computer", "program", "unknown"]
MAX_AGENT = 400

_BROWSERS: Final = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chromium", "Chromium"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
"""What stands in User-Agent, most telling first: Edge says Chrome too, and Chrome says Safari."""

_SYSTEMS: Final[tuple[tuple[str, str, Kind], ...]] = (
    ("ipad", "iPad", "tablet"),
    ("iphone", "iPhone", "phone"),
    ("android", "Android", "phone"),
    ("windows", "Windows", "computer"),
    ("cros", "ChromeOS", "computer"),
    ("mac os", "macOS", "computer"),
    ("linux", "Linux", "computer"),
)


def described(agent: str) -> tuple[str, Kind]:
    """Return name and kind of a device by its User-Agent; empty and «unknown» for one that does not say."""
    text = agent[:MAX_AGENT].lower()
    browser = next((name for sign, name in _BROWSERS if sign in text), "")
    found = next((one for one in _SYSTEMS if one[0] in text), None)
    system, kind = (found[1], found[2]) if found else ("", "unknown")
    if system == "Android" and "mobile" not in text:
        kind = "tablet"
    return ", ".join(one for one in (browser, system) if one), kind
