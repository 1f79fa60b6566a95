"""axe on every page, at 390 and at 1280 pixels, with posts in every state and names that are too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, Response

from accounts import breakglass, mentoring, notices, priorities, stages
from accounts.models import AreaShape, Channel, Team, User
from accounts.provisioning import applying, impersonation, signing
from accounts.provisioning.applying import Answers
from accounts.training import records, scenarios, workshops
from engagement import confidence, reports, uploads
from engagement.models import Analysis, ConfidenceFigure, Measure, Snapshot, SurveyFile
from policy import (
    appeals,
    comments,
    documents,
    filing,
    holds,
    live_cases,
    periods,
    practice,
    proposals,
    quality,
    registers,
    review,
    trials,
)
from policy.content import Severity
from policy.models import RegisterEntry, SecondLook, Submission
from policy.reading.dates import london_day
from posts import pictures
from posts.fingerprint import fingerprint
from posts.models import Media, Post
from publishing import report, takedown
from publishing.models import Delivery
from tests.browser.conftest import PHONE, WIDE
from tests.conftest import Cast
from tests.factories import make_post, submission_of

LONG_NAME = "St Katharine's and Wapping with the Hermitage Riverside Quarters"
LONG_TEXT = (
    "You told us about bikes being taken outside the station. On Saturday we marked forty of them with the council "
    "@hackneycouncil, and we will be back: https://www.example.org/a/rather/long/address/for/one/ward/page #Homerton"
)


@dataclass(frozen=True)
class Story:
    """What the pages are about: one row of everything."""

    cast: Cast
    draft: Post
    empty: Post
    waiting: Post
    approved: Post
    submission: Submission
    doubtful: Delivery
    picture: Media
    hold_pk: int
    line_pk: int
    proposal_pk: int
    case_pk: int
    watch_pk: int
    incident_pk: int
    asked_pk: int
    live_pk: int
    upload_pk: int
    file_pk: int
    analysis_pk: int
    priority_pk: int
    applied_pk: int
    fake_pk: int
    report_pk: int
    returned_pk: int
    look_pk: int
    sat_pk: int
    workshop_pk: int
    appointment_pk: int
    urgent_pk: int
    practice_pk: int


Visit = tuple[str, Callable[[Story], dict[str, Any]], str]
NOTHING: Callable[[Story], dict[str, Any]] = lambda story: {}  # noqa: E731

# name of the address -> who looks, and at what. A page that is not here must be in EXCUSED.
PAGES: dict[str, list[Visit]] = {
    "home": [(name, NOTHING, "") for name in ("ada", "rex", "dee", "sam", "hana", "olu", "cora", "mel")],
    "account_login": [("", NOTHING, "")],
    "account_logout": [("ada", NOTHING, "")],
    "account_change_password": [("ada", NOTHING, "")],
    "account_reauthenticate": [("ada", NOTHING, "")],
    "mfa_index": [("ada", NOTHING, ""), ("con", NOTHING, "")],
    "mfa_activate_totp": [("ada", NOTHING, "")],
    "mfa_add_webauthn": [("ada", NOTHING, "")],
    "mfa_generate_recovery_codes": [("ada", NOTHING, "")],
    "accounts:sessions": [("ada", NOTHING, "")],
    "record": [("cora", NOTHING, ""), ("cora", NOTHING, "?q=homerton")],
    "record_key": [("cora", NOTHING, "")],
    "record_of_post": [("cora", lambda story: {"pk": story.approved.pk}, "")],
    "record_of_channel": [("cora", lambda story: {"pk": story.cast.x.pk}, "?since=nonsense")],
    "export_post": [("cora", lambda story: {"pk": story.approved.pk}, "")],
    "export_channel": [("cora", lambda story: {"pk": story.cast.x.pk}, "")],
    "accounts:signed_in": [("sam", NOTHING, ""), ("sam", NOTHING, "?q=nobody-like-this")],
    "accounts:sessions_of": [("sam", lambda story: {"pk": story.cast.ada.pk}, "")],
    "people": [("sam", NOTHING, "")],
    "appointments": [("sam", lambda story: {"pk": story.cast.ada.pk}, "")],
    "appoint": [
        ("sam", lambda story: {"pk": story.cast.ada.pk}, "?q=hack"),
        ("sam", lambda story: {"pk": story.cast.ada.pk}, "?team={story.cast.wick.pk}"),
    ],
    "appoint_urgently": [("dee", lambda story: {"pk": story.cast.ada.pk}, "?team={story.cast.wick.pk}")],
    "end_appointment": [("sam", lambda story: {"pk": story.appointment_pk}, "")],
    "unowned": [("sam", NOTHING, "")],
    "urgent_list": [("dee", NOTHING, "?q=okafor")],
    "urgent": [(who, lambda story: {"pk": story.urgent_pk}, "") for who in ("dee", "sam")],
    "hand_over": [
        ("sam", lambda story: {"pk": story.cast.ada.pk}, ""),
        ("sam", lambda story: {"pk": story.cast.ada.pk}, "?to={story.cast.tess.pk}"),
    ],
    "accounts:channels": [("sam", NOTHING, ""), ("ada", NOTHING, "?q=nothing-like-this")],
    "accounts:channel": [
        ("sam", lambda story: {"pk": story.cast.x.pk}, ""),
        ("ada", lambda story: {"pk": story.cast.page.pk}, ""),
    ],
    "accounts:open_channel": [("sam", NOTHING, "?q=hack"), ("sam", NOTHING, "?team=E05009374")],
    "accounts:connect": [("sam", lambda story: {"pk": story.cast.page.pk}, "")],
    "accounts:board": [("sam", NOTHING, ""), ("olu", NOTHING, "?mine=1"), ("ada", NOTHING, "?stage=closed")],
    "accounts:life": [("sam", lambda story: {"pk": story.cast.x.pk}, "")],
    "accounts:official": [("sam", NOTHING, ""), ("olu", NOTHING, "?q=nothing-like-this")],
    "accounts:impersonations": [("sam", NOTHING, "")],
    "accounts:impersonation": [("sam", lambda story: {"pk": story.fake_pk}, "")],
    "accounts:report_impersonation": [("ada", NOTHING, "")],
    "application": [(who, lambda story: {"pk": story.applied_pk}, "") for who in ("olu", "sam", "rex")],
    "accounts:amend_application": [("sam", lambda story: {"pk": story.applied_pk}, "")],
    "accounts:choose_notices": [("ada", NOTHING, "")],
    "accounts:notices": [("ada", NOTHING, ""), ("mel", NOTHING, "")],
    "accounts:priority": [(who, lambda story: {"pk": story.priority_pk}, "") for who in ("ada", "olu")],
    "accounts:new_priority": [("ada", lambda story: {"code": story.cast.homerton.code}, "")],
    "accounts:training": [("ada", NOTHING, ""), ("sam", NOTHING, "")],
    "accounts:lesson": [("ada", lambda story: {"part": "privacy"}, "")],
    "accounts:test": [("ada", NOTHING, ""), ("mel", NOTHING, "")],
    "accounts:test_result": [("ada", lambda story: {"pk": story.sat_pk}, "")],
    "accounts:workshop": [(who, lambda story: {"pk": story.workshop_pk}, "") for who in ("ada", "sam")],
    "accounts:plan_workshop": [("sam", NOTHING, "")],
    "accounts:trained_people": [("sam", NOTHING, "")],
    "accounts:person_training": [("sam", lambda story: {"pk": story.cast.ada.pk}, "")],
    "accounts:training_file": [("sam", NOTHING, "")],
    "accounts:mentored": [("rex", NOTHING, ""), ("sam", NOTHING, "")],
    "accounts:pairs": [("sam", NOTHING, "")],
    "accounts:pair": [("sam", lambda story: {"pk": story.cast.ada.pk}, "")],
    "accounts:coaching": [(who, lambda story: {"pk": story.cast.ada.pk}, "") for who in ("ada", "rex")],
    "policy:practice": [("tess", NOTHING, ""), ("rex", NOTHING, "")],
    "policy:practice_draft": [(who, lambda story: {"pk": story.practice_pk}, "") for who in ("tess", "rex")],
    "policy:stage_proposals": [("sam", NOTHING, "")],
    "policy:stage": [(who, lambda story: {"pk": story.appointment_pk}, "") for who in ("ada", "rex", "sam")],
    "policy:agenda": [("rex", NOTHING, ""), ("sam", NOTHING, "?period=year")],
    "posts:index": [("ada", NOTHING, ""), ("mel", NOTHING, ""), ("cora", NOTHING, "?state=approved")],
    "posts:new": [("ada", NOTHING, "")],
    "posts:compose": [
        ("ada", lambda story: {"pk": story.draft.pk}, ""),
        ("ada", lambda story: {"pk": story.empty.pk}, ""),
    ],
    "posts:post": [
        ("ada", lambda story: {"pk": story.draft.pk}, ""),
        ("cora", lambda story: {"pk": story.approved.pk}, ""),
        ("rex", lambda story: {"pk": story.waiting.pk}, ""),
    ],
    "policy:submit": [("ada", lambda story: {"pk": story.draft.pk}, "")],
    "policy:disagree": [("ada", lambda story: {"pk": story.returned_pk}, "")],
    "posts:compare": [("rex", lambda story: {"pk": story.returned_pk}, "")],
    "policy:withdraw": [("ada", lambda story: {"pk": story.waiting.pk}, "")],
    "policy:note": [("ada", lambda story: {"pk": story.approved.pk}, "")],
    "policy:story": [("ada", lambda story: {"pk": story.approved.pk}, "")],
    "policy:queue": [("rex", NOTHING, ""), ("dee", NOTHING, "")],
    "policy:review": [
        ("rex", lambda story: {"pk": story.submission.pk}, ""),
        ("dee", lambda story: {"pk": story.asked_pk}, ""),
    ],
    "policy:second_looks": [("dee", NOTHING, "")],
    "policy:second_look": [("dee", lambda story: {"pk": story.look_pk}, "")],
    "policy:agreement": [("rex", NOTHING, ""), ("hana", NOTHING, "")],
    "policy:holds": [("dee", NOTHING, ""), ("hana", lambda story: {}, "")],
    "policy:hold": [
        ("dee", lambda story: {"pk": story.hold_pk}, ""),
        ("ada", lambda story: {"pk": story.watch_pk}, ""),
        ("hana", lambda story: {"pk": story.watch_pk}, ""),
    ],
    "policy:law": [("dee", NOTHING, ""), ("ada", NOTHING, "?q=nothing-like-this")],
    "policy:rule": [("dee", lambda story: {"rule": "VRM"}, "")],
    "policy:edition": [("cora", lambda story: {"number": 1}, "")],
    "policy:words": [("cora", NOTHING, "")],
    "policy:on_a_day": [("cora", NOTHING, "")],
    "policy:quality": [("rex", NOTHING, "")],
    "policy:proposals": [("dee", NOTHING, "")],
    "policy:proposal": [(who, lambda story: {"pk": story.proposal_pk}, "") for who in ("sam", "dee")],
    "policy:proposal_rule": [("sam", lambda story: {"pk": story.proposal_pk, "rule": "VRM"}, "")],
    "policy:proposal_words": [("sam", lambda story: {"pk": story.proposal_pk, "name": "slurs"}, "")],
    "policy:routes": [("ada", NOTHING, ""), ("sam", NOTHING, "?on=2014-01-01")],
    "policy:proposal_routes": [("sam", lambda story: {"pk": story.proposal_pk}, "")],
    "policy:sign_proposal": [("dee", lambda story: {"pk": story.proposal_pk}, "")],
    "policy:withdraw_pictures": [("dee", lambda story: {"pk": story.draft.pk}, "")],
    "policy:file_case": [("rex", lambda story: {"pk": story.waiting.pk}, "")],
    "policy:cases": [("dee", NOTHING, "")],
    "policy:decide_case": [("dee", lambda story: {"pk": story.case_pk}, "")],
    "policy:registers": [("dee", NOTHING, ""), ("cora", NOTHING, "?q=library")],
    "policy:register": [("dee", lambda story: {"kind": "consent"}, ""), ("cora", lambda story: {"kind": "venue"}, "")],
    "policy:retire_line": [("dee", lambda story: {"pk": story.line_pk}, "")],
    "policy:templates": [("ada", NOTHING, "")],
    "policy:template": [("ada", lambda story: {"key": "surgery"}, "")],
    "policy:lesson": [("ada", lambda story: {"rule": "DATE"}, "")],
    "policy:attest_all": [("ada", NOTHING, "")],
    "policy:documents": [("ada", NOTHING, ""), ("sam", NOTHING, "")],
    "policy:document": [("ada", lambda story: {"key": "personal"}, ""), ("sam", lambda story: {"key": "personal"}, "")],
    "policy:document_version": [("sam", lambda story: {"key": "personal", "number": 2}, "")],
    "policy:new_document": [("sam", NOTHING, "")],
    "policy:write_document": [("dee", lambda story: {"key": "personal"}, "")],
    "policy:unconfirmed": [("sam", NOTHING, ""), ("olu", NOTHING, "")],
    "policy:times": [("dee", NOTHING, ""), ("ada", NOTHING, "")],
    "policy:new_time": [("dee", NOTHING, "")],
    "policy:live_cases": [("ada", NOTHING, ""), ("mel", NOTHING, "")],
    "policy:close_live_case": [("ada", lambda story: {"pk": story.live_pk}, "")],
    "engagement:patch": [("olu", NOTHING, ""), ("ada", NOTHING, "")],
    "engagement:ward": [("ada", lambda story: {"code": story.cast.homerton.code}, "")],
    "engagement:borough": [("olu", lambda story: {"code": story.cast.hackney.code}, "")],
    "engagement:force": [("dee", NOTHING, "")],
    "engagement:mine": [("ada", NOTHING, "")],
    "engagement:reports": [("olu", NOTHING, "")],
    "engagement:report": [
        ("olu", lambda story: {"pk": story.report_pk}, ""),
        ("olu", lambda story: {"pk": story.report_pk + 1}, ""),
    ],
    "engagement:area_map": [
        ("olu", NOTHING, "?show=told"),
        ("dee", lambda story: {}, "?show=confidence"),
        ("ada", NOTHING, "?borough=E09000012"),
    ],
    "engagement:priorities": [
        ("ada", lambda story: {"code": story.cast.homerton.code}, ""),
        ("olu", lambda story: {"code": story.cast.wick.code}, ""),
    ],
    "engagement:survey_files": [("sam", NOTHING, "")],
    "engagement:survey_upload": [("sam", lambda story: {"pk": story.upload_pk}, "")],
    "engagement:survey_file": [("olu", lambda story: {"pk": story.file_pk}, "")],
    "engagement:measure": [("sam", lambda story: {"code": "informed"}, "")],
    "engagement:analyses": [("sam", NOTHING, "")],
    "engagement:analysis": [("olu", lambda story: {"pk": story.analysis_pk}, "")],
    "engagement:channel_numbers": [("sam", lambda story: {"pk": story.cast.page.pk}, "")],
    "engagement:post_numbers": [("ada", lambda story: {"pk": story.approved.pk}, "")],
    "publishing:story": [("ada", lambda story: {"pk": story.approved.pk}, "")],
    "publishing:recall": [("ada", lambda story: {"pk": story.approved.pk}, "")],
    "publishing:doubts": [("dee", NOTHING, "")],
    "publishing:calendar": [("dee", NOTHING, ""), ("ada", NOTHING, "?view=month"), ("mel", NOTHING, "?view=list")],
    "publishing:move": [("ada", lambda story: {"pk": story.approved.pk}, "")],
    "publishing:calendar_address": [("ada", NOTHING, "")],
    "publishing:report": [("dee", NOTHING, ""), ("ada", NOTHING, "?day=2020-01-01")],
    "publishing:money": [("sam", NOTHING, ""), ("olu", NOTHING, "")],
    "publishing:price": [("sam", NOTHING, "")],
    "publishing:budget": [("sam", lambda story: {"pk": story.cast.hackney.pk}, "")],
    "publishing:take_down": [("rex", lambda story: {"pk": story.doubtful.target.post_id}, "")],
    "publishing:incidents": [("ada", NOTHING, ""), ("mel", NOTHING, "")],
    "publishing:incident": [("dee", lambda story: {"pk": story.incident_pk}, "")],
    "publishing:removal_date": [("ada", lambda story: {"pk": story.approved.pk}, "")],
    "publishing:decide": [("rex", lambda story: {"pk": story.doubtful.pk}, "")],
}
EXCUSED = {
    "healthz": "a line of text for machines",
    "readyz": "JSON for machines",
    "metrics": "numbers for machines",
    "find": "only leads elsewhere",
    "accounts:connected": "the way back from a network; shown in the connect tests",
    "accounts:leave": "only leads to the network",
    "accounts:choose": "needs a network that offers several Pages; shown in the connect tests",
    "accounts:check": "POST only",
    "accounts:check_profile": "POST only",
    "accounts:move_life": "POST only",
    "accounts:official_file": "a file to keep",
    "accounts:impersonation_step": "POST only",
    "accounts:close_impersonation": "POST only",
    "accounts:impersonation_picture": "a picture",
    "compromised": "POST only",
    "sign_gate": "POST only",
    "return_gate": "POST only",
    "refuse_application": "POST only",
    "take_back_application": "POST only",
    "confirm_urgent": "POST only",
    "review_urgent": "POST only",
    "call_off_handover": "POST only",
    "accounts:end_session": "POST only",
    "accounts:take_factor": "POST only",
    "openid_connect_login": "only leads to the identity service",
    "openid_connect_callback": "only leads back from it",
    "mfa_login_webauthn": "what a script asks",
    "mfa_authenticate": "the second step of a sign-in; walked through in test_passkeys",
    "mfa_reauthenticate": "needs an app; the same page as account_reauthenticate",
    "mfa_reauthenticate_webauthn": "needs a passkey; the same page as account_reauthenticate",
    "mfa_deactivate_totp": "needs an app; a question as account_logout asks it",
    "mfa_remove_webauthn": "needs a passkey; a question as account_logout asks it",
    "mfa_view_recovery_codes": "only right after they are made; walked through in test_passkeys",
    "mfa_download_recovery_codes": "POST only",
    "second_factor_later": "POST only",
    "accounts:bell": "a part of every page",
    "accounts:read_notices": "POST only",
    "accounts:acknowledge": "POST only",
    "accounts:mend_priority": "POST only",
    "accounts:add_step": "POST only",
    "accounts:close_priority": "POST only",
    "accounts:reopen_priority": "POST only",
    "accounts:strike_step": "POST only",
    "accounts:answer_test": "POST only",
    "accounts:book_workshop": "POST only",
    "accounts:leave_workshop": "POST only",
    "accounts:take_attendance": "POST only",
    "accounts:call_off_workshop": "POST only",
    "accounts:check_in": "POST only",
    "accounts:leave_note": "POST only",
    "accounts:keep_shadow": "POST only",
    "policy:hand_in": "POST only",
    "policy:answer_practice": "POST only",
    "policy:propose_stage": "POST only",
    "policy:agree_stage": "POST only",
    "policy:decline_stage": "POST only",
    "policy:move_down": "POST only",
    "engagement:ward_priorities": "a file to keep",
    "engagement:map_table": "a file to keep",
    "engagement:report_table": "a file to keep",
    "engagement:report_progress": "a part of the page of a report that is being made",
    "posts:belong": "POST only",
    "posts:save": "POST only",
    "posts:copy": "POST only",
    "posts:picture": "the bytes of a picture",
    "engagement:patch_teams": "a file to keep",
    "engagement:survey_original": "a file to keep",
    "engagement:survey_corrections": "a file to keep",
    "engagement:analysis_table": "a file to keep",
    "engagement:spell": "POST only",
    "engagement:confirm_upload": "POST only",
    "engagement:drop_upload": "POST only",
    "engagement:ask_pairs": "POST only",
    "engagement:ask_again": "POST only",
    "engagement:ward_weeks": "a file to keep",
    "engagement:borough_answers": "a file to keep",
    "engagement:borough_work": "a file to keep",
    "engagement:force_answers": "a file to keep",
    "engagement:force_boroughs": "a file to keep",
    "engagement:force_months": "a file to keep",
    "engagement:report_paper": "a file to keep",
    "engagement:force_survey": "a file to keep",
    "engagement:force_work": "a file to keep",
    "engagement:ward_answers": "a file to keep",
    "engagement:ward_posts": "a file to keep",
    "engagement:borough_survey": "a file to keep",
    "engagement:borough_months": "a file to keep",
    "engagement:borough_wards": "a file to keep",
    "engagement:picture": "the bytes of a picture",
    "publishing:feed": "a calendar for machines",
    "facebook_hook": "for Facebook's machines",
    "publishing:progress": "a part of the incident page",
    "publishing:removed_by_hand": "POST only",
    "publishing:lift": "POST only",
    "publishing:resume_network": "POST only",
    "publishing:cost_of_draft": "a part of the writing page",
    "publishing:cost": "a part of the pages for writing and reviewing",
    "policy:start_proposal": "POST only",
    "policy:try_proposal": "POST only",
    "policy:withdraw_proposal": "POST only",
    "policy:times_of_post": "a part of the post's page and of the writing page",
    "policy:put_on_live_case": "POST only",
    "policy:ask_override": "POST only",
    "policy:decide_override": "POST only",
    "policy:second_override": "POST only",
    "policy:attest": "POST only",
    "policy:sign_document": "POST only",
    "policy:publish_document": "POST only",
    "policy:review_document": "POST only",
    "policy:agree_time": "POST only",
    "policy:ask_close_time": "POST only",
    "policy:close_time": "POST only",
    "policy:hints": "POST only; part of the compose page",
    "policy:approve": "POST only",
    "policy:send_back": "POST only",
    "policy:refer": "POST only",
    "policy:reject": "POST only",
    "policy:comment": "POST only",
    "policy:comment_done": "POST only",
    "policy:banner": "a part of every page",
    "policy:ask_release": "POST only",
    "policy:confirm_hold": "POST only",
    "policy:review_hold": "POST only",
    "policy:reconfirm": "POST only",
    "policy:ask_clearance": "POST only",
    "policy:give_clearance": "POST only",
    "policy:release": "POST only",
}


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}"


def test_every_address_is_walked_or_excused() -> None:
    known = PAGES.keys() | EXCUSED.keys()
    there = set(_names(get_resolver().url_patterns))
    assert there - known == set(), "add these to PAGES, or to EXCUSED with a reason"
    assert known - there == set(), "these are no more: take them out"


def _photograph() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (640, 480), "#3b6ea5").save(buffer, "JPEG")
    return SimpleUploadedFile("stall.jpg", buffer.getvalue(), "image/jpeg")


def _deliver(post: Post, channel: Channel, state: str, at: datetime, remote_id: str = "1") -> Delivery:
    facts = (
        {"remote_id": remote_id, "published_at": at}
        if state == "published"
        else {"reason": "It did not answer in time."}
    )
    return Delivery.objects.create(
        target=post.targets.get(channel=channel),
        channel=channel,
        version=post.current,
        fingerprint=post.current.fingerprint,
        state=state,
        publish_at=at,
        send_by=at + timedelta(minutes=30),
        due_at=at,
        created_at=at,
        **facts,
    )


def _beside_the_survey(cast: Cast, now: datetime) -> dict[str, int]:
    """A file that waits for a yes, one that came in with a correction, and an answer."""
    text = (
        "Date;Borough;Measure;Proportion\n31/12/2014;Hackney;Informed local;0,48\n31/12/2014;Brent;Informed local;0,5\n"
    )
    for name, share in (("first.csv", "0,48"), ("second.csv", "0,46")):
        content = text.replace("0,48", share).encode()
        file = confidence.import_file(name=name, content=content, by=cast.sam, now=now).file
    upload = uploads.take_in(name="third.csv", content=text.encode(), published_on=None, by=cast.sam, now=now)
    uploads.work(now=now)
    answer = Analysis.objects.create(
        method="panel", outcome=Measure.objects.get(code="informed"), exposure="posts", asked_at=now
    )
    spread = {"estimate": 0.4, "ci": [-1.0, 1.8], "p": 0.5}
    known = {"method": "panel", "n": 224, "boroughs": 32, "years": 7, "comparisons": 3, "detectable": 2.0, **spread}
    aside = {"errors": {"CR2": spread}, "wild": spread, "leave_one_out": [["Brent", 0.1, -1.0, 1.2]], "lead": spread}
    answer.finish(result=known | aside, code_version="x", done_at=now)
    return {"upload_pk": upload.pk, "file_pk": file.pk if file else 0, "analysis_pk": answer.pk}


def _survey(team: Team, now: datetime) -> None:
    """Two years of figures for a borough and for London. A test before us may have emptied the measures as well."""
    if not Measure.objects.exists():
        import_module("engagement.migrations.0003_measures").write(apps, None)
    file = SurveyFile.objects.create(name="figures.csv", sha256="0" * 64, content=b"", imported_at=now)
    ConfidenceFigure.objects.bulk_create(
        ConfidenceFigure(measure=measure, team=where, wave=date(year, month, 28), share=share, file=file)
        for measure in Measure.objects.all()
        for year in (2024, 2025)
        for month, share in ((3, "0.48"), (6, "0.51"), (9, "0.47"), (12, "0.52"))
        for where in (team, None)
    )


def _proposal(cast: Cast, now: datetime) -> int:
    """A change of the law, tried, with differences to show. A test before us may have emptied the editions as well."""
    import_module("policy.migrations.0013_first_rule_set").publish(apps, None)
    made = proposals.propose(why="Plates are asked about too often.", by=cast.sam, now=now)
    proposals.change_rule(proposal=made, rule_id="VRM", severity=Severity.DMC, by=cast.sam, now=now)
    proposals.ask_trial(proposal=made, by=cast.sam, now=now)
    trials.work(now=now)
    quality.work(now=now)
    return made.pk


def _ask(cast: Cast, now: datetime) -> int:
    """An update that a rule stops, and whose author asks the DMC to look."""
    post = make_post(cast, text="Cricket on the green: our own Jordan Smith was caught for 41.", now=now)
    why = "Nobody was arrested."
    appeals.ask(post=post, fingerprint=fingerprint(post.current), reason=why, by=cast.ada, now=now)
    return submission_of(post).pk


def _returned(cast: Cast, now: datetime) -> int:
    """Sent back, with a comment on its words."""
    post = make_post(cast, "in_review", text=LONG_TEXT, now=now)
    waiting = submission_of(post)
    seen = {"submission": waiting, "fingerprint": waiting.fingerprint, "by": cast.rex, "now": now}
    comments.say(**seen, channel=cast.x.pk, quote="forty of them", words=LONG_NAME)
    back = review.send_back(**seen, reason="accuracy", note=LONG_NAME)
    SecondLook.objects.get_or_create(review=back, defaults={"asked_at": now})
    return post.pk


def _trained(cast: Cast, now: datetime) -> dict[str, int]:
    """A test that is over and one that is open, a workshop with somebody in it, a record."""
    then = now - timedelta(days=3)
    sat = scenarios.begin(by=cast.ada, now=then)
    while sat.at is not None:
        sat = scenarios.answer(sitting=sat, place=sat.at, given=0, by=cast.ada, now=then)
    scenarios.begin(by=cast.ada, now=now)
    records.read_lesson(part="privacy", by=cast.ada, now=now)
    planned = workshops.plan(
        title=LONG_NAME, team=cast.force, starts_at=now + timedelta(days=3), place=LONG_NAME, capacity=2,
        agenda="Pictures\nNames", by=cast.sam, now=now,
    )  # fmt: skip
    workshops.book(workshop=planned, by=cast.ada, now=now)
    return {"sat_pk": sat.pk, "workshop_pk": planned.pk}


def _fake(cast: Cast, now: datetime) -> int:
    """An account that looks like Homerton's, with a screenshot and a report to the network."""
    said = {"network": "x", "handle": "MPSH0merton", "kind": "pretends", "seen": "It asks neighbours for money."}
    made = impersonation.report(**said, risky=True, screenshot=_photograph(), by=cast.ada, now=now)
    impersonation.add_step(matter=made, kind="reported", words="Ticket 4711.", by=cast.sam, now=now)
    return int(made.pk)


def _asked_for(cast: Cast, now: datetime) -> int:
    """A channel at gates 2 to 7, one of them sent back."""
    said = Answers(
        handle="MPSHackneyWick", name="Hackney Wick Police", audience="Residents of Hackney Wick",
        asked="To hear what is done about the towpath.", why_here="Few of them read the borough’s channel.",
        owner=cast.mel, deputy=cast.con, mentor=cast.rex, cover=cast.con,
    )  # fmt: skip
    made = applying.apply(team=cast.wick, network="x", answers=said, by=cast.sam, now=now)
    signing.sign(application=made, seat="need", evidence="Minutes of the May panel.", by=cast.olu, now=now)
    signing.send_back(application=made, seat="records", reason="Which retention class?", by=cast.cora, now=now)
    return int(made.channel_id)


def _mentored(cast: Cast, now: datetime) -> dict[str, int]:
    """A pair with a note and a check-in that is due, a proposal that waits, an update somebody practised with."""
    mentoring.pair(author=cast.ada, mentor=cast.rex, backup=cast.dee, by=cast.sam, now=now - timedelta(days=9))
    mentoring.note(author=cast.ada, words=LONG_TEXT, by=cast.rex, now=now)
    mentoring.check_in(author=cast.ada, on=now.date() - timedelta(days=8), words=LONG_TEXT, by=cast.rex, now=now)
    held = cast.ada.appointments.get()
    stages.propose(appointment=held, why=LONG_TEXT, evidence=[], by=cast.rex, now=now)
    post = make_post(cast, author=cast.tess, now=now)
    cast.tess.appointments.update(stage="practice")
    handed = practice.hand_in(post=post, kind="appeal", by=cast.tess, now=now)
    told = {"role": "mentor", "team": cast.wick, "hours": 1, "reason": LONG_TEXT[:300], "by": cast.dee}
    urgent = breakglass.open_urgent(user=cast.con, **told, now=now)
    return {"appointment_pk": held.pk, "practice_pk": handed.pk, "urgent_pk": urgent.pk}


def _priority(cast: Cast, now: datetime) -> int:
    """One with all three parts and a change, one with a name that is too long, one that is closed."""
    today = london_day(now)
    told = {"team": cast.homerton, "set_on": today, "source": "Ward panel", "by": cast.ada, "now": now}
    shown = priorities.set_priority(words=LONG_TEXT, **told)
    for kind in ("action", "result"):
        priorities.add_step(priority=shown, kind=kind, words=LONG_TEXT, on=today, by=cast.ada, now=now)
    priorities.mend(priority=shown, words=f"{LONG_TEXT}!", set_on=today, source="Panel", by=cast.dee, now=now)
    closed = priorities.set_priority(words=LONG_NAME, **told)
    priorities.close(priority=closed, ending="superseded", on=today, superseded_by=shown, by=cast.ada, now=now)
    priorities.set_priority(words="Bikes", **told)
    return shown.pk


def _report(cast: Cast, now: datetime) -> int:
    """One that is made and, after it, one that is not yet."""
    last = london_day(now)
    asked = {"team": cast.hackney, "last": last, "by": cast.olu, "now": now}
    made = reports.ask(first=last - timedelta(days=90), **asked)
    reports.work(now=now)
    reports.ask(first=last - timedelta(days=30), **asked)
    return made.pk


def _policy(cast: Cast, now: datetime) -> None:
    """A policy in force that nobody has confirmed, its next version signed, and a time that is on."""
    today = london_day(now)
    shown = documents.begin(
        key="personal", title="Personal use", body="doi", owner=cast.hana, review_on=today, by=cast.sam, now=now
    )
    for number in (1, 2):
        said = {"summary": "Be kind.", "text": "# Be kind\n\n- Always", "changes": "Kinder.", "demands": True}
        version = documents.write(document=shown, **said, by=cast.sam, now=now)
        documents.sign(version=version, by=cast.dee, now=now)
        if number == 1:
            documents.publish(version=version, by=cast.sam, now=now)
    for name in ("Local elections", LONG_NAME):
        when = {"starts_on": today, "ends_on": today + timedelta(days=9)}
        period = periods.enter(kind="election", team=cast.hackney, name=name, **when, by=cast.sam, now=now)
        if name != LONG_NAME:
            periods.agree(period=period, by=cast.dee, now=now)


@pytest.fixture
def story(live_server: object, cast: Cast, tmp_path: Any, settings: Any) -> Story:
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    Team.objects.filter(pk=cast.wick.pk).update(name=LONG_NAME[:63])
    Channel.objects.filter(pk=cast.page.pk).update(state="broken", problem="Facebook ended the sign-in of this Page.")
    draft = make_post(cast, text=LONG_TEXT, now=now)
    picture = pictures.add(post=draft, upload=_photograph(), by=cast.ada, now=now)
    waiting = make_post(cast, "in_review", now=now)
    approved = make_post(cast, "approved", publish_at=now + timedelta(hours=2), text=LONG_TEXT, now=now)
    sent = make_post(cast, "approved", publish_at=now + timedelta(hours=1), text="Thank you, library.", now=now)
    live = _deliver(sent, cast.x, "published", now - timedelta(hours=3))
    Snapshot.objects.create(delivery=live, at=now, impressions=12345, reactions=67, replies=None)
    _survey(cast.hackney, now)
    AreaShape.objects.create(
        team=cast.wick, path="M0 0l90 0 0 90-90 0z", left=0, top=0, right=90, bottom=90, imported_at=now
    )
    told = {"to": [cast.ada], "about": cast.page, "words": "Homerton on Facebook needs reconnecting.", "link": "/"}
    notices.give(**told, kind="channel.broken", urgency="now", needs_answer=True, now=now)
    notices.give(**told, kind="report.daily", urgency="quiet", now=now)
    wrong = make_post(cast, "approved", publish_at=now + timedelta(hours=1), text="Something wrong.", now=now)
    _deliver(wrong, cast.x, "published", now - timedelta(hours=2), remote_id="2")
    incident = takedown.take_down(post=wrong, kind="wrong", reason="It is wrong.", by=cast.ada, now=now)
    report.make_due(now=now.replace(hour=12) if now.hour < 6 else now)
    asked_pk = _ask(cast, now)
    live_pk = live_cases.put_on(post=approved, why="Somebody is charged.", by=cast.dee, now=now).pk
    returned_pk = _returned(cast, now)  # before there is a policy to confirm
    practised = _mentored(cast, now)
    _policy(cast, now)
    # What the migrations approved is gone where another test has emptied the tables.
    RegisterEntry.objects.get_or_create(
        kind="template", key="surgery", defaults={"value": "surgery", "note": "Surgeries", "added_at": now}
    )
    return Story(
        cast=cast,
        **_beside_the_survey(cast, now),
        asked_pk=asked_pk,
        live_pk=live_pk,
        priority_pk=_priority(cast, now),
        applied_pk=_asked_for(cast, now),
        fake_pk=_fake(cast, now),
        report_pk=_report(cast, now),
        returned_pk=returned_pk,
        look_pk=SecondLook.objects.get(review__submission__post=returned_pk).pk,
        **_trained(cast, now),
        **practised,
        incident_pk=incident.pk,
        draft=draft,
        empty=make_post(cast, text="", now=now),
        waiting=waiting,
        approved=approved,
        submission=submission_of(waiting),
        doubtful=_deliver(sent, cast.page, "unconfirmed", now - timedelta(hours=3)),
        picture=picture,
        hold_pk=holds.open_hold(team=cast.brent, reason="A serious incident.", by=cast.dee, now=now).pk,
        proposal_pk=_proposal(cast, now),
        case_pk=filing.file(post=waiting, fires=True, rule="GUILT", why="Guilt.", by=cast.rex, now=now).pk,
        line_pk=registers.add(kind="venue", value=LONG_NAME + " Library", by=cast.dee, now=now).pk,
        watch_pk=holds.open_hold(team=cast.homerton, level=1, reason="Nearby.", by=cast.dee, now=now).pk,
    )


@pytest.mark.parametrize("width", [PHONE], ids=["phone-then-wide"])
def test_axe_finds_nothing_on_any_page(
    page: Page,
    story: Story,
    sign_in: Callable[[Page, User], None],
    settle: Callable[[Page, str], Response | None],
    assert_quiet: Callable[[], None],
    assert_accessible: Callable[[Page], None],
) -> None:
    """Each page is opened once, on a phone, and read at both widths; a refusal in a page's place is a failure."""

    def look(address: str) -> None:
        answer = settle(page, address)
        assert answer is not None and answer.ok, answer and answer.status
        assert_quiet()
        assert_accessible(page)
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        assert_accessible(page)

    troubles: list[str] = []
    for name, visits in PAGES.items():
        for who, keys, query in visits:
            page.context.clear_cookies()
            page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
            if who:
                sign_in(page, getattr(story.cast, who))
            try:
                look(reverse(name, kwargs=keys(story)) + query.format(story=story))
            except AssertionError as found:
                troubles.append(f"{name} as {who}: {found}")
    assert not troubles, "\n\n".join(troubles)


@pytest.mark.parametrize("address", ["/nowhere/", "/posts/999999/"])
def test_pages_of_trouble_are_accessible(
    page: Page,
    cast: Cast,
    sign_in: Callable[[Page, User], None],
    settle: Callable[[Page, str], None],
    assert_accessible: Callable[[Page], None],
    address: str,
) -> None:
    sign_in(page, cast.ada)
    settle(page, address)
    assert page.get_by_role("heading", level=1).inner_text() == "There is no such page for you"
    assert_accessible(page)
