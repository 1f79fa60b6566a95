"""What a person may do with a channel's life now: one line a move, for the page that offers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from accounts.models import Channel, User
from accounts.provisioning import life

Life = Channel.Life


class Move(NamedTuple):
    """asks: the fields of its form. of: the stages it is offered in. may, verb: `life`'s."""

    key: str
    title: str
    hint: str
    button: str
    asks: tuple[str, ...]
    of: tuple[str, ...]
    may: Callable[[User, Channel], bool]
    verb: Callable[..., Channel]
    danger: bool = False


def _may_close(user: User, channel: Channel) -> bool:
    return user.has_perm("accounts.provision", channel.team)


STOPPABLE = (Life.PREPARING, *Channel.MAY_SPEAK)
MOVES = (
    Move(
        "suspend", "Suspend it", "Nothing goes out from this moment. What waits asks for a new time.", "Suspend",
        ("reason",), STOPPABLE, life.may_stop, life.suspend, danger=True,
    ),
    Move(
        "compromise", "Somebody else may speak through it",
        "Nothing goes out, its login ends here and at the network, and it is held at level 4, or the head is asked to.",
        "It is compromised", ("reason",), (*STOPPABLE, Life.SUSPENDED), life.may_stop, life.compromise, danger=True,
    ),
    Move(
        "resume", "Let it go on", "It becomes what it was before it was stopped.", "Let it go on", ("reason",),
        Channel.STOPPED, life.may_resume, life.resume,
    ),
    Move(
        "hand-over", "Its owner is leaving", "It goes on while the successor is named and trained.",
        "Begin the handover", ("reason",), (Life.LIVE, Life.DORMANT), life.may_keep, life.begin_handover,
    ),
    Move(
        "handed-over", "The successor has it", "It is live as before.", "The handover is done", (), (Life.HANDOVER,),
        life.may_keep, life.end_handover,
    ),
    Move(
        "close", "Close or merge it",
        "For 30 days its readers are told where to go; then it is archived. Its handle is kept for ever.", "Close it",
        ("new_home", "reason"), (Life.LIVE, Life.DORMANT, Life.HANDOVER), _may_close, life.start_closing, danger=True,
    ),
    Move(
        "keep", "Keep it after all", "It is live as before.", "Keep it", (), (Life.CLOSING,), _may_close, life.keep_open
    ),
)  # fmt: skip
BY_KEY = {move.key: move for move in MOVES}


def offered(user: User, channel: Channel) -> list[Move]:
    """The moves that this person may make now."""
    return [move for move in MOVES if channel.life in move.of and move.may(user, channel)]
