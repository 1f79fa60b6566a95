"""`manage.py demo`: the whole console on this machine, with invented people and a local X and Facebook."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smconsole import embedded
from smconsole.child import Program
from smconsole.embedded import Plan, PortTaken
from smconsole.folder import RUN, Folder, Unusable, fingerprint_of_migrations
from smconsole.preparation import ROOT, say
from smconsole.supervisor import Asked, CannotStart, Supervisor

SECONDS_TO_START, SECONDS_FOR_A_STEP = 60, 150
SEED, BEGUN, DONE = "seed", "begun", "1"


class Command(BaseCommand):
    help = "Run the whole console on this machine, with invented people and a local X and Facebook."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="of the console; 0 takes any free one")
        parser.add_argument("--data", type=Path, default=ROOT / ".demo", metavar="DIR", help="where everything is kept")
        parser.add_argument("--reset", action="store_true", help="empty that folder first")
        parser.add_argument("--json", action="store_true", help="print one line of JSON when everything answers")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Folder(options["data"])
        try:
            folder.claim()
            if options["reset"] or folder.is_stamped(SEED, BEGUN):
                folder.wipe()
            plan = embedded.plan(folder, options["port"])
        except (Unusable, PortTaken, FileNotFoundError) as sorry:
            raise CommandError(str(sorry)) from None
        try:
            run(plan, as_json=options["json"])
        except CannotStart as sorry:
            raise CommandError(f"{sorry}\n(the logs are in {folder.path / 'logs'})") from None


def run(plan: Plan, *, as_json: bool) -> None:
    """Start everything, announce it, look after it until told to stop, stop it in order. Raises CannotStart."""
    supervisor = Supervisor(plan.folder.path / "logs", _with_time(plan), held=[plan.folder.lock])
    supervisor.listen()
    supervisor.changed = lambda: plan.folder.write(RUN, facts(plan, supervisor))
    try:
        bring_up(plan, supervisor)
        announce(plan, as_json=as_json)
        supervisor.run()
    except Asked:
        pass
    finally:
        supervisor.say("Stopping …")
        supervisor.stop()
        supervisor.say("Stopped.")


def bring_up(plan: Plan, supervisor: Supervisor) -> None:
    """The ground (broker, sandbox), what the database lacks, then everybody else at the same time."""
    programs = embedded.programs(plan)
    ground = [program for program in programs if program.rank == embedded.GROUND]
    for program in ground:
        start(program, supervisor)
    supply(plan, supervisor, [program.name for program in ground])
    for program in programs:
        if program not in ground:
            start(program, supervisor)
    supervisor.wait_until_ready(supervisor.children, SECONDS_TO_START)
    supervisor.say("Everything answers.")


def start(program: Program, supervisor: Supervisor) -> None:
    supervisor.say(f"Starting {program.name}")
    supervisor.start(program)


def supply(plan: Plan, supervisor: Supervisor, ground: list[str]) -> None:
    """Migrate and seed, each only where its stamp is missing or old."""
    migrations = fingerprint_of_migrations()
    if not plan.folder.is_stamped("migrations", migrations):
        supervisor.say("Preparing the database")
        supervisor.run_once(embedded.step(plan, "migrate", "--no-input"), SECONDS_FOR_A_STEP)
        plan.folder.stamp("migrations", migrations)
    if not plan.folder.is_stamped(SEED, DONE):
        supervisor.wait_until_ready(ground, SECONDS_TO_START)
        supervisor.say("Telling the demonstration story")
        # A story broken off is not told on from the middle: the next start empties the folder and begins again.
        plan.folder.stamp(SEED, BEGUN)
        supervisor.run_once(embedded.step(plan, "seed_demo"), SECONDS_FOR_A_STEP)
        plan.folder.stamp(SEED, DONE)


def facts(plan: Plan, supervisor: Supervisor) -> dict[str, Any]:
    """What `run.json` tells about the running demo."""
    children = {name: child.pid for name, child in supervisor.children.items() if child.pid}
    where = {"url": plan.url, "sandbox_url": plan.sandbox_url, "sandbox_port": plan.sandbox_port}
    return {"pid": os.getpid(), **where, "children": children}


def announce(plan: Plan, *, as_json: bool) -> None:
    logins = plan.folder.logins()
    if as_json:
        found = {"url": plan.url, "sandbox_url": plan.sandbox_url, "pid": os.getpid(), "logins": logins}
        print(json.dumps(found), flush=True)
        return
    print(f"\nThe console:         {plan.url}\nWhat the public sees: {plan.sandbox_url}\n")
    width = [max([len(login[part]) for login in logins] + [0]) for part in ("role", "username")]
    for login in logins:
        print(f"  {login['role']:<{width[0]}}  {login['username']:<{width[1]}}  {login['password']}")
    print("\nCtrl-C stops everything.", flush=True)


def _with_time(plan: Plan) -> Any:
    return lambda sentence: say(f"[{time.monotonic() - plan.began:5.1f} s] {sentence}")
