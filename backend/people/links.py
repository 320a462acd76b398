"""The secret of an invitation's link: computed from its id with a key that only this server has, and kept nowhere.

    /join#<id><HMAC-SHA256(key, id), 128 bits>

Behind `#` a browser sends nothing to the server, so the secret is in no log. Who reads the rows cannot make a link; who
may see an invitation is shown its link again at any time. A link of another server, a forged or a cut one is unknown.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from io import BytesIO

from backend.kit.ids import KEY_LENGTH, is_ulid

PATH = "/join#"
_BYTES = 16
_PURPOSE = b"invitation "


class Links:
    """Makes links and reads their secrets; one for the whole program."""

    def __init__(self, key: bytes, origin: str | None) -> None:
        self._key = key
        self._origin = origin

    def token(self, invitation: str) -> str:
        """Return the secret of an invitation."""
        digest = hmac.new(self._key, _PURPOSE + invitation.encode(), hashlib.sha256).digest()[:_BYTES]
        return invitation + urlsafe_b64encode(digest).decode().rstrip("=")

    def invitation(self, token: str) -> str | None:
        """Return the id of the invitation a secret belongs to; None when we did not make it."""
        identifier = token.strip()[:KEY_LENGTH]
        genuine = is_ulid(identifier) and hmac.compare_digest(self.token(identifier).encode(), token.strip().encode())
        return identifier if genuine else None

    def link(self, invitation: str, origin: str) -> str:
        """Return the whole link; `origin` is where the one who asks reached us, for want of a public address."""
        return (self._origin or origin.rstrip("/")) + PATH + self.token(invitation)


def qr_code(link: str) -> str:
    """Return a link as a QR code (ISO/IEC 18004) in SVG; a quarter of it may be dirty and it is still read."""
    import segno

    out = BytesIO()
    segno.make(link, error="q", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, border=4)
    return out.getvalue().decode().strip()
