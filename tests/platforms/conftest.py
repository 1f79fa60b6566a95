from __future__ import annotations

from collections.abc import Iterator

import pytest

from platforms.base import Credentials
from platforms.facebook import Facebook
from platforms.x import X
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
