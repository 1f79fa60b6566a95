"""What the check is told: the draft as it stands, and what the force knows around it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from accounts.models import Channel, Team
from accounts.statements import Question
from policy import live_cases, periods, registers, resemblance
from policy.content import ChannelText, Content, Context, PictureFacts
from policy.models import Period, RegisterEntry
from posts.forms import ComposeForm
from posts.models import Version, VersionPicture
from posts.template_catalogue import TEMPLATES

Kind = RegisterEntry.Kind
_PLACES = (Team.Kind.BOROUGH, Team.Kind.WARD)


def content(version: Version) -> Content:
    """The version as the check reads it, channel by channel in the order of its targets."""
    channels = [target.channel for target in version.post.targets.all()]
    pictures = version.shown()
    known = resemblance.known_besides(version.post_id) if pictures else ()
    return Content(
        texts=tuple(_text(channel, version.text_for(channel), version.template) for channel in channels),
        pictures=tuple(_picture(picture, picture.alt, picture.answers, known) for picture in pictures),
        publish_at=version.publish_at,
        template=version.template if _still_stands(version.template, version.texts.values()) else "",
    )


def typed(form: ComposeForm, version: Version) -> Content:
    """What stands in the compose form, kept or not: the chosen channels, their words, the alt texts, the time."""
    said, template = form.cleaned_data, version.template
    pictures = list(version.pictures.select_related("media"))
    known = resemblance.known_besides(version.post_id) if pictures else ()
    texts = tuple(_text(channel, form.said(channel), template) for channel in form.offered if form.chooses(channel))
    return Content(
        texts=texts,
        pictures=tuple(
            _picture(picture, said.get(f"alt_{picture.media_id}", picture.alt), form.answers_of(picture), known)
            for picture in pictures
        ),
        publish_at=said.get("publish_at"),
        template=template if _still_stands(template, (one.text for one in texts)) else "",
    )


def _picture(
    picture: VersionPicture, alt: str, answers: Mapping[str, str] | None, known: Sequence[resemblance.Known]
) -> PictureFacts:
    media = picture.media
    return PictureFacts(
        str(picture.media_id),
        alt,
        media.original_name,
        said=None if answers is None else tuple(sorted(answers.items())),
        faces=media.faces,
        plates=media.plates,
        resembles=resemblance.of(media, known),
    )


def _text(channel: Channel, text: str, template: str) -> ChannelText:
    begun_from = TEMPLATES.get(template)
    return ChannelText(channel.pk, channel.network, text, begun_from.fixed_parts(text) if begun_from else ())


def _still_stands(template: str, texts: Iterable[str]) -> bool:
    """A template's name counts for what it was approved for, not for what somebody wrote over it."""
    begun_from = TEMPLATES.get(template)
    return begun_from is not None and all(map(begun_from.stands_in, texts))


def around(version: Version, *, now: datetime, known: Known | None = None) -> Context:
    """What the force knows around a version: of its team, at its own time, about its own case."""
    live = live_cases.is_live(version.post)
    return context(version.post.team, now=now, publish_at=version.publish_at, live_case=live, known=known)


def questions(version: Version, *, now: datetime) -> list[Question]:
    """What `around` asks, where what is known everywhere is at hand."""
    return [live_cases.question(version.post), periods.question(at=_speaks_at(version.publish_at, now), now=now)]


def _speaks_at(publish_at: datetime | None, now: datetime) -> datetime:
    return max(publish_at or now, now)


def context(
    team: Team, *, now: datetime, publish_at: datetime | None = None, live_case: bool = False,
    known: Known | None = None,
) -> Context:  # fmt: skip
    """What the force knows, for a draft of `team` that goes out at `publish_at`, or now.

    Four queries, read afresh: a stale register misleads. One, where the caller brings what is known everywhere.
    """
    times = periods.kinds_over(team, at=_speaks_at(publish_at, now), now=now)
    return Context(
        now=now,
        ward=team.name,
        **vars(known or everywhere(now)),
        pre_election=Period.Kind.ELECTION in times,
        mourning=Period.Kind.MOURNING in times,
        live_case=live_case,
    )


@dataclass(frozen=True)
class Known:
    """What the force knows wherever a draft stands: the part of a Context that its registers and teams make up."""

    handles: frozenset[str]
    partner_handles: frozenset[str]
    published_numbers: frozenset[str]
    gazetteer: frozenset[str]
    wards: frozenset[str]
    schools: frozenset[str]
    streets: frozenset[str]
    venues: frozenset[str]
    operations: frozenset[str]
    templates: frozenset[str]
    consents: frozenset[str]
    cases: frozenset[str]


def everywhere(now: datetime) -> Known:
    """Read afresh. Three queries."""
    said, names = registers.known(now), _names()
    boroughs, wards = names[Team.Kind.BOROUGH], names[Team.Kind.WARD]
    places = said[Kind.PLACE] | said[Kind.SCHOOL] | said[Kind.STREET] | said[Kind.VENUE]
    return Known(
        handles=frozenset(Channel.objects.order_by().values_list("handle", flat=True)),
        partner_handles=frozenset(value.lower() for value in said[Kind.PARTNER]),
        published_numbers=frozenset(_digits(value) for value in said[Kind.NUMBER]),
        gazetteer=frozenset(places | boroughs | wards),
        wards=frozenset(wards),
        schools=frozenset(said[Kind.SCHOOL]),
        streets=frozenset(said[Kind.STREET]),
        venues=frozenset(said[Kind.VENUE]),
        operations=frozenset(said[Kind.OPERATION]),
        templates=frozenset(said[Kind.TEMPLATE]),
        consents=frozenset(said[Kind.CONSENT]),
        cases=frozenset(said[Kind.CASE]),
    )


@dataclass
class _Lately:
    known: Known | None = None
    read_at: float = float("-inf")


_lately = _Lately()


def lately(now: datetime) -> Known:
    """What is known everywhere, read by this process at most KNOWN_FOR_SECONDS ago (docs/decisions/0031).

    For the burst of a full hour, when hundreds of posts are judged within seconds. Holds, approvals, periods, live
    cases and the rules themselves are never kept.
    """
    if time.monotonic() - _lately.read_at >= settings.KNOWN_FOR_SECONDS or _lately.known is None:
        _lately.read_at, _lately.known = time.monotonic(), everywhere(now)
    return _lately.known


def _names() -> dict[str, set[str]]:
    names: dict[str, set[str]] = {kind: set() for kind in _PLACES}
    for kind, name in Team.objects.filter(kind__in=_PLACES).values_list("kind", "name"):
        names[kind].add(name)
    return names


def _digits(number: str) -> str:
    return "".join(figure for figure in number if figure.isdigit())
