"""The console around the rooms: settings, the clock, the addresses, the front door."""

from smconsole.celery import app as celery_app

__all__ = ["celery_app"]
