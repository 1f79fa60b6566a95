"""What every template may say: states, moments, counts, networks, icons and posts as the public will see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, Literal

from django import template
from django.db.models import Model
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Channel, User
from posts.models import Version
from smconsole import glossary, icons, moments, previews

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decoration beside words, hidden from screen readers. Names: `smconsole/icons.py`."""
    return format_html(
        '<svg class="console-icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        " console-icon--filled" if name in icons.FILLED else "",
        icons.PATHS[name],
    )


@register.inclusion_tag("_tag.html")
def state_tag(row: Model) -> dict[str, str]:
    """The state of a Post, Delivery or Channel in words, colour and shape."""
    return glossary.sign_of(row)._asdict()


@register.inclusion_tag("_tag.html")
def tag(words: str, colour: str = "grey", shape: str = "") -> dict[str, str]:
    """A tag for what is no state. Colours: grey blue turquoise purple green orange red."""
    return {"words": words, "colour": colour, "shape": shape}


@register.filter(name="when")
def when_said(moment: datetime | None, now: datetime | None = None) -> str | SafeString:
    """<time> in London words, the exact instant on hover: "today 14:00 (in 20 minutes)". Nothing for None."""
    if moment is None:
        return ""
    return _time(moment, moments.say(moment, now or timezone.now()))


@register.filter
def clock(moment: datetime | None) -> str | SafeString:
    """<time> with the time of day alone: "14:00"."""
    return "" if moment is None else _time(moment, moments.clock(moment))


@register.filter
def age(moment: datetime | None, now: datetime | None = None) -> str | SafeString:
    """<time> with how long ago it was: "25 minutes"."""
    return "" if moment is None else _time(moment, moments.age(moment, now or timezone.now()))


def _time(moment: datetime, words: str) -> SafeString:
    local = moment.astimezone(moments.LONDON)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), moments.exact(moment), words
    )


@register.filter
def count(number: int | None) -> str | SafeString:
    """1,234. What is not known is never shown as zero."""
    if number is None:
        return format_html('<span class="console-unknown">{}</span>', "not known yet")
    return f"{number:,}"


@register.simple_tag
def network_mark(channel: Channel) -> SafeString:
    """The network's name with a plain letter in a shape; never a logo."""
    return _mark(channel.network, channel.get_network_display())


@cache
def _mark(network: str, name: str) -> SafeString:
    """Kept, and no template of its own: a page of the whole force shows 1,400 of them."""
    return format_html(
        '<span class="console-network console-network--{}"><span class="console-network__shape" aria-hidden="true">'
        '{}</span><span class="console-network__name">{}</span></span>',
        network,
        "x" if network == Channel.Network.X else "f",
        name,
    )


@register.filter
def words(version: Version | None) -> str:
    """The first text of a version that says anything, for a line in a list."""
    texts = version.texts.values() if version else ()
    return next((text for text in texts if text.strip()), "No words yet")


@register.filter
def text_for(version: Version, channel: Channel) -> str:
    """What a version says on one channel."""
    return version.text_for(channel)


@register.filter
def initials(user: User) -> str:
    """Two letters for the badge beside a name."""
    parts = [part for part in (user.first_name, user.last_name) if part] or [user.username]
    return "".join(part[0] for part in parts).upper()[:2]


@register.inclusion_tag("_preview.html")
def preview(
    channel: Channel,
    text: str,
    pictures: Iterable[Any] = (),
    when: datetime | Literal[""] | None = None,
    marks: Iterable[tuple[int, int, str]] = (),
    live: bool = False,
) -> dict[str, Any]:
    """A post as its network shows it, marked as a preview unless `live`.

    pictures: VersionPicture rows, or mappings with "url" and "alt". when: its moment; None is "as soon as approved",
    "" is not said.
    marks: (start, end, words) in code points of `text`, shown as findings.
    """
    return {
        "channel": channel,
        "network": channel.network,
        "pieces": previews.pieces(text, channel.network, marks),
        "card": previews.card(text, has_pictures=bool(pictures)),
        "pictures": [previews.picture(item) for item in pictures],
        "when": when,
        "live": live,
        "empty": not text.strip(),
    }
