"""The rules at work on themselves: a change on its way to its second signature, and a miss that a mentor filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.models import User
from policy import filing, proposals
from policy.content import Severity
from posts.models import Post

WHY = (
    "Officers ask every week about plates in appeals that the officer in the case has agreed to. Let the DMC decide on "
    "them instead of sending the author away. And before an election the DMC should read everything from those wards."
)
MESSAGE = "A registration points to a person. The DMC asks the officer in the case before this goes out."
MISSED = "It says who is being filmed and where. Somebody should be asked before it goes out."


def tell(people: Mapping[str, User], post: Post, *, now: datetime) -> None:
    """The clock tries the change as soon as it runs; the editor or the head can sign it then."""
    admin, began = people["administrator"], now - timedelta(minutes=45)
    proposal = proposals.propose(why=WHY, by=admin, now=began)
    proposals.change_rule(proposal=proposal, rule_id="VRM", severity=Severity.DMC, message=MESSAGE, by=admin, now=began)
    line = {"key": "any|any|any|election", "agreement": "dmc"}
    proposals.change_route(proposal=proposal, **line, by=admin, now=began)
    proposals.ask_trial(proposal=proposal, by=admin, now=now - timedelta(minutes=40))
    filing.file(post=post, fires=True, rule="", why=MISSED, by=people["mentor"], now=now - timedelta(minutes=2))
