"""What the compose page shows beside its fields: channels, counts, previews, the time in words. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import Channel
from platforms import text as platform_text
from posts.asking import Questions, questions
from posts.differences import pictures_in_words, time_in_words
from posts.forms import ComposeForm
from posts.models import Post, Version, VersionPicture
from posts.reading import name_of
from posts.schedule import LONDON, holiday_on, neighbours

# From here on the count says how much is left.
NEARLY_FULL = 20


@dataclass(frozen=True)
class Place:
    """One channel on the page. `length` and `limit` are in the network's own units; `own` is its separate text."""

    channel: Channel
    chosen: bool
    own: str
    text: str
    length: int
    limit: int

    @property
    def name(self) -> str:
        return name_of(self.channel)

    @property
    def over(self) -> int:
        return max(0, self.length - self.limit)

    @property
    def left(self) -> int:
        return max(0, self.limit - self.length)

    @property
    def filled(self) -> int:
        """How much of the ring is drawn, 0 to 100."""
        return min(100, round(100 * self.length / self.limit))

    @property
    def tone(self) -> str:
        return "over" if self.over else "near" if self.left <= NEARLY_FULL else ""


@dataclass(frozen=True)
class TimeInWords:
    """publish_at and send_by in UTC; holiday and near are for the writer to weigh, not rules."""

    publish_at: datetime | None
    send_by: datetime | None
    holiday: str
    near: list[Post]


@dataclass(frozen=True)
class Desk:
    form: ComposeForm
    post: Post | None
    places: list[Place]
    pictures: list[VersionPicture]
    time: TimeInWords

    @property
    def teams(self) -> list[tuple[str, list[Place]]]:
        """The chips, by team; most writers have one."""
        grouped: dict[str, list[Place]] = {}
        for place in self.places:
            grouped.setdefault(place.channel.team.full_name, []).append(place)
        return list(grouped.items())

    @property
    def asked(self) -> list[tuple[VersionPicture, Questions]]:
        """Each picture with the questions about it."""
        return [(picture, questions(picture, self.form.answers_of(picture))) for picture in self.pictures]

    @property
    def chosen(self) -> list[Place]:
        return [place for place in self.places if place.chosen]


def lay_out(form: ComposeForm, post: Post | None) -> Desk:
    """Everything the page and its fragments need. A handful of queries, whatever the text."""
    version = post.current if post else None
    pictures = list(version.pictures.select_related("media")) if version else []
    return Desk(form, post, [_place(form, channel) for channel in form.offered], pictures, _time(form, post))


@dataclass(frozen=True)
class Sides:
    """What two people chose for one channel, for all of them, or for the pictures or the time."""

    name: str
    theirs: str
    mine: str


def side_by_side(theirs: Version, mine: Version, channels: list[Channel]) -> list[Sides]:
    """The two texts of a conflict, once when every channel says the same."""
    rows = [Sides(name_of(channel), theirs.text_for(channel), mine.text_for(channel)) for channel in channels]
    said = [row for row in rows if row.theirs or row.mine]
    if len({(row.theirs, row.mine) for row in said}) == 1:
        said = [Sides("", said[0].theirs, said[0].mine)]
    wholes = (("Pictures", pictures_in_words), ("Time", time_in_words))
    beside = [Sides(name, tell(theirs), tell(mine)) for name, tell in wholes]
    return said + [row for row in beside if row.theirs != row.mine]


def _place(form: ComposeForm, channel: Channel) -> Place:
    text = form.said(channel)
    return Place(
        channel=channel,
        chosen=form.chooses(channel),
        own=str(form[f"text_{channel.pk}"].value() or ""),
        text=text,
        length=platform_text.length(channel.network, text),
        limit=platform_text.limit(channel.network),
    )


def _time(form: ComposeForm, post: Post | None) -> TimeInWords:
    publish_at = _moment(form, post)
    if publish_at is None:
        return TimeInWords(None, None, "", [])
    window = timedelta(minutes=_window(form, post))
    holiday = holiday_on(publish_at.astimezone(LONDON).date())
    return TimeInWords(publish_at, publish_at + window, holiday, neighbours(post, publish_at) if post else [])


def _moment(form: ComposeForm, post: Post | None) -> datetime | None:
    if form.is_bound:
        moment: datetime | None = form.cleaned_data.get("publish_at")
        return moment
    return post.current.publish_at if post and post.current else None


def _window(form: ComposeForm, post: Post | None) -> int:
    if form.is_bound:
        return int(form.cleaned_data.get("send_within") or 30)
    return post.current.send_within if post and post.current else 30
