"""Numbers in words. What is not known is said to be unknown; it never becomes a zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engagement.dashboard import Heard, Line, Numbers
from engagement.models import Snapshot
from engagement.periods import day_of
from engagement.spreads import Middle
from engagement.uncertainty import Interval


def updates(number: int) -> str:
    return {0: "No updates", 1: "1 update"}.get(number, f"{number:,} updates")


def span(days: int) -> str:
    return {365: "the last 12 months"}.get(days, f"the last {days} days")


def answers(numbers: Numbers) -> str:
    """ "People replied 34 times, reacted 210 times and shared 25 times." What no network counted is named."""
    counts = [("replied", numbers.replies), ("reacted", numbers.reactions), ("shared", numbers.shares)]
    known = [f"{verb} {times(count)}" for verb, count in counts if count is not None]
    if not known:
        return "How people answered is not known yet."
    missing = [verb for verb, count in counts if count is None]
    more = f" How often they {listed(missing, 'or')} is not known yet." if missing else ""
    return f"People {listed(known)}.{more}"


def views(networks: Sequence[Heard]) -> str:
    """ "X counted 3,210 views; Facebook does not say." Empty when nothing went out."""
    said = [_views_of(heard) for heard in networks]
    return f"{'; '.join(said)}." if said else ""


def still_to_come(silent: int) -> str:
    """Of how many posts the numbers are still on their way; empty when of none."""
    return f"Numbers of {'1 post' if silent == 1 else f'{silent:,} posts'} are still coming in." if silent else ""


def left_out(fresh: int, unknown: int) -> str:
    """Which posts a comparison at a week's age leaves out; empty when none."""
    said = []
    if fresh:
        are = "is" if fresh == 1 else "are"
        said.append(f"{many(fresh, 'post')} of the last eight days {are} too fresh to count here")
    if unknown:
        said.append(f"no network has told what {many(unknown, 'older post')} had brought at that age")
    return f"{upper_first('; '.join(said))}." if said else ""


def brought(middle: Middle | None) -> str:
    """ "4 (3 to 6)": the median with its interval, or the number alone where there are too few posts for one."""
    if middle is None:
        return "not known yet"
    number = f"{middle.median:,.0f}" if middle.median == int(middle.median) else f"{middle.median:,.1f}"
    return f"{number} ({middle.low:,} to {middle.high:,})" if middle.sure else f"{number} (too few posts for a range)"


def half(middle: Middle | None) -> str:
    """ "1 to 11": what the middle half of the posts brought."""
    return f"{middle.lower:,} to {middle.upper:,}" if middle and middle.sure else "–"


def line(told: Line) -> str:
    """One post on one network: "14 replies, 3 reactions, 0 shares, views not known"."""
    if told.snapshot is None:
        return "No numbers yet"
    missing = [many(2, word).removeprefix("2 ") for word, count in _counts(told.snapshot) if count is None]
    return ", ".join([*_known(told.snapshot), *([f"{listed(missing)} not known"] if missing else [])])


def sentences(told: Line) -> str:
    """The same for the post's own page: "14 replies and 3 reactions. Facebook does not say how often it was seen."."""
    network, said = told.channel.get_network_display(), told.snapshot
    if said is None:
        return f"No numbers yet. {network} is asked for the first time about 15 minutes after an update goes out."
    unseen = f" {network} does not say how often it was seen." if said.impressions is None else ""
    return f"{listed(_known(said)) or 'Nothing counted'}.{unseen}"


def since(moment: datetime | None, now: datetime) -> str:
    """How long ago residents were told something: "today", "yesterday", "12 days ago", "never"."""
    if moment is None:
        return "never"
    days = (day_of(now) - day_of(moment)).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


def upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def listed(words: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def _counts(said: Snapshot) -> list[tuple[str, int | None]]:
    return [("reply", said.replies), ("reaction", said.reactions), ("share", said.shares), ("view", said.impressions)]


def _known(said: Snapshot) -> list[str]:
    return [many(count, word) for word, count in _counts(said) if count is not None]


def _views_of(heard: Heard) -> str:
    if heard.numbers.impressions is not None:
        counted = "1 view" if heard.numbers.impressions == 1 else f"{heard.numbers.impressions:,} views"
        return f"{heard.network} counted {counted}"
    return f"{heard.network} does not say" if heard.silent < heard.asked else f"{heard.network} has not said yet"


def many(number: int, word: str) -> str:
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"1 {word}" if number == 1 else f"{number:,} {plural}"


# ---- the wording bank of the survey (domain.md D.7) ----------------------------------------------------------------


def survey(interval: Interval) -> str:
    """ "52%, about 46 to 57." """
    return f"{interval.share:.0%}, about {interval.low * 100:.0f} to {interval.high * 100:.0f}."


def change(moved: float, doubt: float) -> str:
    """Of two shares a year apart. moved: their difference; doubt: its 95 per cent half-width. Both proportions."""
    if abs(moved) <= doubt:
        return "No clear change from a year earlier."
    low, high = (f"{bound * 100:.0f}" for bound in (abs(moved) - doubt, abs(moved) + doubt))
    return f"{'Higher' if moved > 0 else 'Lower'} than a year earlier by about {low} to {high} points."


# ---- spans ---------------------------------------------------------------------------------------------------------


def minutes(number: float) -> str:
    """How long, as people say it: "11 minutes", "3 hours 20 minutes", "2 days 4 hours", "less than a minute"."""
    whole = round(number)
    if whole < 1:
        return "less than a minute"
    days, rest = divmod(whole, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [many(days, "day")] if days else []
    parts += [many(hours, "hour")] if hours else []
    parts += [many(left, "minute")] if left and not days else []
    return " ".join(parts)


def dates(first: date, last: date) -> str:
    """ "1 April 2025 to 31 March 2026"."""
    return f"{first:%-d %B %Y} to {last:%-d %B %Y}"
