#!/usr/bin/env python3
"""`python3 manage.py demo` and `python3 manage.py test` need Python 3.11 and nothing else of ours."""

import gc
import os
import sys
from importlib import import_module

from smconsole import preparation

if __name__ == "__main__":
    preparation.prepare(sys.argv[1:])

# Only now: before this line the packages may not have been there.
from django.core.management import execute_from_command_line

from smconsole.first_look import supply_database

# The first four choose the environment that the settings read; the others need no database and no settings.
# By name: together they bring in a second's worth of packages that no other command needs.
BEFORE_SETTINGS = {
    "bench_publish": "smconsole",
    "chaos": "smconsole",
    "demo": "smconsole",
    "test": "smconsole",
    "check_posts": "policy",
    "bench_policy": "policy",
}


def main(argv: list[str]) -> None:
    gc.disable()  # what is loaded now stays: nothing of it is worth looking through
    try:
        _run(argv)
    finally:
        gc.enable()


def _run(argv: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smconsole.settings")
    name = argv[1] if len(argv) > 1 else ""
    if room := BEFORE_SETTINGS.get(name):
        command = import_module(f"{room}.management.commands.{name}").Command()
        gc.enable()
        command.run_from_argv(argv)
    else:
        supply_database(name)
        gc.freeze()
        gc.enable()
        execute_from_command_line(argv)


if __name__ == "__main__":
    main(sys.argv)
