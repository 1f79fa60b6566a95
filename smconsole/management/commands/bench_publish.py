"""`manage.py bench_publish`: how fast and how late, beside the bare clients and the sandbox alone."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smconsole.preparation import say
from smconsole.proving import bench
from smconsole.proving.ground import Broken
from smconsole.proving.stores import Unusable


class Command(BaseCommand):
    help = (
        "N posts due at the same second, published by real workers on a database and a broker of their own to a "
        "sandbox that answers after L ms. raw: the same two clients posting the same at the same concurrency, alone; "
        "sandbox_posts_per_s: what the sandbox takes from requests that were signed beforehand."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--posts", type=int, default=200)
        parser.add_argument("--channels", type=int, default=100)
        parser.add_argument("--latency-ms", type=int, default=20, help="of the sandbox's answers")
        parser.add_argument("--workers", type=int, default=2, help="processes that send, one request at a time each")
        parser.add_argument("--over-s", type=float, default=0.0, help="spread the posts over so many seconds instead")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = {name: options[name] for name in ("posts", "channels", "latency_ms", "workers", "over_s")}
        if min(numbers["posts"], numbers["channels"], numbers["workers"]) < 1 or numbers["latency_ms"] < 0:
            raise CommandError("At least one post, one channel and one worker.")
        try:
            found = bench.run(bench.Order(**numbers), say)
        except (Broken, Unusable, FileNotFoundError) as sorry:
            raise CommandError(str(sorry)) from None
        if options["json"]:
            print(json.dumps(found), flush=True)
        else:
            print("\n".join(f"{name:20} {value}" for name, value in found.items()), flush=True)
