"""Today: what waits for this person, by what they may do. The answer stands at the top, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import second_factor
from accounts.models import User
from accounts.views_second_factor import LATER
from posts.models import Post
from smconsole import duties, moments, places
from smconsole.duties import (
    Administrator,
    Adrift,
    Author,
    Coach,
    Compliance,
    Learner,
    Manager,
    Reviewer,
    Signatory,
)

# Rights to sign at a gate, or to ask for a channel.
SIGNS = frozenset(("sign_borough", "sign_dmc", "sign_records", "keep_security", "provision", "review_for"))
NUMBER = re.compile(r"(?:update|no\.?)?\s*#?\s*([0-9]{1,9})", re.IGNORECASE)  # "28", "#28", "Update 28", "No. 28"


@dataclass(frozen=True)
class Today:
    """What this person's day holds. A duty they do not have is None. answers: the most pressing first."""

    adrift: Adrift | None = None
    author: Author | None = None
    learner: Learner | None = None
    reviewer: Reviewer | None = None
    coach: Coach | None = None
    administrator: Administrator | None = None
    manager: Manager | None = None
    compliance: Compliance | None = None
    contact_centre: bool = False
    signatory: Signatory | None = None
    answers: list[str] = field(default_factory=list)


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    ask = second_factor.is_asked() and not request.session.get(LATER)
    ctx = {
        "today": read(request.user, places.rights_held(request.user), now),
        "now": now,
        "ask_second_factor": ask and second_factor.lacks_one(request.user, now=now),
    }
    return render(request, "home.html", ctx)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """From a post's number, as people write it, to its page. One that is not this person's to see does not exist."""
    asked = request.GET.get("number", "").strip()
    if number := NUMBER.fullmatch(asked):
        post = Post.objects.visible_to(request.user).filter(pk=int(number[1])).first()
        if post is not None:
            return redirect("posts:post", pk=post.pk)
    named = number[1] if number else f"“{asked[:20]}”"
    messages.warning(request, f"There is no update {named} that you may see.")
    return redirect("home")


def read(user: User, rights: frozenset[str], now: datetime) -> Today:
    """Everything the page shows, in a number of queries that does not grow with the posts."""
    seen = Post.objects.visible_to(user) if rights & {"draft_for", "take_down", "read_audit"} else Post.objects.none()
    adrift = duties.adrift(user, seen, now) if rights & {"draft_for", "take_down"} else None
    author = duties.author(user, now) if "draft_for" in rights else None
    learner = duties.learner(user, now) if "draft_for" in rights else None
    reviewer = duties.reviewer(user) if rights & {"review_for", "review_dmc", "review_peer"} else None
    coach = duties.coach(user, now) if "review_for" in rights else None
    administrator = duties.administrator(user, now) if "connect" in rights else None
    manager = duties.manager(user, now) if "view_team" in rights and author is None else None
    compliance = duties.compliance(seen) if "read_audit" in rights else None
    signatory = duties.signatory(user) if rights & SIGNS else None
    pressing = [
        *_of_administrator(administrator),
        *_of_signatory(signatory),
        *_of_adrift(adrift),
        *_of_reviewer(reviewer),
        *_of_coach(coach),
        *_of_author(author),
        *_of_learner(learner),
    ]
    quiet = [*_of_manager(manager), *_of_compliance(compliance, now, alone=not pressing)]
    answers = [words for _, words in sorted([*pressing, *quiet], key=lambda answer: not answer[0])]
    contact_centre = not rights and duties.of_contact_centre(user, now)
    people = (adrift, author, learner, reviewer, coach, administrator, manager, compliance)
    return Today(*people, contact_centre, signatory, answers)


Answers = list[tuple[bool, str]]  # (is it pressing?, in words)


def _of_signatory(signatory: Signatory | None) -> Answers:
    if signatory is None or not signatory.count:
        return []
    return [(True, "1 channel waits for you" if signatory.count == 1 else f"{signatory.count} channels wait for you")]


def _of_adrift(adrift: Adrift | None) -> Answers:
    if adrift is None:
        return []
    answers: Answers = []
    if adrift.incidents:
        count = len(adrift.incidents)
        answers.append((True, "1 incident is open" if count == 1 else f"{count} incidents are open"))
    if adrift.updates:
        answers.append((True, f"{_updates(adrift.updates)} {'needs' if adrift.updates == 1 else 'need'} a look"))
    return answers


def _of_author(author: Author | None) -> Answers:
    if author is None:
        return []
    returned, going = len(author.returned), author.going_out_count
    answers: Answers = []
    if returned:
        answers.append((True, f"{_updates(returned)} came back to you"))
    if author.held:
        return [*answers, (True, "A hold is on, so nothing goes out")]
    answers.append(
        (False, f"{_updates(going)} {'goes' if going == 1 else 'go'} out today" if going else "Nothing goes out today")
    )
    return answers


def _of_learner(learner: Learner | None) -> Answers:
    if learner is None or learner.standing.left is None or (learner.standing.stands and not learner.standing.due):
        return []
    return [(True, "Your training runs out soon" if learner.standing.stands else "Your training has run out")]


def _of_reviewer(reviewer: Reviewer | None) -> Answers:
    if reviewer is None:
        return []
    if not reviewer.count:
        return [(False, "Nothing is waiting for your review")]
    return [(True, f"{_updates(reviewer.count)} {'is' if reviewer.count == 1 else 'are'} waiting for you")]


def _of_coach(coach: Coach | None) -> Answers:
    if coach is None or not coach.due:
        return []
    count = coach.due_count
    return [(True, "1 check-in is due" if count == 1 else f"{count} check-ins are due")]


def _of_administrator(administrator: Administrator | None) -> Answers:
    if administrator is None:
        return []
    count = len(administrator.dangers)
    if not count:
        return [(False, "Everything is connected and running")]
    return [(True, "1 thing needs you" if count == 1 else f"{count} things need you")]


def _of_manager(manager: Manager | None) -> Answers:
    if manager is None:
        return []
    few = [team.name for team in manager.boroughs]
    names = "; ".join(few) if len(few) < 3 else f"{len(few)} boroughs"
    return [(False, f"{manager.patch.headline}, from {names}")]


def _of_compliance(compliance: Compliance | None, now: datetime, *, alone: bool) -> Answers:
    if compliance is None or not alone:
        return []
    if compliance.sealed_to is None:
        return [(False, "Nothing in the record is sealed yet")]
    return [(False, f"The record is sealed up to {moments.say(compliance.sealed_to, now)}")]


def _updates(number: int) -> str:
    return {0: "No updates", 1: "1 update"}.get(number, f"{number:,} updates")
