"""The second factor of a sign-in: who must have one, who has one, and that a code opens the door once.

django-allauth keeps the authenticators and asks for them; here stands what this house wants of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts import audit, notices, vault
from accounts.models import Appointment, User
from accounts.roles import PASSWORD_ALONE

REQUIRED, ASKED = "required", "asked"  # values of settings.SECOND_FACTOR; anything else: nobody is asked
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# What is told of each change, in words for its owner.
TOLD = {
    "second_factor.added": "{what} was added to your sign-in.",
    "second_factor.removed": "{what} was removed from your sign-in.",
    "second_factor.codes_made": "New recovery codes were made for your sign-in. The old ones no longer work.",
    "second_factor.code_used": "You signed in with a recovery code. {what} left.",
}


def is_asked() -> bool:
    return settings.SECOND_FACTOR in (REQUIRED, ASKED)


def is_required() -> bool:
    return bool(settings.SECOND_FACTOR == REQUIRED)


def has_one(user: User) -> bool:
    """A passkey or an authenticator app; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=KINDS).exists()


def must_have_one(user: User, *, now: datetime) -> bool:
    """Whether an appointment of today is in a role that does not sign in with a password alone."""
    return Appointment.objects.active(now).filter(user=user).exclude(role__in=PASSWORD_ALONE).exists()


def lacks_one(user: User | AnonymousUser, *, now: datetime) -> bool:
    """Whether this person must have one and has none. One query, or two."""
    return isinstance(user, User) and not has_one(user) and must_have_one(user, now=now)


def is_last(authenticator: Authenticator) -> bool:
    """Whether nothing but recovery codes would be left without it."""
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=KINDS).exclude(pk=authenticator.pk)
    return not others.exists()


@transaction.atomic
def spend(authenticator: Authenticator, code: str) -> bool:
    """Note that this code of an app was used. False: it, or a later one, was used before.

    allauth remembers a used code in the cache for half a minute, and a code is taken for a minute and a half (a phone's
    clock may be off by half a minute); this stands in the database (RFC 6238, 5.2).
    """
    locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret, typed = decrypt(locked.data["secret"]), "".join(code.split())
    counters = auth.yield_hotp_counters_from_time()
    used = next((one for one in counters if auth.format_hotp_value(auth.hotp_value(secret, one)) == typed), None)
    if used is None or used <= locked.data.get("last_counter", -1):
        return False
    locked.data["last_counter"] = used
    locked.save(update_fields=["data"])
    return True


@transaction.atomic
def note(user: User, action: str, *, what: str, now: datetime) -> None:
    """Audit a change of this person's own second factor and tell them, should it not have been they.

    action: a key of `TOLD`. what: "A passkey", "An authenticator app", "3 recovery codes are".
    """
    audit.record(user, action, user, now=now, what=what)
    words = TOLD[action].format(what=what)
    tell(user, f"{words} If that was not you, tell your DMC administrator at once.", now=now)


def tell(user: User, words: str, *, now: datetime) -> None:
    """Something about their sign-in, to a person who may not be the one who did it."""
    notices.give(
        to=[user], kind="sign_in.changed", about=user, words=words, link="/sign-in/second-factor/", again=True, now=now
    )


def resealed() -> Iterator[tuple[Authenticator, dict[str, Any] | None]]:
    """Every stored secret under the first of FERNET_KEYS; None where no key of today opens it."""
    for authenticator in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).select_related("user"):
        name = "secret" if authenticator.type == Authenticator.Type.TOTP else "seed"
        try:
            fresh = vault.reseal(authenticator.data[name].encode("ascii")).decode("ascii")
        except vault.Locked:
            yield authenticator, None
        else:
            yield authenticator, {name: fresh}


@transaction.atomic
def keep(authenticator: Authenticator, changed: dict[str, Any]) -> None:
    """Store these fields of its data. What was used meanwhile stays used."""
    locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    locked.data |= changed
    locked.save(update_fields=["data"])
