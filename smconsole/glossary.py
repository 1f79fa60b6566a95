"""One word, one colour and one shape for every state, the same everywhere (see docs/pages.md)."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Model

from accounts.models import Channel
from posts.models import Post
from publishing.models import Delivery


class Sign(NamedTuple):
    """How a state is shown. colour: a `console-tag--…` class; shape: an icon's name."""

    words: str
    colour: str
    shape: str


# fmt: off
GLOSSARY: dict[tuple[type[Model], str], Sign] = {
    (Post, Post.State.DRAFT):                Sign("Draft",                "grey",      "pencil"),
    (Post, Post.State.IN_REVIEW):            Sign("Waiting for review",   "blue",      "clock"),
    (Post, Post.State.APPROVED):             Sign("Approved",             "turquoise", "tick"),
    (Post, Post.State.RELEASED):             Sign("Going out",            "purple",    "arrow"),
    (Post, Post.State.SENT):                 Sign("Sent",                 "green",     "dot"),
    (Delivery, Delivery.State.WAITING):      Sign("Waiting for its time", "blue",      "clock"),
    (Delivery, Delivery.State.SENDING):      Sign("Going out",            "purple",    "arrow"),
    (Delivery, Delivery.State.PUBLISHED):    Sign("Live",                 "green",     "dot"),
    (Delivery, Delivery.State.UNCONFIRMED):  Sign("We are checking",      "orange",    "eye"),
    (Delivery, Delivery.State.FAILED):       Sign("Refused",              "red",       "cross"),
    (Delivery, Delivery.State.MISSED):       Sign("Missed its time",      "red",       "cross"),
    (Delivery, Delivery.State.CANCELLED):    Sign("Cancelled",            "grey",      "stop"),
    (Delivery, Delivery.State.TAKING_DOWN):  Sign("Being taken down",     "orange",    "alarm"),
    (Delivery, Delivery.State.TAKEN_DOWN):   Sign("Taken down",           "grey",      "cross"),
    (Channel, Channel.State.NEW):            Sign("Not connected",        "grey",      "stop"),
    (Channel, Channel.State.LIVE):           Sign("Connected",            "green",     "dot"),
    (Channel, Channel.State.BROKEN):         Sign("Needs reconnecting",   "red",       "alarm"),
    (Channel, Channel.State.CLOSED):         Sign("Closed",               "grey",      "stop"),
}
# Where a channel is in its life says more than that its login works.
LIVES: dict[str, Sign] = {
    Channel.Life.APPLIED:                    Sign("Applied for",          "blue",      "clock"),
    Channel.Life.PREPARING:                  Sign("Being made ready",     "blue",      "clock"),
    Channel.Life.DORMANT:                    Sign("Dormant",              "grey",      "stop"),
    Channel.Life.HANDOVER:                   Sign("Being handed over",    "purple",    "arrow"),
    Channel.Life.SUSPENDED:                  Sign("Suspended",            "red",       "stop"),
    Channel.Life.COMPROMISED:                Sign("Compromised",          "red",       "alarm"),
    Channel.Life.CLOSING:                    Sign("Closing",              "orange",    "clock"),
    Channel.Life.CLOSED:                     Sign("Closed",               "grey",      "stop"),
    Channel.Life.REFUSED:                    Sign("Not granted",          "grey",      "cross"),
}
# fmt: on


def sign_of(row: Model) -> Sign:
    """How `row.state` is shown. A state without an entry is a bug: KeyError."""
    if isinstance(row, Channel):
        return sign_of_channel(row)
    return GLOSSARY[type(row), row.state]  # type: ignore[attr-defined]


def sign_of_channel(channel: Channel) -> Sign:
    """A login that no longer works is said before everything else, but that the channel is stopped or over."""
    dead = channel.state == Channel.State.BROKEN and channel.life not in (*Channel.STOPPED, *Channel.OVER)
    if dead or channel.life not in LIVES:
        return GLOSSARY[Channel, channel.state]
    return LIVES[channel.life]
