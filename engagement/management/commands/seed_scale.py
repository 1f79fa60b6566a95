"""`manage.py seed_scale`: a force's years of posts in an empty database, for measuring."""

from __future__ import annotations

import json
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import Team, User
from engagement import rollups
from engagement.scale import filling, force, shape
from posts.models import Post


class Command(BaseCommand):
    help = (
        "Fill an empty database with invented wards, posts that went out and heavy-tailed numbers (domain.md D.6), for "
        "measuring. Refuses a database with anything in it, and a console that is set up for the real networks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--channels", type=int, default=1400)
        parser.add_argument("--posts", type=int, default=1_000_000)
        parser.add_argument("--days", type=int, default=1095, help="over how many days until now the posts went out")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--force", action="store_true", help="although the real networks are set up; never when full"
        )
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_what_is_in_use(forced=options["force"])
        if options["channels"] < 2 or options["posts"] < 1 or options["days"] < 1:
            raise CommandError("At least two channels, one post and one day.")
        begun, now = time.monotonic(), timezone.now()
        self._say(f"Building {options['channels'] // 2:,} wards with two channels each")
        people = force.build(channels=options["channels"], now=now)
        sweep = filling.sweep(people, posts=options["posts"], days=options["days"], now=now, seed=options["seed"])
        for posts in sweep.run():
            if posts % 100_000 == 0 or posts == options["posts"]:
                self._say(f"{posts:,} posts after {time.monotonic() - begun:.0f} s")
        filled = time.monotonic() - begun
        days = sum(1 for _ in rollups.rebuild(now=now))
        self._say(f"{days:,} days added up after {time.monotonic() - begun:.0f} s")
        found = {
            "channels": 2 * len(people.wards),
            "posts": sweep.made.posts,
            "deliveries": sweep.made.deliveries,
            "snapshots": sweep.made.snapshots,
            "days": days,
            "fill_s": round(filled, 1),
            "rollup_s": round(time.monotonic() - begun - filled, 1),
            **shape.described(sweep.made.kept),
        }
        self.stdout.write(json.dumps(found) if options["json"] else "\n".join(f"{k:20} {v}" for k, v in found.items()))

    def _refuse_what_is_in_use(self, *, forced: bool) -> None:
        if Post.objects.exists() or Team.objects.exists() or User.objects.exists():
            raise CommandError(
                "This database already holds teams, people or posts. Give it an empty one: nothing was changed."
            )
        if not settings.PLATFORMS.sandboxed and not forced:
            raise CommandError(
                "This console is set up for the real networks. Point X_API_BASE_URL, X_WWW_BASE_URL, "
                "FACEBOOK_GRAPH_BASE_URL and FACEBOOK_WWW_BASE_URL at a sandbox, or say --force: nothing was changed."
            )

    def _say(self, words: str) -> None:
        self.stderr.write(words)
