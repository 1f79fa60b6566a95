"""What a person may do with a channel's life now: one line a move, for the page that offers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import PermissionDenied

from accounts.models import Channel, User
from accounts.provisioning import life


class Move(NamedTuple):
    """key: of `life.OF`, which says in which stages. asks: the fields of its form. may, verb: `life`'s."""

    key: str
    title: str
    hint: str
    button: str
    asks: tuple[str, ...]
    may: Callable[[User, Channel], bool]
    verb: Callable[..., Channel]
    danger: bool = False


MOVES = (
    Move(
        "suspend", "Suspend it", "Nothing goes out from this moment. What waits asks for a new time.", "Suspend",
        ("reason",), life.may_stop, life.suspend, danger=True,
    ),
    Move(
        "compromise", "Somebody else may speak through it",
        "Nothing goes out, its login ends here and at the network, and it is held at level 4, or the head is asked to.",
        "It is compromised", ("reason",), life.may_stop, life.compromise, danger=True,
    ),
    Move(
        "resume", "Let it go on", "It becomes what it was before it was stopped.", "Let it go on", ("reason",),
        life.may_resume, life.resume,
    ),
    Move(
        "hand-over", "Its owner is leaving", "It goes on while the successor is named and trained.",
        "Begin the handover", ("reason",), life.may_keep, life.begin_handover,
    ),
    Move(
        "handed-over", "The successor has it", "It is live as before.", "The handover is done", (), life.may_keep,
        life.end_handover,
    ),
    Move(
        "close", "Close or merge it",
        "For 30 days its readers are told where to go; then it is archived. Its handle is kept for ever.", "Close it",
        ("new_home", "reason"), life.may_close, life.start_closing, danger=True,
    ),
    Move(
        "archive", "It will never go on: archive it",
        "It is closed for good, without a last update. Its login ends at the network, its handle is kept for ever.",
        "Archive it", ("new_home", "reason"), life.may_archive, life.archive, danger=True,
    ),
    Move(
        "keep", "Keep it after all", "It is live as before.", "Keep it", (), life.may_close, life.keep_open,
    ),
)  # fmt: skip
BY_KEY = {move.key: move for move in MOVES}


def offered(user: User, channel: Channel) -> list[Move]:
    """The moves that this person may make now."""
    return [move for move in MOVES if channel.life in life.OF[move.key] and move.may(user, channel)]


def require(user: User, move: Move, channel: Channel) -> None:
    """Raises PermissionDenied where this person may never make this move, whatever its form says."""
    if not move.may(user, channel):
        raise PermissionDenied("The borough, the DMC or information security decides how this channel goes on.")
