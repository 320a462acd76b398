"""HTTP of this room."""

from backend.accounts.controllers.account import AccountController
from backend.accounts.controllers.administration import AccountsController
from backend.accounts.controllers.devices import CredentialController, DeviceController
from backend.accounts.controllers.passkeys import PasskeyController, PasskeySessionController
from backend.accounts.controllers.providers import IdentityController, ProviderController
from backend.accounts.controllers.session import JoinController, SessionController

CONTROLLERS = (
    SessionController,
    JoinController,
    PasskeySessionController,
    PasskeyController,
    ProviderController,
    IdentityController,
    AccountController,
    AccountsController,
    DeviceController,
    CredentialController,
)

__all__ = ["CONTROLLERS"]
