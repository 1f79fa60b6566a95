"""`manage.py prove_hold`: does a hold stop everything that is claimed after it? Exit 1 when it does not."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smconsole.preparation import say
from smconsole.proving import stopping
from smconsole.proving.ground import Broken
from smconsole.proving.stores import Unusable


class Command(BaseCommand):
    help = (
        "Let posts fall due at one second, open a hold over the force at a random instant of the burst, and count what "
        "was sent although its claim came after the hold: with real workers, on a database and a broker of their own. "
        "inside: holds before which something was sent and after which something was claimed. Exit 1 when through is "
        "not 0, or when fewer than half of the holds fell inside, for then hardly anything was proved."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--posts", type=int, default=100, help="that fall due at one second, each in its lane")
        parser.add_argument("--instants", type=int, default=10, help="how many holds, each in a round of its own")
        parser.add_argument("--workers", type=int, default=2, help="of two processes each")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        numbers = {name: options[name] for name in ("posts", "instants", "workers", "seed")}
        if min(numbers["posts"], numbers["instants"], numbers["workers"]) < 1:
            raise CommandError("At least one post, one instant and one worker.")
        try:
            found = stopping.run(stopping.Order(**numbers), say)
        except (Broken, Unusable, FileNotFoundError) as sorry:
            raise CommandError(str(sorry)) from None
        if options["json"]:
            print(json.dumps(found), flush=True)
        else:
            print("\n".join(f"{name:12} {value}" for name, value in found.items()), flush=True)
        raise SystemExit(0 if stopping.proves(found) else 1)
