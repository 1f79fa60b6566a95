"""Doors: a person's second factor. allauth's views with our answers, audited and told to their owner."""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import second_factor, sessions
from accounts.middleware import KEPT
from accounts.models import User
from accounts.views_again import Resumes

APP, PASSKEY = "An authenticator app", "A passkey"
FRESH = "recovery_codes_fresh"  # in the session: shown a moment ago, not yet downloaded
LATER = "second_factor_later"


class Index(base.IndexView):
    """What this person has, what their role asks, and the way to what is missing."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, user = timezone.now(), self.request.user
        asked = second_factor.is_asked() and second_factor.must_have_one(user, now=now)
        found = super().get_context_data(**kwargs)
        codes_kept = found["authenticators"].get(Authenticator.Type.RECOVERY_CODES)
        return {
            **found,
            "asked": asked,
            "has_one": second_factor.has_one(user),
            "required": second_factor.is_required(),
            "codes_left": len(codes_kept.get_unused_codes()) if codes_kept else None,
        }


class Authenticate(base.AuthenticateView):
    """The second step of signing in."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _note_recovery(self.stage.login.user, getattr(form, "authenticator", None))
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        return _refused(super().form_invalid(form))


class Reauthenticate(Resumes, base.ReauthenticateView):
    def form_valid(self, form: Any) -> HttpResponse:
        _note_recovery(_user(self.request), form.authenticator)
        return super().form_valid(form)


class ActivateApp(totp.ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        user = _user(self.request)
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
            second_factor.spend(app, form.cleaned_data["code"])
            second_factor.note(user, "second_factor.added", what=APP, now=timezone.now())
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        return _refused(super().form_invalid(form))


class DeactivateApp(totp.DeactivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            _removed(self.request, APP)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        return _refused(super().form_invalid(form))


class AddPasskey(webauthn.AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "needs_a_name": _is_numbers(self.request)}

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            second_factor.note(_user(self.request), "second_factor.added", what=PASSKEY, now=timezone.now())
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        return _refused(super().form_invalid(form))


class RemovePasskey(webauthn.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = not get_adapter().can_delete_authenticator(self.object)
        return {**super().get_context_data(**kwargs), "passkey": self.object.wrap(), "kept": kept}

    def form_valid(self, form: Form) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            raise PermissionDenied(get_adapter().error_messages["cannot_delete_authenticator"])
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            _removed(self.request, PASSKEY)
        return answer


class PasskeyAgain(Resumes, webauthn.ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        return _refused(self.render_to_response(self.get_context_data(form=form)))


class RecoveryCodes(codes.ViewRecoveryCodesView):
    """Shown once; the file can be fetched once, straight afterwards."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        if found["can_view_codes"]:
            self.request.session[FRESH] = True
        return found


class NewRecoveryCodes(codes.GenerateRecoveryCodesView):
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            second_factor.note(_user(self.request), "second_factor.codes_made", what="Codes", now=timezone.now())
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        return _refused(super().form_invalid(form))


@require_POST
@never_cache
@reauthentication_required(app="allauth.mfa")
def recovery_file(request: HttpRequest) -> HttpResponse:
    if not request.session.pop(FRESH, False):
        raise PermissionDenied("Recovery codes can be downloaded once, right after they are made.")
    kept = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None:
        raise Http404
    lines = ["Recovery codes for smconsole. Each works once. Keep them away from your phone.", ""]
    answer = HttpResponse("\n".join([*lines, *kept.wrap().get_unused_codes(), ""]), content_type="text/plain")
    answer["Content-Disposition"] = 'attachment; filename="smconsole-recovery-codes.txt"'
    return answer


@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Not now, where it is only asked: Today does not show it again in this session."""
    request.session[LATER] = True
    messages.success(request, "All right. You find it under your name whenever you have two minutes.")
    return redirect("home")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _removed(request: HttpRequest, what: str) -> None:
    """Told and audited. Without any left, whoever else sits at a screen of theirs proves with a password who they are,
    and this session is asked again whether its role needs one."""
    user, now = _user(request), timezone.now()
    second_factor.note(user, "second_factor.removed", what=what, now=now)
    if not second_factor.has_one(user):
        request.session.pop(KEPT, None)
        here = request.session.session_key or ""
        sessions.end(user=user, by=user, reason="No second factor is left.", keep=here, now=now)


def _note_recovery(user: User, authenticator: Authenticator | None) -> None:
    if authenticator is None or authenticator.type != Authenticator.Type.RECOVERY_CODES:
        return
    left = len(Authenticator.objects.get(pk=authenticator.pk).wrap().get_unused_codes())
    what = "1 recovery code is" if left == 1 else f"{left} recovery codes are"
    second_factor.note(user, "second_factor.code_used", what=what, now=timezone.now())


def _refused(answer: Any) -> HttpResponse:
    answer.status_code = 422
    return answer  # type: ignore[no-any-return]


def _is_numbers(request: HttpRequest) -> bool:
    """Browsers keep passkeys for a name, never for an address of numbers."""
    try:
        ipaddress.ip_address(request.get_host().rpartition(":")[0].strip("[]") or request.get_host())
    except ValueError:
        return False
    return True
