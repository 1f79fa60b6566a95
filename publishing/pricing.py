"""Money as people read it: what one post costs, how each place stands, what the prices are. Reads only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Channel, Team
from platforms.text import find_urls
from posts.models import Post
from publishing import affording, forecast, money
from publishing.models import Kind, Price

NEAR = 0.8  # of a budget: from here on it is worth a look


@dataclass(frozen=True)
class Estimate:
    """What a post costs on the network that charges. In micros. link: what the network takes for one, or "".

    times: how many times dearer the link makes it. waits: the month's budget does not hold it.
    """

    cost: int
    plain: int
    reading: int
    link: str
    waits: bool

    @property
    def times(self) -> int:
        return round(self.cost / self.plain) if self.plain else 0


def estimate(post: Post, *, now: datetime) -> Estimate | None:
    """None: it goes to no network that charges, or has no words yet."""
    target = post.targets.filter(channel__network__in=money.CHARGES).select_related("channel__team__parent").first()
    version = post.current
    if target is None or version is None:
        return None
    text = version.text_for(target.channel)
    if not text.strip():
        return None
    price = money.prices(money.utc_day(now))
    described = sum(bool(picture.alt) for picture in version.shown())
    extra = described * price.get(Kind.MEDIA, 0)
    cost = money.cost_of(text, described, price=price)
    urls = find_urls(text)
    return Estimate(
        cost=cost,
        plain=price.get(Kind.CREATE, 0) + extra,
        reading=_reading(now) * price.get(Kind.READ, 0),
        link=text[slice(*urls[0])] if urls else "",
        waits=_waits(target.channel, cost, now) and not affording.is_urgent(version, target.channel),
    )


def _reading(now: datetime) -> int:
    """On how many UTC days a post of today is read."""
    today = money.utc_day(now)
    return len(forecast.read_days(today, today + timedelta(days=366)))


def _waits(channel: Channel, cost: int, now: datetime) -> bool:
    place = money.place_of(channel).pk
    covering = [purse for purse in money.purses(now=now) if purse.is_force or purse.team.pk == place]
    return any(not purse.holds(cost, urgent=False) for purse in covering)


@dataclass(frozen=True)
class Row:
    """How a place stands this month. In micros; budget None: none is set."""

    team: Team
    spent: int
    budget: int | None
    reserve: int

    @property
    def share(self) -> int:
        """Per cent of the budget; 100 at most, for a bar."""
        return min(100, round(100 * self.spent / self.budget)) if self.budget else 0

    @property
    def left(self) -> int:
        """Before the reserve is touched, never below zero."""
        return max(0, (self.budget or 0) - self.reserve - self.spent)

    @property
    def tone(self) -> str:
        """ "wrong" when only the reserve or nothing is left, "care" when most of it is gone."""
        if self.budget is None:
            return ""
        if self.spent >= self.budget - self.reserve:
            return "wrong"
        return "care" if self.spent >= NEAR * (self.budget - self.reserve) else "good"


def rows(places: Collection[Team], *, now: datetime) -> list[Row]:
    """The boroughs among these places, the dearest first."""
    return sorted(
        (row for row in _rows(places, now) if row.team.kind == Team.Kind.BOROUGH),
        key=lambda row: (-row.spent, row.team.name),
    )


def main(places: Collection[Team], *, now: datetime) -> Row | None:
    """The one budget that the page's answer is about: the force's, or that of a person's only borough."""
    found = _rows(places, now)
    whole = [row for row in found if row.team.kind == Team.Kind.FORCE]
    return next(iter(whole), found[0] if len(found) == 1 else None)


def _rows(places: Collection[Team], now: datetime) -> list[Row]:
    purses = {purse.team.pk: purse for purse in money.purses(now=now)}
    spent = money.costs(since=money.month_start(now), until=money.utc_day(now))
    found = []
    for team in places:
        gone = sum(spent.values()) if team.kind == Team.Kind.FORCE else spent[team.pk]
        purse = purses.get(team.pk)
        found.append(Row(team, gone, purse.budget if purse else None, purse.reserve if purse else 0))
    return found


def table(day: date) -> list[Price]:
    """The price of each kind on a day, in the order of the kinds."""
    known = Price.objects.filter(network__in=money.CHARGES, from_day__lte=day).order_by("from_day", "pk")
    newest = {row.kind: row for row in known}
    return [newest[kind] for kind in Kind.values if kind in newest]
