"""Wards and boroughs on a map: how far process measures reach, and what the survey says of boroughs alone. Reads only.

A process measure is shaded in fixed steps that mean something, the same every month. Confidence is shaded only where a
borough can be told apart from London (domain.md D.7): everything inside the interval looks the same. No ward has any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.channels import launched
from accounts.models import AreaShape, Channel, Team
from engagement import cover, periods, priorities, tables, wording
from engagement.models import ConfidenceFigure, Measure
from engagement.uncertainty import BOROUGH_YEAR, Interval, wilson

DAYS = 28
WARD, BOROUGH = Team.Kind.WARD, Team.Kind.BOROUGH


@dataclass(frozen=True)
class Step:
    """One shade: what it stands for. key names its colour and pattern in the style sheet."""

    key: str
    words: str


NONE_SET = Step("none", "nothing to count")
SCALES: dict[str, tuple[Step, ...]] = {
    "posts": (
        Step("0", "none"),
        Step("1", "fewer than 2 a ward"),
        Step("2", "2 to 3"),
        Step("3", "4 to 7"),
        Step("4", "8 and more"),
    ),
    "share": (
        Step("0", "none"),
        Step("1", "up to a third"),
        Step("2", "up to two thirds"),
        Step("3", "more, not all"),
        Step("4", "all"),
    ),
    "survey": (
        Step("below", "clearly below London"),
        Step("same", "cannot be told apart from London"),
        Step("above", "clearly above London"),
    ),
}


@dataclass(frozen=True)
class Kind:
    """What the map may show. scale: a key of SCALES. boroughs_only: there is no figure for a ward."""

    key: str
    name: str
    title: str
    scale: str
    boroughs_only: bool = False


KINDS = (
    Kind("posts", "Updates", f"Updates in the last {DAYS} days, for each ward", "posts"),
    Kind("told", "Priorities told", f"Open priorities that came up in updates of the last {DAYS} days", "share"),
    Kind("cover", "Accounts", "Wards with a connected account", "share"),
    Kind("confidence", "Survey", "What the survey says, beside London as a whole", "survey", boroughs_only=True),
)


@dataclass(frozen=True)
class Value:
    """What one area is shaded for. number: for a table, None where there is nothing to count."""

    step: Step
    words: str
    number: float | None = None


@dataclass(frozen=True)
class Area:
    """One area of the map. path "": it has no outline yet. value None: it is not this reader's to look at."""

    team: Team
    value: Value | None
    shape: AreaShape | None

    @property
    def key(self) -> str:
        return self.value.step.key if self.value else "closed"

    @property
    def words(self) -> str:
        return f"{self.team.name}: {self.value.words if self.value else 'not one of your teams'}"


@dataclass(frozen=True)
class Survey:
    """What the map of the survey rests on."""

    measure: Measure
    wave: datetime | None
    illustrative: bool


def kind_of(key: str) -> Kind:
    """The choice in the address, or the first."""
    return next((kind for kind in KINDS if kind.key == key), KINDS[0])


def steps_of(kind: Kind) -> tuple[Step, ...]:
    return (*SCALES[kind.scale], NONE_SET)


# ---- steps, pure ---------------------------------------------------------------------------------------------------


def step_of_posts(per_ward: float) -> Step:
    scale = SCALES["posts"]
    return scale[0 if per_ward <= 0 else 1 if per_ward < 2 else 2 if per_ward < 4 else 3 if per_ward < 8 else 4]


def step_of_share(share: float | None) -> Step:
    scale = SCALES["share"]
    if share is None:
        return NONE_SET
    if share in (0, 1):
        return scale[0 if share == 0 else 4]
    return scale[1 if share <= 1 / 3 else 2 if share <= 2 / 3 else 3]


def step_beside_london(borough: Interval, london: float | None) -> Step:
    """Different only where London lies outside the borough's interval."""
    below, same, above = SCALES["survey"]
    if london is None or borough.low <= london <= borough.high:
        return same
    return above if borough.share > london else below


# ---- values --------------------------------------------------------------------------------------------------------


def values(kind: Kind, shown: Sequence[Team], inside: Sequence[Team], *, now: datetime) -> dict[int, Value]:
    """Key of each shown team -> its value. inside: the shown teams and every team below them. At most three queries."""
    since = periods.last(DAYS, now=now).since
    if kind.key == "posts":
        return _posts(shown, inside, since, now)
    if kind.key == "told":
        return _told(shown, inside, since, now)
    return _cover(shown, inside)


def _below(team: Team, inside: Sequence[Team]) -> list[Team]:
    return [one for one in inside if team.pk in (one.pk, one.parent_id)]


def _wards(team: Team, inside: Sequence[Team]) -> list[Team]:
    return [one for one in _below(team, inside) if one.kind == WARD]


def _posts(shown: Sequence[Team], inside: Sequence[Team], since: datetime, now: datetime) -> dict[int, Value]:
    sent = cover.activity([team.pk for team in inside], since, now)
    found = {}
    for team in shown:
        number = sum(sent.get(one.pk, (0, None))[0] for one in _below(team, inside))
        wards = max(1, len(_wards(team, inside)))
        words = wording.updates(number).lower()
        if team.kind == BOROUGH:
            words = f"{words} in {wording.many(wards, 'ward')}"
        found[team.pk] = Value(step_of_posts(number / wards), words, number)
    return found


def _told(shown: Sequence[Team], inside: Sequence[Team], since: datetime, now: datetime) -> dict[int, Value]:
    kept = priorities.of_teams([team.pk for team in inside], since=since, until=now)
    found = {}
    for team in shown:
        keys = {one.pk for one in _below(team, inside)}
        count = priorities.counted(one.complete for one in kept if one.priority.team_id in keys)
        words = f"{count.told} of {count.number} priorities told" if count.number else "no priorities written down"
        found[team.pk] = Value(step_of_share(count.told_share), words, count.told_share)
    return found


def _cover(shown: Sequence[Team], inside: Sequence[Team]) -> dict[int, Value]:
    live = launched(Channel.objects.filter(team__in=[team.pk for team in inside], state=Channel.State.LIVE))
    voiced = set(live.values_list("team", flat=True))
    found = {}
    for team in shown:
        wards = _wards(team, inside)
        speaking = sum(ward.pk in voiced for ward in wards)
        share = speaking / len(wards) if wards else None
        words = f"{speaking} of {wording.many(len(wards), 'ward')} with a connected account"
        if team.kind == WARD:
            words = "a connected account" if speaking else "no connected account"
        found[team.pk] = Value(step_of_share(share), words, share)
    return found


def survey_values(measure: Measure, shown: Sequence[Team]) -> tuple[dict[int, Value], Survey]:
    """The newest wave of a question for these boroughs, each beside London's of the same wave. Two queries."""
    kept = ConfidenceFigure.objects.filter(measure=measure)
    figures = list(kept.filter(team__in=[team.pk for team in shown if team.kind == BOROUGH]).order_by("wave"))
    illustrative = bool(figures) and all(figure.illustrative for figure in figures)
    newest = {one.team_id: one for one in figures if one.illustrative == illustrative}
    wave = max((one.wave for one in newest.values()), default=None)
    whole = kept.filter(team__isnull=True, illustrative=illustrative, wave=wave).first()
    london = float(whole.share) if whole else None
    found = {team: _surveyed(float(one.share), london) for team, one in newest.items() if one.wave == wave and team}
    return found, Survey(measure, wave, illustrative)


def _surveyed(share: float, london: float | None) -> Value:
    interval = wilson(share, n=BOROUGH_YEAR)
    step = step_beside_london(interval, london)
    words = f"{share:.0%}, about {interval.low * 100:.0f} to {interval.high * 100:.0f}; {step.words}"
    return Value(step, words if london is not None else words.partition(";")[0], share)


# ---- the drawing ---------------------------------------------------------------------------------------------------


def box(areas: Sequence[Area]) -> str:
    """The view box around every outline, with a little air; empty where none has one."""
    shapes = [area.shape for area in areas if area.shape]
    if not shapes:
        return ""
    left, top = min(one.left for one in shapes), min(one.top for one in shapes)
    width, height = max(one.right for one in shapes) - left, max(one.bottom for one in shapes) - top
    air = max(width, height) // 60 + 2
    return f"{left - air} {top - air} {width + 2 * air} {height + 2 * air}"


def table(kind: Kind, areas: Sequence[Area]) -> str:
    """CSV, a row for each area that the reader may see."""
    header = ["Area", "Code", kind.title, "In words"]
    rows = ([a.team.full_name, a.team.code, a.value.number, a.value.words] for a in areas if a.value)
    return tables.write(header, rows)


def lay(teams: Sequence[Team], found: Mapping[int, Value], shapes: Mapping[int, AreaShape]) -> list[Area]:
    return [Area(team, found.get(team.pk), shapes.get(team.pk)) for team in teams]


# ---- without outlines ----------------------------------------------------------------------------------------------

# A square for each borough, about where it lies: (column, row), and the three letters on it.
TILES: dict[str, tuple[int, int, str]] = {
    "E09000010": (4, 0, "Enf"),
    "E09000015": (1, 1, "Hrw"),
    "E09000003": (2, 1, "Bar"),
    "E09000014": (3, 1, "Hgy"),
    "E09000031": (4, 1, "Wal"),
    "E09000017": (0, 2, "Hil"),
    "E09000009": (1, 2, "Eal"),
    "E09000005": (2, 2, "Bre"),
    "E09000007": (3, 2, "Cam"),
    "E09000019": (4, 2, "Isl"),
    "E09000012": (5, 2, "Hac"),
    "E09000026": (6, 2, "Red"),
    "E09000016": (7, 2, "Hav"),
    "E09000018": (0, 3, "Hou"),
    "E09000013": (1, 3, "H&F"),
    "E09000020": (2, 3, "K&C"),
    "E09000033": (3, 3, "Wes"),
    "E09000030": (5, 3, "Tow"),
    "E09000025": (6, 3, "New"),
    "E09000002": (7, 3, "B&D"),
    "E09000027": (1, 4, "Ric"),
    "E09000032": (2, 4, "Wan"),
    "E09000022": (3, 4, "Lam"),
    "E09000028": (4, 4, "Sou"),
    "E09000023": (5, 4, "Lew"),
    "E09000011": (6, 4, "Gre"),
    "E09000004": (7, 4, "Bex"),
    "E09000021": (2, 5, "Kin"),
    "E09000024": (3, 5, "Mer"),
    "E09000008": (4, 5, "Cro"),
    "E09000006": (5, 5, "Bro"),
    "E09000029": (3, 6, "Sut"),
}
TILE = 46


@dataclass(frozen=True)
class Tile:
    """area None: a borough that the reader has no part of, there so that the others lie where one expects them."""

    x: int
    y: int
    letters: str
    area: Area | None

    @property
    def middle(self) -> int:
        return self.x + TILE // 2 - 1

    @property
    def foot(self) -> int:
        return self.y + TILE // 2 + 4


def tiles(areas: Sequence[Area]) -> list[Tile]:
    """A square for every London borough, row by row; empty where none of the areas is one."""
    known = {area.team.code: area for area in areas}
    if not known.keys() & TILES.keys():
        return []
    placed = sorted(TILES.items(), key=lambda one: (one[1][1], one[1][0]))
    return [Tile(column * TILE, row * TILE, letters, known.get(code)) for code, (column, row, letters) in placed]


def since_words(now: datetime) -> str:
    first = periods.day_of(now) - timedelta(days=DAYS - 1)
    return f"{first:%-d %B} to {periods.day_of(now):%-d %B %Y}"
