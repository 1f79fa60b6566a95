"""What the policy says of one text, for one channel."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from policy import check, voices
from policy.check import Judgement
from policy.questions import Question, Unclear, as_json, moment, situation
from policy.route_table import Route
from policy.routing import route_of

_GOES = {
    Route.NONE: "A trusted author may publish this.",
    Route.MENTOR: "A mentor should see this, unless its author declares that nobody can be harmed.",
    Route.DMC: "The DMC decides.",
    Route.DMC_SECOND: "The DMC decides, two people together.",
    Route.BLOCKED: "This must change before it can go anywhere.",
}


class Command(BaseCommand):
    help = "Read a text from standard input and say what the policy finds in it. Nothing is written or sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--channel", required=True, metavar="HANDLE", help="The registered channel that speaks.")
        parser.add_argument("--at", default="", metavar="ISO8601", help="As of this moment; now, if left out.")
        parser.add_argument("--json", action="store_true", help="Print one line of JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace").removesuffix("\n")
        try:
            at = moment(options["at"]) if options["at"] else timezone.now()
            context, network = voices.world(options["channel"], "", at)
            judgement = check.judge(*situation(Question(text), context, network))
        except Unclear as why:
            raise CommandError(str(why)) from None
        self.stdout.write(json.dumps(as_json(judgement)) if options["json"] else _words(judgement))


def _words(judgement: Judgement) -> str:
    lines = []
    for finding in judgement.findings:
        words = ", ".join(dict.fromkeys(f"“{span.words}”" for span in finding.spans))
        lines.append(f"{finding.severity.value} {finding.rule}: {finding.message}{f' ({words})' if words else ''}")
    return "\n".join([*lines, _GOES[route_of(judgement)]])
