"""What the clock strikes, and how often: each task only looks what is due and hands it out."""

from __future__ import annotations

import math
from typing import Any

from accounts import ticking
from smconsole.beat import WholeSeconds

# (what it is for, task, seconds)
STROKES = [
    ("tick", "smconsole.tasks.tick", 1.0),
    ("release due posts", "publishing.tasks.release_due", 1.0),
    ("look ahead of due posts", "publishing.tasks.look_ahead_due", 15.0),
    ("deliver due posts", "publishing.tasks.deliver_due", 1.0),
    ("settle what no worker did", "publishing.tasks.settle_overdue", 1.0),
    ("reconcile doubtful posts", "publishing.tasks.reconcile_due", 2.0),
    ("read published posts back", "publishing.tasks.prove_due", 10.0),
    ("expire approvals", "policy.tasks.expire_due", 30.0),
    ("ask again about what nobody answers", "policy.tasks.ask_again", 30.0),
    ("try proposed rules", "policy.tasks.try_proposals", 3.0),
    ("count how well the rules do", "policy.tasks.count_quality", 240.0),
    ("judge again what waits", "policy.tasks.judge_waiting", 5.0),
    ("make oversight reports", "engagement.tasks.make_reports", 2.0),
    ("collect numbers", "engagement.tasks.collect_due", 15.0),
    ("take the survey's files in", "engagement.tasks.take_survey_in", 2.0),
    ("answer questions to the figures", "engagement.tasks.answer_questions", 3.0),
    ("add numbers up", "engagement.tasks.fold", 20.0),
    ("count followers", "engagement.tasks.count_followers", 1800.0),
    ("plan insights", "engagement.tasks.plan_insights", 600.0),
    ("ask for insights", "engagement.tasks.insights_due", 60.0),
    ("ask for insights of Pages", "engagement.tasks.page_insights_due", 1800.0),
    ("forget raw answers", "engagement.tasks.forget_answers", 3600.0),
    ("find posts that nobody watches", "engagement.tasks.sweep", 21_600.0),
    ("seal the audit", "accounts.tasks.seal", 5.0),
    ("hand over what is due", "smconsole.tasks.hand_over_due", 10.0),
    ("end urgent appointments", "accounts.tasks.watch_urgent", 10.0),
    ("apply appointments", "accounts.tasks.apply_appointments", 20.0),
    ("compare rights with appointments", "accounts.tasks.watch_rights", 21_600.0),
    ("take down what must go", "publishing.tasks.take_down_due", 1.0),
    ("report on yesterday", "publishing.tasks.make_report", 300.0),
    ("count looks at accounts", "publishing.tasks.count_looks", 60.0),
    ("forget priced readings", "publishing.tasks.forget_reads", 3600.0),
    ("tell of appeals", "publishing.tasks.tell_appeals", 60.0),
    ("watch holds", "policy.tasks.watch_holds", 2.0),
    ("keep times and confirmations", "policy.tasks.keep_times", 30.0),
    ("keep channels", "accounts.tasks.keep_channels", 30.0),
    ("watch for silence", "publishing.tasks.watch_silence", 3600.0),
    ("keep training", "accounts.tasks.keep_training", 600.0),
    ("end revoked logins", "accounts.tasks.end_revoked", 2.0),
    ("forget ended sessions", "accounts.tasks.forget_sessions", 3600.0),
    ("mail notices", "accounts.tasks.mail_notices", 2.0),
    ("say urgent notices again", "accounts.tasks.say_again", 60.0),
    ("forget abandoned walks", "accounts.tasks.forget_abandoned", 300.0),
]


SLOW = 15  # seconds: a stroke that comes more seldom crowds nobody, so one that was lost is soon forgotten


def schedule(*, first: int, usual: int) -> dict[str, dict[str, Any]]:
    """Celery's beat_schedule. What strikes every second or two goes before the rest: priorities `first` and `usual`.

    A stroke that nobody took for five of its turns is worth nothing any more; while one waits, every other is left out.
    """
    return {
        name: {
            "task": task,
            "schedule": WholeSeconds(seconds) if task == "publishing.tasks.deliver_due" else seconds,
            "options": {
                "expires": max(seconds * 5, 5),
                "priority": first if seconds <= 2 else usual,
                "headers": {ticking.STROKE: math.ceil(min(2 * seconds, SLOW))},
            },
        }
        for name, task, seconds in STROKES
    }
