"""Which post templates somebody may begin from. What they say: posts.post_templates; that they stand: the register."""

from __future__ import annotations

from datetime import datetime

from accounts.channels import channels_for
from accounts.models import Channel, User
from policy import registers
from policy.models import RegisterEntry
from posts.post_templates import PostTemplate
from posts.template_catalogue import TEMPLATES


def offered(user: User, *, now: datetime) -> list[PostTemplate]:
    """The templates in the register that this person has a channel for, in the order of the catalogue."""
    approved = registers.known(now)[RegisterEntry.Kind.TEMPLATE]
    return [one for one in TEMPLATES.values() if one.key in approved and voices(user, one)]


def voices(user: User, template: PostTemplate) -> list[Channel]:
    """The channels it may be written for: those one drafts for; for a template of the DMC also decides on."""
    mine = (
        channels_for(user, "draft_for").exclude(state=Channel.State.CLOSED).order_by("team__name", "team", "-network")
    )
    if template.for_dmc:
        mine = mine.filter(pk__in=channels_for(user, "review_dmc").values("pk"))
    return list(mine)
