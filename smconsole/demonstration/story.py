"""Tells the story: weeks of posts that went out, then one post in every state. Only through the verbs of the rooms.

Time is passed in, so the past is walked day by day: the sandbox's clock stands where the story is.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import notices
from accounts.models import Channel, Team, User
from engagement import following, insights, metrics, periods, reports, rollups
from engagement.models import Followers
from policy import appeals, review, sheet
from policy.declarations import Answers
from policy.models import Review
from posts import belonging, drafting, pictures
from posts.fingerprint import fingerprint
from posts.models import Post
from publishing import budgeting, delivery, money, overdue, release, removal, takedown
from publishing import due as queries
from publishing.models import Delivery, Removal
from smconsole.demonstration import asked, lawmaking, mentored, reviewing, texts
from smconsole.demonstration.pictures import draw
from smconsole.demonstration.simulation import Simulation
from smconsole.demonstration.texts import Said

# What a trusted author of the story taps where layer 1 asks.
SAFE = Answers(arrested=False, identifiable=False, finished=True)

LONDON = ZoneInfo("Europe/London")
WORKER = "demonstration"


class Story:
    """now: the moment the demonstration is made. Everything before it is told in order."""

    def __init__(self, simulation: Simulation, *, now: datetime) -> None:
        self.simulation = simulation
        self.now = now
        self.people = {user.username: user for user in User.objects.all()}

    def tell(self) -> None:
        self.asked = asked.write(self.people, now=self.now)
        for said in sorted(texts.SAID, key=lambda said: -said.days):
            self._past(said)
        self.simulation.be_at(self.now, now=self.now)
        self._numbers(self.now)
        self._followers(self.now)
        for user in self.people.values():
            notices.read_all(to=user, now=self.now - timedelta(hours=20))
        self._today()
        metrics.start_watching(now=self.now, lately=None)
        for _ in rollups.rebuild(now=self.now):
            pass
        mentored.tell(self.people, now=self.now)
        self._report()

    def _report(self) -> None:
        """Asked for by the borough's manager and the head; the clock makes them as soon as it runs."""
        today = periods.day_of(self.now)
        span = {"first": today - timedelta(days=60), "last": today - timedelta(days=1), "now": self.now}
        for who, code in (("manager", "E09000012"), ("head", "MPS")):
            reports.ask(team=Team.objects.get(code=code), **span, by=self.people[who])

    # ---- weeks that went well ----------------------------------------------------------------------

    def _past(self, said: Said) -> None:
        moment = _at(self.now, days=said.days, hour=said.hour)
        self.simulation.be_at(moment, now=self.now)
        self._numbers(moment)
        self._followers(moment)
        post = self._write(
            said.author, said.text, now=moment - timedelta(hours=2), publish_at=moment, picture=said.picture
        )
        self._agree(post, now=moment - timedelta(hours=1))
        self._send(post, now=moment)
        if said.about:
            belonging.belong(post=post, priority=self.asked[said.about], by=post.author, now=moment)

    def _numbers(self, moment: datetime) -> None:
        metrics.start_watching(now=moment, lately=None)
        for batch in metrics.due_batches(now=moment):
            metrics.collect(watch_ids=batch, now=moment)
        insights.plan(now=moment)
        for batch in insights.due_batches(now=moment):
            insights.collect(watch_ids=batch, now=moment)
        for pk in insights.due_pages(now=moment):
            insights.collect_page(channel_id=pk, now=moment)

    def _followers(self, moment: datetime) -> None:
        """Counted on every day since the last time. A few more follow every week; the accounts are some months old."""
        last = Followers.objects.order_by("-day").values_list("day", flat=True).first()
        missing = (money.utc_day(moment) - last).days if last else 1
        for ago in reversed(range(max(0, missing))):
            day = moment - timedelta(days=ago)
            grown = 140 - (self.now - day).days
            for channel in Channel.objects.filter(state=Channel.State.LIVE):
                followers = 180 + channel.pk % 7 * 41 + grown * (3 + channel.pk % 4) // 7
                self.simulation.be_followed(channel.external_id, followers)
            following.count_followers(now=day)

    # ---- today, a post in every state --------------------------------------------------------------

    def _today(self) -> None:
        now, soon = self.now, timedelta(minutes=1)
        self._write("sergeant", texts.WITH_FINDING, now=now - timedelta(minutes=50))
        sent_back = self._write("sergeant", texts.SENT_BACK, now=now - timedelta(hours=3))
        self._submit(sent_back, now=now - timedelta(hours=2))
        reviewing.comment(sent_back, by=self.people["mentor"], now=now - timedelta(minutes=62))
        self._return(sent_back, now=now - timedelta(hours=1))
        tomorrow = _at(now, days=-1, hour=9)
        waiting = self._write("sergeant", texts.WAITING, now=now - timedelta(minutes=25), publish_at=tomorrow)
        self._submit(waiting, now=now - timedelta(minutes=20))
        referred = self._write("brockley", texts.NEEDS_DMC, now=now - timedelta(minutes=15))
        self._submit(referred, now=now - timedelta(minutes=9))
        self._refer(referred, now=now - timedelta(minutes=4))
        approved = self._write("sergeant", texts.APPROVED, now=now - timedelta(minutes=40), publish_at=tomorrow)
        self._agree(approved, now=now - timedelta(minutes=35))
        going = self._write("trusted", texts.GOING_OUT, now=now - soon, publish_at=now + timedelta(minutes=8))
        self._agree(going, now=now - soon)
        release.release(post=self._fresh(going), now=now)
        self._ask_the_dmc(now)
        self._write("kingspark", texts.KINGS_PARK, now=now - timedelta(minutes=55))
        self._missed(now)
        self._refused(now)
        self._taken_down(now)
        self._unconfirmed(now)
        self._budgets(now)
        reviewing.tell(self.people, now=now)
        lawmaking.tell(self.people, self._fresh(referred), now=now)

    def _ask_the_dmc(self, now: datetime) -> None:
        """A rule takes a cricketer for a suspect; his sergeant asks the DMC to look."""
        post = self._fresh(self._write("trusted", texts.LET_THROUGH, now=now - timedelta(minutes=18)))
        seen, why = fingerprint(post.current), texts.LET_THROUGH_WHY
        appeals.ask(post=post, fingerprint=seen, reason=why, by=post.author, now=now - timedelta(minutes=12))

    def _missed(self, now: datetime) -> None:
        due = now - timedelta(hours=2)
        post = self._write("brockley", texts.MISSED, now=due - timedelta(hours=1), publish_at=due)
        self._agree(post, now=due - timedelta(minutes=30))
        release.release(post=self._fresh(post), now=due - timedelta(minutes=5))
        late = due + timedelta(minutes=31)
        for delivery_id in queries.deliveries_too_late(now=late):
            overdue.miss(delivery_id=delivery_id, now=late)

    def _refused(self, now: datetime) -> None:
        """X refuses it and says why; Facebook takes it."""
        match = {"method": "POST", "path_regex": "^/x/2/tweets$"}
        self.simulation.fail({"platform": "x", "match": match, "action": {"kind": "status", "code": 403}, "times": 1})
        post = self._write("trusted", texts.REFUSED, now=now - timedelta(minutes=6))
        self._agree(post, now=now - timedelta(minutes=5))
        self._send(post, now=now - timedelta(minutes=4))

    def _unconfirmed(self, now: datetime) -> None:
        """X does not answer after taking it, and its timeline stays out of reach: a person will have to look."""
        voice = Channel.objects.get(network="x", handle="MPSKilburn")
        rules = [
            ({"method": "POST", "path_regex": "^/x/2/tweets$"}, {"kind": "reset_after"}, 1),
            (
                {"method": "GET", "path_regex": f"^/x/2/users/{voice.external_id}/tweets"},
                {"kind": "status", "code": 503},
                9999,
            ),
        ]
        for match, action, times in rules:
            self.simulation.fail({"platform": "x", "match": match, "action": action, "times": times})
        post = self._write("kilburn", texts.UNCONFIRMED, now=now - timedelta(minutes=3))
        self._agree(post, now=now - timedelta(minutes=2))
        self._send(post, now=now - timedelta(minutes=1))

    def _taken_down(self, now: datetime) -> None:
        """A wrong day in an update: taken down on both networks within the minute, its channels let go, still open."""
        post = self._write("brockley", texts.WRONG_DAY, now=now - timedelta(minutes=75))
        self._agree(post, now=now - timedelta(minutes=73))
        self._send(post, now=now - timedelta(minutes=72))
        asked, reason = now - timedelta(minutes=60), "It gives the wrong day for the surgery."
        incident = takedown.take_down(post=self._fresh(post), kind="wrong", reason=reason, by=post.author, now=asked)
        for later in (timedelta(0), timedelta(minutes=2)):
            for row in Removal.objects.filter(incident=incident, due_at__lte=asked + later):
                removal.remove(removal_id=row.pk, clock=lambda later=later: asked + later)
        for freeze in incident.freezes.select_related("channel", "incident"):
            takedown.lift(freeze=freeze, by=self.people["editor"], now=now - timedelta(minutes=50))

    def _budgets(self, now: datetime) -> None:
        """Small, as the story is: a few posts a week."""
        for code, dollars, reserve in (("MPS", 40, 10), ("E09000012", 6, 1)):
            facts = {"micros": dollars * money.MICROS, "reserve": reserve * money.MICROS}
            team = Team.objects.get(code=code)
            budgeting.set_budget(team=team, **facts, by=self.people["administrator"], now=now)

    # ---- the steps, each a verb --------------------------------------------------------------------

    def _write(
        self,
        author: str,
        text: str,
        *,
        now: datetime,
        publish_at: datetime | None = None,
        picture: tuple[str, str] | None = None,
    ) -> Post:
        by = self.people[author]
        channels = reviewing.voices_of(by)
        said = {channel.pk: text for channel in channels}
        post = drafting.draft(channels=channels, texts=said, publish_at=publish_at, by=by, now=now)
        if picture:
            name, alt = picture
            upload = SimpleUploadedFile(f"{name}.jpg", draw(f"{name} {text[:20]}"), "image/jpeg")
            media = pictures.add(post=post, upload=upload, by=by, now=now)
            post.refresh_from_db()
            drafting.revise(
                post=post,
                revision=post.revision,
                channels=channels,
                texts=said,
                alts={media.pk: alt},
                answers={media.pk: {"people": "nobody"}},
                publish_at=publish_at,
                send_within=post.current.send_within,
                by=by,
                now=now,
            )
        return post

    def _submit(self, post: Post, *, now: datetime) -> None:
        fresh = self._fresh(post)
        asked = sheet.for_author(fresh, user=post.author, now=now).asks
        review.submit(post=fresh, answers=SAFE if asked else None, by=post.author, now=now)

    def _agree(self, post: Post, *, now: datetime) -> None:
        self._submit(post, now=now)
        submission = post.submissions.filter(closed_at__isnull=True).first()
        if submission is not None:
            reviewer = self.people["editor" if submission.is_the_dmc_s else "mentor"]
            review.approve(submission=submission, fingerprint=submission.fingerprint, by=reviewer, now=now)

    def _return(self, post: Post, *, now: datetime) -> None:
        submission = post.submissions.get(closed_at__isnull=True)
        review.send_back(
            submission=submission,
            fingerprint=submission.fingerprint,
            reason=Review.Reason.ACCURACY,
            note=texts.SENT_BACK_NOTE,
            by=self.people["mentor"],
            now=now,
        )

    def _refer(self, post: Post, *, now: datetime) -> None:
        submission = post.submissions.get(closed_at__isnull=True)
        seen, mentor = submission.fingerprint, self.people["mentor"]
        review.refer(submission=submission, fingerprint=seen, note=texts.REFERRED_NOTE, by=mentor, now=now)

    def _send(self, post: Post, *, now: datetime) -> None:
        release.release(post=self._fresh(post), now=now)
        for waiting in Delivery.objects.filter(target__post=post, state=Delivery.State.WAITING):
            delivery.deliver(delivery_id=waiting.pk, worker=WORKER, clock=lambda: now)

    def _fresh(self, post: Post) -> Post:
        return Post.objects.select_related("current", "author").get(pk=post.pk)


def _at(now: datetime, *, days: int, hour: int) -> datetime:
    """That many days ago at that London hour."""
    day = now.astimezone(LONDON) - timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)
