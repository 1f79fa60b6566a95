"""What the rights matrix is asked about that belongs to no ward: policies, times, rules, money, the survey; and what is
one person's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from io import BytesIO

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import notices, vault
from accounts.logins import pack
from accounts.models import Channel, Connection, Impersonation, Role, Team, User
from accounts.provisioning import impersonation
from accounts.training import workshops
from engagement import confidence, reports, uploads
from engagement.exposures import EXPOSURES
from engagement.models import Analysis
from platforms.base import Credentials, Identity
from policy import attesting, documents, periods, proposals, registers
from policy.models import Document, DocumentVersion
from policy.reading.dates import london_day
from publishing import feed, pausing
from smconsole.proving.matrix_sides import Keys, Side

People = dict[str, User]
SURVEY = "Date;Survey;Borough;Measure;Proportion;MPS\n31/12/2014;PAS;Hackney;Informed local;0,48;0,49\n"


def of_the_force(roles: People, second: User, authors: Collection[User], *, now: datetime) -> Keys:
    """One of everything that the DMC keeps. Where two people are needed, `second` was the first of them."""
    policies = _policies(roles, second, now)
    for author in authors:  # else they may send nothing
        shown = DocumentVersion.objects.get(pk=policies["in_force"])
        attesting.attest(version=shown, by=author, now=now)
    return {
        **policies,
        **_times(roles, second, now),
        **_rules(roles, second, now),
        **_survey(roles[Role.DMC_ADMIN], now),
        **_workshop(roles[Role.DMC_ADMIN], now),
        "pause": pausing.pause(network="x", reason="No credit.", now=now).pk,
        "fake": _fake(roles[Role.DMC_ADMIN], now).pk,
        "keeper": second.pk,
        "yesterday": (london_day(now) - timedelta(days=1)).isoformat(),
        "today": london_day(now).isoformat(),
        "tomorrow": (london_day(now) + timedelta(days=1)).isoformat(),
        "in_a_year": (london_day(now) + timedelta(days=360)).isoformat(),
    }


def _fake(by: User, now: datetime) -> Impersonation:
    """An account that pretends, with a screenshot."""
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "#3b6ea5").save(drawn, "PNG")
    shot = SimpleUploadedFile("shot.png", drawn.getvalue(), "image/png")
    told = {"network": "x", "handle": "MPSMatrixes", "kind": "pretends", "seen": "It asks for money."}
    return impersonation.report(**told, screenshot=shot, by=by, now=now)


def report(side: Side, by: User, *, now: datetime) -> Keys:
    """A report on the ward, made."""
    today = london_day(now)
    asked = reports.ask(team=side.ward, first=today - timedelta(days=8), last=today - timedelta(days=1), by=by, now=now)
    reports.work(now=now)
    return {"report": asked.pk}


def of_a_person(user: User, side: Side, channel: Channel, *, now: datetime) -> Keys:
    """Theirs alone: a notice, a calendar's address, two walks through a network's pages."""
    notices.give(to=[user], kind="matrix", about=side.ward, words="Look.", needs_answer=True, now=now)
    walks = [_walk(user, channel, number, now) for number in range(2)]
    Connection.objects.filter(pk=walks[1].pk).update(returned_at=now)
    return {
        "notice": user.notices.get(kind="matrix").pk,
        "token": feed.make_key(user=user, now=now),
        "walk": walks[0].pk,
        "returned_walk": walks[1].pk,
        "page_id": channel.external_id,
        "passkey": 0,
        "session": UserSession.objects.create(user=user, session_key=f"matrix-{user.pk}", ip="127.0.0.1").pk,
    }


def passkey(user: User) -> Keys:
    """Somebody else's: one's own comes from a device, and its pages read what only that can have written."""
    kept = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "A key"})
    return {"passkey": kept.pk}


def _walk(user: User, channel: Channel, number: int, now: datetime) -> Connection:
    """As `connecting.begin` keeps it, which asks the network first."""
    page = Identity(external_id=channel.external_id, handle=channel.handle, name=channel.name)
    login = Credentials(kind="page", token="matrix")  # noqa: S106  no network is spoken to
    kept = {
        "url": "https://example.org",
        "keep": {},
        "grants": [{"identity": asdict(page), "credentials": pack(login)}],
    }
    return Connection.objects.create(
        channel=channel, by=user, connector="facebook", state=f"matrix-{user.pk}-{number}", started_at=now,
        expires_at=now + timedelta(minutes=30), sealed=vault.seal(kept),
    )  # fmt: skip


def _policies(roles: People, second: User, now: datetime) -> Keys:
    """One in writing, one signed, one in force."""
    written, signed, shown = (_policy(key, roles, now) for key in ("matrix", "matrix-signed", "matrix-shown"))
    signed = documents.sign(version=signed, by=second, now=now)
    documents.sign(version=shown, by=second, now=now)
    documents.publish(version=shown, by=roles[Role.HEAD], now=now)
    return {
        "key": written.document.key, "number": written.number, "version": written.pk,
        "written_at": written.written_at.isoformat(), "signed_version": signed.pk,
        "signed_at": signed.written_at.isoformat(), "in_force": shown.pk,
    }  # fmt: skip


def _policy(key: str, roles: People, now: datetime) -> DocumentVersion:
    admin, said = roles[Role.DMC_ADMIN], {"summary": "Be kind.", "text": "# Be kind", "changes": "", "demands": True}
    made: Document = documents.begin(
        key=key, title=key, body="doi", owner=roles[Role.HEAD], review_on=london_day(now), by=admin, now=now
    )
    return documents.write(document=made, **said, by=admin, now=now)


def _times(roles: People, second: User, now: datetime) -> Keys:
    """One that waits for a second person, one that stands, one that somebody has asked to close."""
    admin, first = roles[Role.DMC_ADMIN], london_day(now) + timedelta(days=40)
    told = {"kind": "election", "team": None, "starts_on": first, "ends_on": first + timedelta(days=10)}
    waiting, standing, ending = (
        periods.enter(**told, name=f"Matrix {number}", by=admin, now=now) for number in range(3)
    )
    for period in (standing, ending):
        periods.agree(period=period, by=second, now=now)
    periods.ask_close(period=ending, by=second, now=now)
    return {"period": waiting.pk, "standing_period": standing.pk, "ending_period": ending.pk}


def _rules(roles: People, second: User, now: datetime) -> Keys:
    line = registers.add(kind="venue", value="Matrix Library", by=roles[Role.DMC_EDITOR], now=now)
    proposal = proposals.propose(why="Plates are asked about too often.", by=second, now=now)
    return {"proposal": proposal.pk, "line": line.pk}


def _workshop(by: User, now: datetime) -> Keys:
    planned = workshops.plan(
        title="Pictures", team=Team.objects.get(kind=Team.Kind.FORCE), starts_at=now + timedelta(days=9),
        place="Hendon", capacity=8, by=by, now=now,
    )  # fmt: skip
    return {"workshop": planned.pk, "force": planned.team_id}


def _survey(by: User, now: datetime) -> Keys:
    """A file that came in, one on its way, an answer."""
    content = SURVEY.encode()
    upload = uploads.take_in(name="next.csv", content=content, published_on=None, by=by, now=now)
    uploads.work(now=now)
    file = confidence.import_file(name="matrix.csv", content=content, by=by, now=now).file
    assert file is not None, "the matrix's survey file was refused"
    answer = Analysis.objects.create(
        method=Analysis.Method.PAIRS, settings={"comparisons": 0}, data={"pairs": []}, data_version={}, asked_at=now
    )
    answer.finish(result={"refused": "There are no figures yet."}, code_version="matrix", done_at=now)
    return {"upload": upload.pk, "file": file.pk, "analysis": answer.pk, "exposure": next(iter(EXPOSURES))}
