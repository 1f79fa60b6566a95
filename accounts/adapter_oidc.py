"""Signing in with the force's own identity service (OpenID Connect): it says who somebody is, never what they may.

Only people whom the console knows come in. No role, team or right is ever read from a claim; a group may be demanded.
Nothing of what the service says is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone

from accounts import audit
from accounts.models import User

UNKNOWN = "Your force login is right, but this console does not know you. Ask your DMC administrator."
NOT_IN_GROUP = "Your force login is right, but it is not in the group that may use this console."
FAILED = "The force's sign-in did not answer as it should, so nothing was done. Try again, or use your password."


class Verified(OpenIDConnectOAuth2Adapter):
    """The signature of an id_token is looked at in every case, also over TLS from the service itself."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        decoded: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return decoded


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Always ends here: with a sign-in, or with a sentence on the sign-in page."""
        claims = sociallogin.account.extra_data.get("id_token") or {}
        if settings.OIDC_REQUIRED_GROUP and settings.OIDC_REQUIRED_GROUP not in _groups(claims):
            _refuse(request, NOT_IN_GROUP)
        user = known(claims) or (_made(claims) if settings.OIDC_CREATE_PEOPLE else None)
        if user is None:
            _refuse(request, UNKNOWN)
        record_authentication(request, user, "socialaccount", provider="oidc")
        way = sociallogin.get_redirect_url(request)
        raise ImmediateHttpResponse(perform_login(request, user, email_verification="none", redirect_url=way))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        _refuse(request, FAILED)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def known(claims: Mapping[str, Any]) -> User | None:
    """Whom the claims name: by the staff number where a claim is set for it, else by an e-mail that the service has
    verified and that one person alone has.
    """
    name = settings.OIDC_STAFF_NUMBER_CLAIM
    if name:
        number = str(claims.get(name) or "")
        return User.objects.filter(username=number, is_active=True).first() if number else None
    email = str(claims.get("email") or "")
    if not email or claims.get("email_verified") is not True:
        return None
    found = list(User.objects.filter(email__iexact=email, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def _made(claims: Mapping[str, Any]) -> User | None:
    """A person without any appointment, where the setting says so. None without a name that is free."""
    username = str(claims.get(settings.OIDC_STAFF_NUMBER_CLAIM or "preferred_username") or "")
    if not username or User.objects.filter(username__iexact=username).exists():
        return None
    verified = claims.get("email_verified") is True
    made = User(
        username=username[:150],
        first_name=str(claims.get("given_name") or "")[:150],
        last_name=str(claims.get("family_name") or "")[:150],
        email=str(claims.get("email") or "") if verified else "",
    )
    made.set_unusable_password()
    made.save()
    audit.record(None, "person.made_at_sign_in", made, now=timezone.now())
    return made


def _groups(claims: Mapping[str, Any]) -> list[str]:
    groups = claims.get(settings.OIDC_GROUPS_CLAIM) or []
    return [groups] if isinstance(groups, str) else [str(group) for group in groups]


def _refuse(request: HttpRequest, sentence: str) -> NoReturn:
    messages.error(request, sentence)
    raise ImmediateHttpResponse(redirect("account_login"))
