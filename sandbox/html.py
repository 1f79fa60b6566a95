"""The frame of every page: the simulation ribbon, landmarks, time in words, and no script at all."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from string import Template
from zoneinfo import ZoneInfo

from sandbox.wire import Reply

LONDON = ZoneInfo("Europe/London")
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
FRAME = Template("""<!doctype html>
<html lang="en-GB" class="$look">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>$title</title>
<link rel="stylesheet" href="/_sandbox/style.css">
</head>
<body>
<header class="bar">
<p class="ribbon"><strong>SIMULATION</strong> <span>$ribbon</span></p>
<div class="bar-inner"><a class="wordmark" href="/_sandbox/">$wordmark</a></div>
</header>
<main class="$shape">
$body
</main>
<footer class="foot">
<p>A simulated network on this computer, for demonstration and tests. It is not connected to X or Facebook.</p>
</footer>
</body>
</html>
""")
WORDMARKS = {"x": "X, simulated", "facebook": "Facebook, simulated", "plain": "Simulated networks"}
RIBBONS = {
    "x": "This is not X. Nothing here is public.",
    "facebook": "This is not Facebook. Nothing is public.",
    "plain": "Nothing here is public.",
}


def document(title: str, body: str, *, look: str, shape: str = "", status: int = 200) -> Reply:
    """A whole page. look: x, facebook or plain; shape: the class of <main>."""
    text = FRAME.substitute(
        title=escape(f"{title} – SIMULATION"),
        look=look,
        shape=shape or "column",
        ribbon=RIBBONS[look],
        wordmark=WORDMARKS[look],
        body=body,
    )
    headers = (
        ("content-type", "text/html; charset=utf-8"),
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    )
    return Reply(status, text.encode(), headers)


def clock_words(moment: datetime, now: datetime) -> str:
    """`today 14:00`, `yesterday 09:30`, `Mon 2 March 2026, 14:00`, in London."""
    here, today = moment.astimezone(LONDON), now.astimezone(LONDON).date()
    days = (today - here.date()).days
    if days in {0, 1}:
        return f"{('today', 'yesterday')[days]} {here:%H:%M}"
    return f"{here:%a} {here.day} {here:%B %Y, %H:%M}"


def ago_words(seconds: float) -> str:
    """How long ago, in one unit."""
    if seconds < 60:
        return "just now"
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return "just now"


def time_element(milliseconds: int, now: int) -> str:
    moment, here = (datetime.fromtimestamp(value / 1000, UTC) for value in (milliseconds, now))
    exact = moment.astimezone(LONDON).strftime("%d %B %Y, %H:%M:%S %Z")
    words = f"{clock_words(moment, here)} ({ago_words((now - milliseconds) / 1000)})"
    return f'<time datetime="{moment.isoformat(timespec="seconds")}" title="{exact}">{words}</time>'


def number_words(number: int) -> str:
    """1240 is `1,240`; from ten thousand on `12.3K`."""
    if number < 10_000:
        return f"{number:,}"
    return f"{number / 1000:.1f}K" if number < 1_000_000 else f"{number / 1_000_000:.1f}M"


def initials(name: str) -> str:
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def avatar(name: str) -> str:
    return f'<span class="avatar" aria-hidden="true">{escape(initials(name))}</span>'
