"""The compose form: what a writer typed, and how much of it can be kept when a part of it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet

from accounts.keys import key_in
from accounts.models import Channel, Priority
from posts import belonging, declarations
from posts.models import Post, Version, VersionPicture
from posts.schedule import LONDON, WINDOWS, moment_of
from posts.wording import LONGEST_ALT, normalise, says_something

ASAP, AT = "asap", "at"
TIME_FIELDS = ("when", "date", "time", "fold", "send_within")


class WordsField(forms.Field):
    """Words in their one form (`wording.normalise`), which also drops what a database could not keep."""

    def to_python(self, value: Any) -> str:
        return normalise(str(value or ""))


class PageKeyField(forms.Field):
    """Whatever is no key counts as none: the words are what matters."""

    def to_python(self, value: Any) -> UUID | None:
        try:
            return UUID(str(value))
        except ValueError:
            return None


class AltField(WordsField):
    def validate(self, value: Any) -> None:
        if len(value) > LONGEST_ALT:
            raise ValidationError(
                f"Describe the picture in {LONGEST_ALT:,} characters at most. You have {len(value):,}."
            )


class ChannelsField(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> QuerySet[Channel]:
        """Any number that no row could have is not for the database to stumble over."""
        if any(key_in(one) is None for one in value or []):
            raise ValidationError("Choose channels from the list.", code="invalid_choice")
        asked = Channel.objects.filter(pk__in=value or []).exclude(state=Channel.State.CLOSED)
        if not {channel.pk for channel in asked} <= {channel.pk for channel in self.queryset}:
            raise PermissionDenied("You may not write for one of these channels.")
        chosen: QuerySet[Channel] = super().clean(value)
        return chosen


class PriorityField(forms.ModelChoiceField):
    """Named with its ward where the writer speaks for several."""

    with_team = False

    def clean(self, value: Any) -> Priority | None:
        """Any number that no row could have is not for the database to stumble over."""
        if value not in (None, "") and key_in(value) is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        chosen: Priority | None = super().clean(value)
        return chosen

    def label_from_instance(self, priority: Priority) -> str:
        ended = "" if priority.is_open else " (closed)"
        return f"{priority.team.name}: {priority}{ended}" if self.with_team else f"{priority}{ended}"


def priority_field(offered: QuerySet[Priority], *, with_team: bool = False) -> PriorityField:
    wrong = "That priority is not open for this team. Choose another, or none."
    field = PriorityField(offered, required=False, empty_label="None of them", error_messages={"invalid_choice": wrong})
    field.with_team = with_team
    return field


class ComposeForm(forms.Form):
    """Fields: those below, channels, text_<channel pk> for each channel offered, alt_<media pk> for each picture."""

    text = WordsField(required=False)
    same_text = forms.BooleanField(required=False)
    when = forms.ChoiceField(choices=[(ASAP, "As soon as it is approved"), (AT, "At a time")])
    date = forms.DateField(required=False, error_messages={"invalid": "Enter the day as a date, like 2 March 2026."})
    time = forms.TimeField(
        required=False, error_messages={"invalid": "Enter the time as hours and minutes, like 14:00."}
    )
    fold = forms.TypedChoiceField(
        choices=[("0", "first"), ("1", "second")], required=False, coerce=int, empty_value=None
    )
    send_within = forms.TypedChoiceField(coerce=int)
    revision = forms.IntegerField(required=False, min_value=0)
    begun_as = PageKeyField(required=False)

    def __init__(self, *args: Any, offered: QuerySet[Channel], post: Post | None, now: datetime, **kwargs: Any) -> None:
        self.offered, self.post, self.now = list(offered), post, now
        self.version: Version | None = post.current if post else None
        super().__init__(*args, initial=self._initial(), **kwargs)
        self.fields["channels"] = ChannelsField(offered, error_messages={"required": "Choose at least one channel."})
        self.fields["send_within"].choices = self._windows()  # type: ignore[attr-defined]
        teams = {channel.team_id for channel in self.offered}
        self.fields["priority"] = priority_field(belonging.offered(teams, post), with_team=len(teams) > 1)
        for channel in self.offered:
            self.fields[f"text_{channel.pk}"] = WordsField(required=False)
        for picture in self._pictures():
            self.fields[f"alt_{picture.media_id}"] = AltField(required=False)

    # ---- what to keep ----------------------------------------------------------------------------------------------

    def start(self) -> dict[str, Any]:
        """For `drafting.draft`. Empty when there is no channel to begin with: nothing can be kept then."""
        if "channels" not in self.cleaned_data:
            return {}
        kept = self._kept_time()
        return {"channels": self.cleaned_data["channels"], "texts": self._texts(), **kept}

    def keep(self) -> dict[str, Any]:
        """For `drafting.revise`: what was typed, and what stood before wherever what was typed cannot be taken."""
        assert self.post is not None
        channels = self.cleaned_data.get("channels")
        return {
            "revision": self.cleaned_data.get("revision") or 0,
            "channels": list(channels) if channels else [target.channel for target in self.post.targets.all()],
            "texts": self._texts(),
            "alts": {
                picture.media_id: self.cleaned_data.get(f"alt_{picture.media_id}", picture.alt)
                for picture in self._pictures()
                if f"alt_{picture.media_id}" in self.data
            },
            "answers": {
                picture.media_id: self.answers_of(picture) or {}
                for picture in self._pictures()
                if f"asked_{picture.media_id}" in self.data
            },
            **self._kept_time(),
        }

    def answers_of(self, picture: VersionPicture) -> Mapping[str, str] | None:
        """What the author says of a picture: as sent where its questions were on the page, else as kept."""
        pk = picture.media_id
        if f"asked_{pk}" not in self.data:
            kept: Mapping[str, str] | None = picture.answers
            return kept
        sent = {name: self.data.get(f"{name}_{pk}", "") for name in declarations.ASKED}
        ticked = [one for one in declarations.ABOUT if f"about_{pk}_{one}" in self.data]
        return declarations.clean({**sent, "about": ticked})

    @property
    def is_blank(self) -> bool:
        return not any(map(says_something, self._texts().values())) and not self.files

    @property
    def time_is_wrong(self) -> bool:
        return any(name in self.errors for name in TIME_FIELDS)

    @property
    def wrong_besides_time(self) -> list[str]:
        """What the narrow bar says in full; what is wrong with the time stands beside its fields."""
        return [str(sentence) for name, wrong in self.errors.items() if name not in TIME_FIELDS for sentence in wrong]

    @property
    def asks_which(self) -> bool:
        """Whether the chosen hour comes twice, so that the writer must say which one."""
        return self.has_error("fold") or self["fold"].value() not in (None, "")

    def said(self, channel: Channel) -> str:
        """What stands in the form for this channel now."""
        return normalise(str(self["text" if self.is_shared else f"text_{channel.pk}"].value() or ""))

    @property
    def is_shared(self) -> bool:
        return bool(self["same_text"].value())

    def chooses(self, channel: Channel) -> bool:
        return str(channel.pk) in {str(getattr(one, "pk", one)) for one in self["channels"].value() or []}

    @property
    def names_priority(self) -> bool:
        """Whether the page asked and the answer can be kept; without the question what stands stays."""
        return "priority" in self.data and "priority" not in self.errors

    # ---- cleaning --------------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["publish_at"] = None
        if cleaned.get("when") == AT and not self.time_is_wrong:
            self._clean_moment(cleaned)
        return cleaned

    def _clean_moment(self, cleaned: dict[str, Any]) -> None:
        day, clock = cleaned.get("date"), cleaned.get("time")
        for name, value, sentence in (("date", day, "Choose a day."), ("time", clock, "Choose a time.")):
            if value is None:
                self.add_error(name, sentence)
        if day is None or clock is None:
            return
        try:
            cleaned["publish_at"] = moment_of(day, clock, fold=cleaned.get("fold"), now=self.now)
        except ValidationError as refused:
            self.add_error({"twice": "fold", "far": "date"}.get(refused.code or "", "time"), refused)

    def _texts(self) -> dict[int, str]:
        cleaned = self.cleaned_data
        own = {channel.pk: cleaned.get(f"text_{channel.pk}", "") for channel in self.offered}
        return dict.fromkeys(own, cleaned.get("text", "")) if cleaned.get("same_text") else own

    def _kept_time(self) -> dict[str, Any]:
        if not self.time_is_wrong:
            return {"publish_at": self.cleaned_data["publish_at"], "send_within": self.cleaned_data["send_within"]}
        if self.version is None:
            return {}
        return {"publish_at": self.version.publish_at, "send_within": self.version.send_within}

    # ---- what stands -----------------------------------------------------------------------------------------------

    def _initial(self) -> dict[str, Any]:
        if self.version is None:
            first = [channel.pk for channel in self.offered if channel.team_id == self.offered[0].team_id]
            page = {"revision": 0, "begun_as": uuid4()}
            return {"same_text": True, "when": ASAP, "send_within": 30, "channels": first, **page}
        texts = {int(pk): text for pk, text in self.version.texts.items()}
        shared = len(set(texts.values())) <= 1
        return {
            "same_text": shared,
            "text": next(iter(texts.values()), ""),
            "channels": list(texts),
            "revision": self.post.revision if self.post else 0,
            "priority": self.post.priority_id if self.post else None,
            "send_within": self.version.send_within,
            **{f"text_{channel.pk}": texts.get(channel.pk, "") for channel in self.offered},
            **{f"alt_{picture.media_id}": picture.alt for picture in self._pictures()},
            **self._initial_time(self.version.publish_at),
        }

    def _initial_time(self, publish_at: datetime | None) -> dict[str, Any]:
        if publish_at is None:
            return {"when": ASAP}
        local = publish_at.astimezone(LONDON)
        twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
        return {
            "when": AT,
            "date": local.date().isoformat(),
            "time": f"{local:%H:%M}",
            "fold": str(local.fold) if twice else "",
        }

    def _windows(self) -> list[tuple[int, str]]:
        stands = self.version.send_within if self.version else 30
        return sorted({stands: f"{stands} minutes", **WINDOWS}.items())

    def _pictures(self) -> list[Any]:
        return list(self.version.pictures.all()) if self.version else []
