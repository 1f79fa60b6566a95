"""What allauth asks this house about second factors: where secrets are kept, and what a passkey is called."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils import timezone
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

from accounts import second_factor, vault
from accounts.models import User


class Sealed(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right, or it was used before. Wait for the next one and try again.",
        "cannot_delete_authenticator": "Your role needs a second factor, and this is the only one you have. "
        "Add another first.",
        "cannot_generate_recovery_codes": "Recovery codes come with a second factor. Set up an app or a passkey first.",
    }

    def encrypt(self, text: str) -> str:
        return vault.seal({"secret": text}).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Raises vault.Locked when none of today's keys opens it."""
        return str(vault.open(encrypted_text.encode("ascii"))["secret"])

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def build_totp_svg(self, url: str) -> str:
        """Inline, square and without an inline style, which the content policy would refuse."""
        code = QRCode(border=2)
        code.add_data(url)
        return str(code.make_image(image_factory=SvgPathImage).to_string(encoding="unicode"))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not second_factor.is_required() or not second_factor.is_last(authenticator):
            return True
        owner = User.objects.get(pk=authenticator.user_id)
        return not second_factor.must_have_one(owner, now=timezone.now())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "My passkey" if number == 1 else f"Passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "smconsole"}
