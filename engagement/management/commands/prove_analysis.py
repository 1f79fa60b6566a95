"""Measures how often the analysis cries wolf and how often its intervals hold a known truth."""

from __future__ import annotations

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from engagement import analyses

ALARMS, COVER = (0.03, 0.07), (0.93, 0.97)


class Command(BaseCommand):
    help = "False alarms at 5 per cent without an effect, and coverage of 95 per cent intervals with a known one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--draws", type=int, default=2000, help="tables without and as many with an effect")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *, draws: int, seed: int, **options: bool) -> None:
        proof = analyses.load("engagement.analysis.proof")
        rates = proof.prove(draws=draws, seed=seed, tell=lambda name: self.stderr.write(f"{name} …"))
        good = all(ALARMS[0] <= rate <= ALARMS[1] for rate in rates.alarms.values())
        good = good and all(COVER[0] <= rate <= COVER[1] for rate in rates.cover.values())
        said = {"draws": draws, "seed": seed, "false_alarms": rates.alarms, "coverage": rates.cover, "good": good}
        if options["json"]:
            self.stdout.write(json.dumps(said))
        else:
            for name, rate in rates.alarms.items():
                self.stdout.write(
                    f"{name}: {rate:.1%} false alarms, {rates.cover[name]:.1%} of intervals hold the truth"
                )
