"""`manage.py chaos`: do dead workers and failing networks ever double or lose a post? Exit 1 when they do."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smconsole.preparation import say
from smconsole.proving import chaos
from smconsole.proving.ground import Broken
from smconsole.proving.stores import Unusable


class Command(BaseCommand):
    help = (
        "Publish through real workers that are killed at random, on a database and a broker of their own, to a sandbox "
        "that fails by a seed. live_once and live_twice are counted at the sandbox; lost: public and not said to be, "
        "said to be and not public, or never settled; review: a person must look; missed: not public, and its author "
        "was asked for a new time or new words. Exit 1 when live_twice or lost is not 0."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--posts", type=int, default=100)
        parser.add_argument("--channels", type=int, default=50)
        parser.add_argument("--kills", type=int, default=5, help="of workers, with -9")
        parser.add_argument("--faults", choices=["none", "mixed"], default="mixed")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        numbers = {name: options[name] for name in ("posts", "channels", "kills", "seed")}
        if min(numbers["posts"], numbers["channels"]) < 1 or numbers["kills"] < 0:
            raise CommandError("At least one post, one channel and no fewer than no kills.")
        try:
            found = chaos.run(chaos.Order(**numbers, mixed=options["faults"] == "mixed"), say)
        except (Broken, Unusable, FileNotFoundError) as sorry:
            raise CommandError(str(sorry)) from None
        if options["json"]:
            print(json.dumps(found), flush=True)
        else:
            print("\n".join(f"{name:12} {value}" for name, value in found.items()), flush=True)
        raise SystemExit(1 if found["live_twice"] or found["lost"] else 0)
