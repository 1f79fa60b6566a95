"""Gate 5, with the sandbox's real answers."""

from __future__ import annotations

import itertools

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import logins
from accounts.models import Channel
from accounts.provisioning import evidence, identity, signing
from platforms.base import Credentials, Profile
from tests.accounts.conftest import World
from tests.accounts.provisioning.conftest import Office
from tests.platforms.control import tell

pytestmark = pytest.mark.django_db
NUMBERS = itertools.count(1)
BIO = (
    "Your Safer Neighbourhoods team. Not for reporting crime: call 101, or 999 in an emergency. Rules: met.police.uk/r"
)


def profile(**change: object) -> Profile:
    said = {
        "external_id": "1", "handle": "MPSHackneyWick", "name": "Hackney Wick Police", "bio": BIO,
        "links": ("https://www.met.police.uk/rules",), "has_picture": True,
    }  # fmt: skip
    return Profile(**{**said, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, []),
        ({"name": "PC Wyn of Hackney Wick"}, ["Display name"]),
        ({"handle": "MPSHomerton"}, ["Handle"]),
        ({"handle": ""}, ["Handle"]),
        ({"bio": ""}, ["Bio", "Not for reporting crime", "999 and 101"]),
        ({"bio": BIO.replace("Not for", "Please use this for")}, ["Not for reporting crime"]),
        ({"bio": BIO.replace("999", "112")}, ["999 and 101"]),
        ({"bio": "Please don’t report crimes here. 101, or 999 now. House rules below."}, []),
        ({"links": ("https://met.police.uk.example.org/rules",)}, ["House rules"]),
        ({"links": ()}, ["House rules"]),
        ({"has_picture": False}, ["Picture"]),
    ],
)
def test_the_rule_names_what_is_missing(office: Office, change: dict[str, object], missing: list[str]) -> None:
    found = identity.findings(profile(**change), office.apply().channel)
    assert [one["name"] for one in found if not one["good"]] == missing


@pytest.mark.parametrize("network", Channel.Network.values)
def test_the_gate_opens_once_the_network_shows_what_the_rule_asks_for(
    office: Office, world: World, network: str
) -> None:
    handle, now = f"MPSHackneyWick{next(NUMBERS)}"[-15:], timezone.now()
    asked = office.apply(network=network, handle=handle)
    office.sign(asked, "need")
    assert "not connected" in evidence.missing(identity.PART.look(asked, now))[0]
    account = world.account(network, handle, "Hackney Wick Police")
    minted = tell(world.running, "tokens", {"network": network, "account": account, "kind": "oauth1"})
    login = Credentials(minted["kind"], minted["token"], minted.get("secret", ""))
    found = logins.speak(asked.channel, login, handle=handle, external_id=account).verify()
    channel = logins.keep_credentials(
        channel=asked.channel, identity=found, credentials=login, by=office.cast.sam, now=now
    )
    asked.channel = channel
    seen = identity.check(channel=channel, by=office.cast.sam, now=now)
    assert not seen.is_good
    with pytest.raises(ValidationError, match="The bio is empty"):
        signing.sign(
            application=asked, seat="identity", evidence="Seen.", parts=(identity.PART,), by=office.cast.sam, now=now
        )
    shown = {"about": BIO, "link": "https://www.met.police.uk/rules", "picture": True}
    tell(world.running, f"accounts/{account}", shown)
    good = identity.check(channel=channel, by=office.cast.sam, now=now)
    assert good.is_good, good.findings
    signing.sign(
        application=asked, seat="identity", evidence="Seen.", parts=(identity.PART,), by=office.cast.sam, now=now
    )
    assert Channel.objects.get(pk=channel.pk).unpaid_looks == 2
