from django.apps import AppConfig

from smconsole.celery import app


class ConsoleConfig(AppConfig):
    name = "smconsole"
    # Wherever Django is set up, tasks find this application. Not in __init__, which must open without Celery.
    clock = app
