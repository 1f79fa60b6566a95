"""What stands in the log after an expected refusal, and after a bug."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from accounts.models import User
from platforms.redaction import RedactSecrets
from smconsole.refusals import Brief
from smconsole.urls import urlpatterns as console
from tests.conftest import Cast


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Not yours.")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("Odd.")


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("refused/", refused),
    path("suspicious/", suspicious),
    path("broken/", broken),
    path("", include(console)),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console's own handler writes."""
    ours = next(
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler) and any(isinstance(f, RedactSecrets) for f in handler.filters)
    )
    before = ours.setStream(io.StringIO())
    next(rule for rule in ours.filters if isinstance(rule, Brief)).last_unready = 0.0
    yield ours.stream
    if before is not None:
        ours.setStream(before)


@pytest.fixture
def ada(cast: Cast, client_for: Callable[[User], Client]) -> Client:
    client = client_for(cast.ada)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(("address", "status"), [("/refused/", 403), ("/suspicious/", 400), ("/missing/", 404)])
def test_an_expected_refusal_is_one_line(ada: Client, log: io.StringIO, address: str, status: int) -> None:
    assert ada.get(address).status_code == status
    assert len(log.getvalue().splitlines()) == 1, log.getvalue()


def test_a_bug_keeps_its_traceback(ada: Client, log: io.StringIO) -> None:
    assert ada.get("/broken/").status_code == 500
    assert "Traceback" in log.getvalue() and "ZeroDivisionError" in log.getvalue()


def test_not_ready_yet_is_one_warning_however_often_it_is_asked(log: io.StringIO) -> None:
    for _ in range(5):
        assert Client().get("/readyz").status_code == 503
    (line,) = log.getvalue().splitlines()
    assert "WARNING django.request Service Unavailable: /readyz" in line
