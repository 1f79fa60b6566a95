"""The ways a network can let us down, one to one onto what the house does next (design.md 7)."""

from __future__ import annotations

from datetime import datetime


class PlatformError(Exception):
    """Base. `reason` is a sentence for people, without secrets; `code` the network's own, for the record."""

    def __init__(self, reason: str, *, code: str = "", status: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.status = status


class Refused(PlatformError):
    """Nothing was created, and trying the same again will not help. `duplicate` marks 'you already said this'.

    `account`: it is the account itself that the network refuses (suspended, limited), whatever it would say.
    """

    def __init__(
        self,
        reason: str,
        *,
        code: str = "",
        status: int | None = None,
        duplicate: bool = False,
        account: bool = False,
    ) -> None:
        super().__init__(reason, code=code, status=status)
        self.duplicate = duplicate
        self.account = account


class LoginExpired(PlatformError):
    """Nothing was created: the credential is dead or lost a permission. A person must reconnect."""


class Throttled(PlatformError):
    """Nothing was created. `retry_at` is the network's own word for when, or None when it gave none.

    `everyone` is set when the whole network must pause (credits or a cap are used up).
    """

    def __init__(
        self,
        reason: str,
        *,
        retry_at: datetime | None = None,
        everyone: bool = False,
        code: str = "",
        status: int | None = None,
    ) -> None:
        super().__init__(reason, code=code, status=status)
        self.retry_at = retry_at
        self.everyone = everyone


class Unreachable(PlatformError):
    """Nothing was sent: name look-up, connection or TLS failed before a byte of the request left."""


class Doubtful(PlatformError):
    """It may be public: the request left and no trustworthy answer came. Never send again blindly."""


class Declined(PlatformError):
    """The person said no on the network's connect page."""
