from __future__ import annotations

from collections.abc import Iterator

import pytest

from platforms.base import Credentials
from platforms.facebook import Facebook
from platforms.x import X
from sandbox.launch import Running, start
from tests.platforms.wire import Wire

X_LOGIN = Credentials("oauth1", "42-sbx_token", "sbx_secret")
PAGE_LOGIN = Credentials("page", "sbx_page")
PAGE = "615"


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    yield wire
    wire.close()


@pytest.fixture
def x(wire: Wire) -> X:
    return X(wire.config, X_LOGIN, handle="NorthWard")


@pytest.fixture
def page(wire: Wire) -> Facebook:
    return Facebook(wire.config, PAGE_LOGIN, external_id=PAGE)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sandbox, one for all tests of a worker; each test makes an account of its own there."""
    with start(tmp_path_factory.mktemp("sandbox")) as running:
        yield running
