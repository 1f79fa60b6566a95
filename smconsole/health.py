"""For whoever watches the machine: /healthz (alive), /readyz (able to do its job); /metrics, with a token."""

from __future__ import annotations

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from smconsole import meters, pulse
from smconsole.pulse import Sign

SECONDS = 2.0  # a broker that has not answered by then does not answer


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nothing of anybody else."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when posts would go out, else 503: `{"ready", "reasons", "signs": {name: {"problem", "age"}}}`.

    Ages are in seconds. Says nothing about people, channels, hosts or versions: anybody may ask.
    """
    signs = [_ask_database(), _ask_broker(), *_ask_pulse()]
    reasons = [sign.problem for sign in signs if sign.problem]
    answer = {
        "ready": not reasons,
        "reasons": reasons,
        "signs": {sign.name: {"problem": sign.problem, "age": sign.age} for sign in signs},
    }
    return JsonResponse(answer, status=503 if reasons else 200)


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for Prometheus, to who shows METRICS_TOKEN as a bearer. Without such a setting there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not constant_time_compare(shown, settings.METRICS_TOKEN):
        return HttpResponse("Show the token.\n", status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(meters.exposition(now=timezone.now()), content_type=CONTENT_TYPE_LATEST)


def _ask_database() -> Sign:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Sign("database", "The database does not answer.")
    return Sign("database")


def _ask_broker() -> Sign:
    broker = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    try:
        broker.ping()
    except redis.RedisError:
        return Sign("broker", "The broker does not answer.")
    finally:
        broker.close()
    return Sign("broker")


def _ask_pulse() -> list[Sign]:
    try:
        return pulse.read(now=timezone.now())
    except DatabaseError:
        return [
            Sign(pulse.BEAT, "The clock cannot be asked about."),
            Sign(pulse.WORKER, "Workers cannot be asked about."),
            Sign(pulse.QUEUE, "What is due cannot be asked about."),
        ]
