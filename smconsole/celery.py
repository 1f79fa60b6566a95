"""Celery is the clock and the muscle; the rows are the queue (docs/decisions/0002)."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smconsole.settings")

app = Celery("smconsole")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
