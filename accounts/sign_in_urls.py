"""Sign-in pages by django-allauth, only those we use."""

from __future__ import annotations

from allauth.account import views
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from accounts import views_oidc
from accounts import views_second_factor as own
from accounts.views_again import PasswordAgain

urlpatterns = [
    path("", views.login, name="account_login"),
    path("out/", views.logout, name="account_logout"),
    path("password/", views.password_change, name="account_change_password"),
    path("again/", PasswordAgain.as_view(), name="account_reauthenticate"),
    path("passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("with/<slug:provider_id>/", views_oidc.leave, name="openid_connect_login"),
    path("with/<slug:provider_id>/back/", views_oidc.back, name="openid_connect_callback"),
    path("second-factor/", own.Index.as_view(), name="mfa_index"),
    path("second-factor/code/", own.Authenticate.as_view(), name="mfa_authenticate"),
    path("second-factor/again/", own.Reauthenticate.as_view(), name="mfa_reauthenticate"),
    path("second-factor/later/", own.later, name="second_factor_later"),
    path("second-factor/app/", own.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("second-factor/app/remove/", own.DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("second-factor/passkeys/add/", own.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("second-factor/passkeys/again/", own.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("second-factor/passkeys/<int:pk>/remove/", own.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("second-factor/codes/", own.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", own.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("second-factor/codes/file/", own.recovery_file, name="mfa_download_recovery_codes"),
]
