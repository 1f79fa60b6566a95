"""The door that gunicorn opens."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from policy import check

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smconsole.settings")
application = get_wsgi_application()
check.get_ready()
# What is loaded by now stays: left alone, each full collection walks all of it, while somebody waits for an answer.
gc.collect()
gc.freeze()
