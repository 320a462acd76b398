"""HTTP of this room."""

from backend.accounts.controllers.session import SessionController, SignInLimits

__all__ = ["SessionController", "SignInLimits"]
