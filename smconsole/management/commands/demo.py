"""`manage.py demo`: everything on this machine."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Run the whole console on this machine, with invented people and a local X and Facebook."
    requires_system_checks: list[str] = []
