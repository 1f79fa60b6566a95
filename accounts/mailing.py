"""The notices of a person, by e-mail: one message for all that is due, sent from the rows and after them.

It says that something waits and where, never what somebody wrote. A message that the mail server does not take is
tried again; the bell shows the notice meanwhile.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet

from accounts.models import Notice, User

AGAIN = timedelta(minutes=2)
MOST = 200  # people a round
log = structlog.get_logger(__name__)


def people_due(*, now: datetime) -> list[int]:
    """Whose mail is due."""
    return list(_due(now).order_by("to").values_list("to", flat=True).distinct()[:MOST])


def mail(*, user_id: int, now: datetime) -> bool:
    """One message with everything that is due to this person. False: another worker has it, or it did not go out.

    The claim is a conditional UPDATE and committed before the mail server is spoken to. A worker that dies between
    sending and noting it down sends once more two minutes later: told twice is better than not told.
    """
    due = list(_due(now).filter(to=user_id).values_list("pk", flat=True))
    if not due or not _due(now).filter(pk__in=due).update(mail_at=now + AGAIN):
        return False
    taken = list(Notice.objects.filter(pk__in=due, mail_at=now + AGAIN).order_by("-needs_answer", "pk"))
    user = User.objects.get(pk=user_id)
    if not taken or not _send(user, taken):
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in taken], mail_at=now + AGAIN).update(
        mail_at=None, mailed_at=now
    )
    return True


def _due(now: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(mail_at__lte=now, closed_at__isnull=True, to__is_active=True).exclude(to__email="")


def _send(user: User, notices: list[Notice]) -> bool:
    try:
        EmailMessage(subject=_subject(notices), body=_body(user, notices), to=[user.email]).send()
    except (SMTPException, OSError) as trouble:
        log.warning("notices.mail_failed", trouble=type(trouble).__name__, notices=len(notices))
        return False
    return True


def _subject(notices: list[Notice]) -> str:
    asking = sum(notice.needs_answer for notice in notices)
    if asking:
        return f"smconsole: {asking} thing{'s need' if asking > 1 else ' needs'} your answer"
    return f"smconsole: {len(notices)} notice{'s' if len(notices) > 1 else ''}"


def _body(user: User, notices: list[Notice]) -> str:
    told = "\n\n".join(f"- {notice.words}\n  {settings.BASE_URL}{notice.link or '/notices/'}" for notice in notices)
    return (
        f"Hello {user.display_name},\n\n{told}\n\n"
        f"Sign in to see it and to say that you have it: {settings.BASE_URL}/notices/\n"
        "What needs an answer stays on your list until somebody answers.\n"
    )
