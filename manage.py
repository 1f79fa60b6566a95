#!/usr/bin/env python3
"""`python3 manage.py demo` and `python3 manage.py test` need Python 3.11 and nothing else of ours."""

import os
import sys

from smconsole import preparation

if __name__ == "__main__":
    preparation.prepare(sys.argv[1:])

# Only now: before this line the packages may not have been there.
from django.core.management import execute_from_command_line

from policy.management.commands import bench_policy, check_posts
from smconsole.first_look import supply_database
from smconsole.management.commands import bench_publish, chaos, demo, test

# The first four choose the environment that the settings read; the others need no database and no settings.
BEFORE_SETTINGS = {
    "bench_publish": bench_publish.Command,
    "chaos": chaos.Command,
    "demo": demo.Command,
    "test": test.Command,
    "check_posts": check_posts.Command,
    "bench_policy": bench_policy.Command,
}


def main(argv: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smconsole.settings")
    early = BEFORE_SETTINGS.get(argv[1]) if len(argv) > 1 else None
    if early is None:
        supply_database(argv[1] if len(argv) > 1 else "")
        execute_from_command_line(argv)
    else:
        early().run_from_argv(argv)


if __name__ == "__main__":
    main(sys.argv)
