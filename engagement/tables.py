"""The tables of the pages as CSV, for a spreadsheet or a panel's papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accounts.spreadsheet import Cell, write
from engagement.beside import Beside
from engagement.cover import Place
from engagement.dashboard import Stretch, Told
from engagement.pages import Answers
from engagement.pages_area import Part
from engagement.periods import LONDON
from engagement.process import Process
from engagement.spreads import Middle
from engagement.survey_view import Reading


def posts(told: Iterable[Told]) -> str:
    """A row for each post on each network."""
    header = ["Published", "Network", "Words", "Replies", "Reactions", "Shares", "Views", "Numbers from", "Address"]
    return write(header, (_post(post, place) for post in told for place in range(len(post.lines))))


def stretches(name: str, found: Iterable[Stretch]) -> str:
    """name: what the first column holds, "Week from" or "Month from"."""
    header = [name, "Updates", "Answers to the typical post at a week's age (median)", "Still growing"]
    return write(header, ([str(s.start), s.posts, s.responses, "yes" if s.growing else "no"] for s in found))


def answers(found: Answers) -> str:
    """The middle of what posts brought, with its 95% interval: by network, then by what the posts were."""
    header = [
        "Posts",
        "Number",
        "Answers to the typical post at a week's age (median)",
        "From",
        "To",
        "Half of them from",
        "to",
    ]
    rows = [(f"{one.network}, {words}", middle) for one in found.networks for words, middle in _three(found, one)]
    rows += [(kind.label, kind.middle) for kind in (*found.forms, *found.subjects)]
    return write(header, ([name, *_middle(middle)] for name, middle in rows))


def process(found: Iterable[Process]) -> str:
    return write(["Measure", "Count", "Of"], ([one.name, one.part, one.whole] for one in found))


def parts(found: Iterable[Part]) -> str:
    header = ["Borough", "Code", "Updates", "Teams that told something in the last 30 days", "Teams"]
    return write(header, ([one.team.name, one.team.code, one.updates, one.speaking, one.teams] for one in found))


def _three(found: Answers, one: Beside) -> list[tuple[str, Middle | None]]:
    return [(found.named, one.ours), ("the time before", one.before), ("the whole force, last 30 days", one.force)]


def _middle(middle: Middle | None) -> Sequence[Cell]:
    if middle is None:
        return [0, None, None, None, None, None]
    return [middle.posts, middle.median, middle.low, middle.high, middle.lower, middle.upper]


def survey(reading: Reading) -> str:
    header = ["Measure", "Area", "Twelve months to", "Share %", "From about %", "To about %", "London %", "Source"]
    source = f"{'ILLUSTRATIVE: ' if reading.illustrative else ''}{reading.file}"
    return write(
        header,
        (
            [reading.measure.name, reading.name, str(point.wave)]
            + [_percent(share) for share in (point.borough.share, point.borough.low, point.borough.high, point.london)]
            + [source]
            for point in reading.points
        ),
    )


def cover(places: Iterable[Place]) -> str:
    header = ["Team", "Code", "Updates in the last 30 days", "Last update", "Networks", "Trouble"]
    return write(header, (_place(place) for place in places))


def _post(post: Told, place: int) -> Sequence[Cell]:
    line = post.lines[place]
    said = line.snapshot
    counts = [said.replies, said.reactions, said.shares, said.impressions] if said else [None] * 4
    heard = f"{said.at.astimezone(LONDON):%Y-%m-%d %H:%M}" if said else ""
    published = line.delivery.published_at
    return [
        f"{published.astimezone(LONDON):%Y-%m-%d %H:%M}" if published else "",
        line.channel.get_network_display(),
        line.delivery.version.text_for(line.channel),
        *counts,
        heard,
        line.delivery.permalink,
    ]


def _place(place: Place) -> Sequence[Cell]:
    last = f"{place.last.astimezone(LONDON):%Y-%m-%d}" if place.last else ""
    networks = " ".join(channel.get_network_display() for channel in place.channels)
    return [place.name, place.team.code, place.posts, last, networks, place.trouble]


def _percent(share: float | None) -> Cell:
    return None if share is None else round(share * 100, 1)
