"""Gate 5 by rule: what the public sees of the account, asked of the network itself.

The rule asks for words that any reader understands; a banner and the tone of a bio stay a person's judgement.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit, logins, naming
from accounts.models import Application, Channel, ProfileCheck, User
from accounts.provisioning.evidence import Known, Part
from platforms.base import Profile

# A look older than this says nothing of today.
LASTS = timedelta(days=7)
OFFICIAL = ("police.uk", "gov.uk")
_NOT_HERE = re.compile(
    r"\b(not|never|do not|don[’']?t|can[’']?t|cannot)\b[^.!?]{0,40}\breport(ing|s)?\b[^.!?]{0,20}\bcrimes?\b"
    r"|\bcrimes?\b[^.!?]{0,30}\b(not|never)\b[^.!?]{0,20}\breport",
    re.IGNORECASE,
)
_RULES = re.compile(r"\b(house |community )?(rules|guidelines|standards)\b", re.IGNORECASE)


def findings(profile: Profile, channel: Channel) -> list[dict[str, object]]:
    """Item by item: [{"name", "good", "words"}]."""
    bio = profile.bio
    wrong = (
        naming.problems(profile.handle, channel.team, without=channel)
        if profile.handle
        else ["It has no short name yet."]
    )
    checks = [
        ("Handle", not wrong, f"@{profile.handle}" if not wrong else " ".join(wrong)),
        _name(profile, channel),
        ("Bio", len(bio.strip()) >= 20, "It says who speaks" if bio.strip() else "The bio is empty"),
        ("Not for reporting crime", bool(_NOT_HERE.search(bio)), "It says that crime is not reported here"),
        ("999 and 101", _numbers(bio), "It says when to call 999 and when 101"),
        ("House rules", _links_to_rules(profile), "It leads to the house rules on an official site"),
        ("Picture", profile.has_picture, "It shows a picture of its own"),
    ]
    return [{"name": name, "good": good, "words": words} for name, good, words in checks]


def may_look(user: User, channel: Channel) -> bool:
    """Whether this person may ask the network for a channel's public profile."""
    return any(user.has_perm(f"accounts.{perm}", channel.team) for perm in ("provision", "keep_security"))


def check(*, channel: Channel, by: User, now: datetime) -> ProfileCheck:
    """Read the public profile and keep what was found. No transaction is open while the network is asked.

    Raises PermissionDenied; platforms.errors when the network does not answer, or no longer accepts the login.
    """
    if not may_look(by, channel):
        raise PermissionDenied("The DMC’s administrator or information security looks at a profile.")
    profile = logins.read_profile(channel, now=now)
    found = findings(profile, channel)
    with transaction.atomic():
        made = ProfileCheck.objects.create(channel=channel, profile=asdict(profile), findings=found, by=by, at=now)
        missing = [str(one["name"]) for one in found if not one["good"]]
        audit.record(by, "channel.profile_checked", channel, now=now, missing=missing)
    return made


def _look(application: Application, now: datetime) -> list[Known]:
    channel = application.channel
    if channel.state != Channel.State.LIVE:
        return [Known(f"It is not connected to {channel.get_network_display()} yet", good=False)]
    latest = channel.profile_checks.first()
    if latest is None or latest.at < now - LASTS:
        return [Known("Its public profile has not been looked at in the last seven days", good=False)]
    return [Known(f"{one['name']}: {one['words']}", good=bool(one["good"])) for one in latest.findings]


PART = Part(5, _look)


def _name(profile: Profile, channel: Channel) -> tuple[str, bool, str]:
    wanted = naming.suggest_name(channel.team)
    right = profile.name.casefold() == wanted.casefold()
    return "Display name", right, f"“{profile.name}”" if right else f"“{profile.name}”, and should be “{wanted}”"


def _numbers(bio: str) -> bool:
    return bool(re.search(r"\b999\b", bio) and re.search(r"\b101\b", bio))


def _links_to_rules(profile: Profile) -> bool:
    official = [link for link in profile.links if _is_official(link)]
    return bool(official) and any(_RULES.search(words.replace("-", " ")) for words in (profile.bio, *official))


def _is_official(link: str) -> bool:
    host = urlsplit(link if "://" in link else f"https://{link}").hostname or ""
    return any(host == one or host.endswith(f".{one}") for one in OFFICIAL)
