"""Encrypt every stored login and second factor with the first of FERNET_KEYS, so that an older key can go."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor, vault
from accounts.models import Credential


class Command(BaseCommand):
    help = "Put the new key first in FERNET_KEYS and keep the old one; run this; then take the old one out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only try to open every login.")

    def handle(self, *args: Any, **options: Any) -> None:
        lost = 0
        credentials = list(Credential.objects.select_related("channel"))
        for credential in credentials:
            try:
                fresh = vault.reseal(credential.sealed)
            except vault.Locked:
                lost += 1
                self.stderr.write(f"No key opens the login of {credential.channel}: connect it again.")
                continue
            if not options["dry_run"]:
                # A login renewed meanwhile is under the first key already.
                Credential.objects.filter(pk=credential.pk, stored_at=credential.stored_at).update(sealed=fresh)
        self.stdout.write(f"{len(credentials) - lost} logins are under the first key.")
        for authenticator, fresh_data in second_factor.resealed():
            if fresh_data is None:
                lost += 1
                self.stderr.write(f"No key opens a second factor of {authenticator.user}: take it away from them.")
            elif not options["dry_run"]:
                second_factor.keep(authenticator, fresh_data)
        if lost:
            raise CommandError(f"{lost} could not be opened.")
