"""Celery is the clock and the muscle; the rows are the queue (docs/decisions/0002)."""

from __future__ import annotations

import gc
import os
import time
from functools import partial
from typing import Any

from celery import Celery, Task
from celery.bootsteps import Step
from django.db import connections

from accounts import ticking
from policy import check

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smconsole.settings")


# A connection that answered so many seconds ago is taken to answer still: in a burst nobody asks before each task.
TRUSTED_FOR = 2.0


class Steady(Task):
    """Keeps the database's connection from task to task; one that is old or broken is closed before the next begins.

    With its beginning, the row that it was sent for may be told of again.
    """

    asked_at = float("-inf")

    def before_start(self, task_id: str, args: Any, kwargs: Any) -> None:
        lately = time.monotonic() - Steady.asked_at < TRUSTED_FOR
        for connection in connections.all(initialized_only=True):
            in_use = connection.in_atomic_block  # then it belongs to whoever called the task in place
            a_file = connection.vendor == "sqlite" and not connection.errors_occurred  # no server to lose: stays open
            if not in_use and not a_file:
                connection.close_if_unusable_or_obsolete()
                connection.health_check_done = lately
        if not lately:
            Steady.asked_at = time.monotonic()
        ticking.begun(self, self.request.headers)

    def apply_async(self, *args: Any, headers: dict[str, Any] | None = None, **options: Any) -> Any:
        """None, and nothing is sent, where a stroke of the clock for this task waits still."""
        send = partial(super().apply_async, *args, headers=headers, **options)
        return ticking.send_stroke(self, headers, send)


app = Celery("smconsole", task_cls=Steady)
app.config_from_object("django.conf:settings", namespace="CELERY")
# Celery would close it after every task, and opening one costs a third of what a task costs.
app.conf["CELERY_DB_REUSE_MAX"] = 10**9
app.autodiscover_tasks()


class GetReady(Step):
    """Before the pool forks: the word lists are built once, and left alone by the collector."""

    def create(self, parent: Any) -> None:
        check.get_ready()
        gc.collect()
        gc.freeze()


app.steps["worker"].add(GetReady)
