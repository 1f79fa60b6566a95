"""Fills an empty console with the demonstration."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Team, User
from smconsole.demonstration import figures, questions, stage
from smconsole.demonstration.simulation import Simulation
from smconsole.demonstration.story import Story


class Command(BaseCommand):
    help = "Fill an empty console with demonstration data, connected to a running sandbox."

    def handle(self, **options: object) -> None:
        if User.objects.exists():
            raise CommandError("This console already has people in it. The demonstration needs an empty one.")
        try:
            simulation = Simulation(settings.PLATFORMS)
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        now = timezone.now()
        stage.build(simulation, now=now)
        figures.write(list(Team.objects.filter(kind=Team.Kind.BOROUGH)), now=now)
        questions.write(now=now)
        Story(simulation, now=now).tell()
        (settings.DATA_DIR / "logins.json").write_text(json.dumps(stage.logins_to_print(), indent=1))
        for login in stage.logins_to_print():
            self.stdout.write(f"{login['role']}: {login['username']} / {login['password']}")
