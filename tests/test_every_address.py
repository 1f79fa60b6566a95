"""Every address denies by default: nobody signed out sees more than the sign-in page and whether the console lives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# The last three to who shows a token, has a private address, or signs.
PUBLIC = {
    "account_login",
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "healthz",
    "readyz",
    "metrics",
    "publishing:feed",
    "facebook_hook",
}
SAMPLES = {
    "pk": 1,
    "post": 1,
    "code": "E05009376",
    "kind": "venue",
    "key": "surgery",
    "number": 1,
    "token": "x",
    "part": "law",
    "provider_id": "force",
    "rule": "DATE",
    "name": "slurs",
    "seat": "need",
    "move": "suspend",
    "form": "csv",
}


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every named address with sample arguments."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inside = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry.url_patterns, inside)
        else:
            names = entry.pattern.converters
            yield f"{space}{entry.name}", {name: SAMPLES[name] for name in names}


EVERY = [found for found in addresses(get_resolver().url_patterns) if found[0] not in PUBLIC]


def test_every_address_has_a_name() -> None:
    assert not [name for name, _ in EVERY if name.endswith(":None") or name == "None"]


@pytest.mark.parametrize(("name", "arguments"), EVERY, ids=[name for name, _ in EVERY])
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_signed_out_is_sent_to_the_sign_in_page(
    db: None, name: str, arguments: dict[str, object], method: str
) -> None:
    answer = getattr(Client(), method)(reverse(name, kwargs=arguments))
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(reverse("account_login"))
