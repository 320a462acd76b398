"""What is done with accounts."""

from backend.accounts.actions.accounts import AccountError, create_account, normal_email, who_has

__all__ = ["AccountError", "create_account", "normal_email", "who_has"]
