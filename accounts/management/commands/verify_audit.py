"""Prove the audit's chain, or name the first entry that breaks it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from accounts.sealing import Proof, prove


class Command(BaseCommand):
    help = "Prove that no sealed audit entry was changed or removed. Exit status 1 when one was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print one line of JSON.")
        parser.add_argument("--head", default="", help="A digest written down earlier; it must still be in the chain.")

    def handle(self, *args: Any, **options: Any) -> None:
        proof = prove(expected_head=options["head"])
        self.stdout.write(json.dumps(_facts(proof)) if options["json"] else _words(proof))
        if proof.unsealed:
            self.stderr.write(_loose(proof.unsealed))
        if not proof.ok:
            raise SystemExit(1)


def _facts(proof: Proof) -> dict[str, Any]:
    counts = {"ok": proof.ok, "entries": proof.entries, "sealed": proof.sealed, "unsealed": proof.unsealed}
    broken = asdict(proof.first_broken) if proof.first_broken else None
    return counts | {"head": proof.head, "first_broken": broken}


def _loose(unsealed: int) -> str:
    if unsealed == 1:
        return "1 entry is not sealed yet, so the chain does not prove it."
    return f"{unsealed} entries are not sealed yet, so the chain does not prove them."


def _words(proof: Proof) -> str:
    counts = f"{proof.entries} entries, {proof.sealed} sealed, {proof.unsealed} waiting for their seal."
    if proof.first_broken:
        return f"BROKEN at entry {proof.first_broken.entry}: {proof.first_broken.why} {counts}"
    return f"The chain holds. {counts} Head: {proof.head}"
