"""Teach layer 1 from the corpus. Needs the development requirements."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from policy import learning
from policy.gate import WEIGHTS


class Command(BaseCommand):
    help = (
        "Teach layer 1 from policy/corpus: measure it on authors it has not met, choose its threshold, and write "
        "policy/gate_weights.json. The same corpus gives the same file. Needs the development requirements."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; exit status 1 if it would change.")

    def handle(self, *args: Any, **options: Any) -> None:
        before = WEIGHTS.read_text(encoding="utf-8") if WEIGHTS.exists() else ""
        lines = learning.corpus()
        scores = learning.scores_of_strangers(lines)
        for routed in (0.10, 0.15, 0.20, 0.25):
            at = learning.threshold(lines, scores, routed)
            found = learning.recall(lines, scores, at)
            self.stdout.write(f"{routed:.0%} of ordinary posts routed: {found:.1%} of the others found")
        text = learning.written(learning.learn(lines), learning.threshold(lines, scores))
        if options["check"] and text != before:
            self.stderr.write("The weights that ship are not those of the corpus. Run train_gate without --check.")
            raise SystemExit(1)
        if not options["check"]:
            WEIGHTS.write_text(text, encoding="utf-8")
            self.stdout.write(f"{len(lines)} lines read, {WEIGHTS.name} written.")
