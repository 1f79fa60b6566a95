"""Stopping, keeping, clearing. Short enough for a phone in the rain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Channel, Team
from accounts.scoped import ScopedChoiceField
from policy.models import Clearance, Hold

# One tap instead of typing; a line of one's own may be added.
REASONS = (
    "A serious incident nearby",
    "A terror attack or major incident",
    "National mourning",
    "A verdict or an inquest",
    "An account is compromised",
)
AGAIN_IN = {30: "30 minutes", 60: "1 hour", 180: "3 hours", 720: "12 hours"}


class ScopeField(ScopedChoiceField):
    """counts: posts on their way, by team, shown behind its name."""

    counts: Mapping[int, int] = {}

    def label_from_instance(self, team: Team) -> str:
        force = team.kind == Team.Kind.FORCE
        name = "The whole force" if force else f"{team.full_name} ({team.get_kind_display().lower()})"
        count = self.counts.get(team.pk, 0)
        return f"{name}: {count} on {'its' if count == 1 else 'their'} way" if count else name


class HoldForm(forms.Form):
    """team: what should stop, chosen and never preselected; only this channel where `channel` is given.

    teams, levels: what this person may stop, and how.
    """

    team = ScopeField(
        queryset=Team.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose what should stop.", "invalid_choice": "Choose a team from the list."},
    )
    level = forms.TypedChoiceField(
        coerce=int,
        error_messages={"required": "Choose a level.", "invalid_choice": "Choose a level that you may open."},
    )
    why = forms.ChoiceField(choices=[(words, words) for words in REASONS], required=False)
    reason = forms.CharField(
        max_length=240, required=False, error_messages={"max_length": "Keep it under 240 characters."}
    )
    message = forms.CharField(
        max_length=300, required=False, error_messages={"max_length": "Keep it under 300 characters."}
    )
    topic = forms.CharField(
        max_length=120, required=False, error_messages={"max_length": "Keep it under 120 characters."}
    )

    def __init__(
        self,
        *args: Any,
        teams: QuerySet[Team],
        levels: list[int],
        counts: Mapping[int, int],
        channel: Channel | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.channel = channel
        self.fields["level"].choices = [(level, Hold.Level(level).label) for level in levels]  # type: ignore[attr-defined]
        if channel is not None:
            del self.fields["team"]
        else:
            self.fields["team"].counts = counts  # type: ignore[attr-defined]
            self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """`why` and `reason` become one reason; the channel brings its team."""
        cleaned = super().clean() or {}
        said = [cleaned.pop("why", ""), str(cleaned.get("reason", "")).strip()]
        cleaned["reason"] = ". ".join(filter(None, said))
        if not cleaned["reason"] and "reason" not in self.errors:
            self.add_error("reason", "Say why: everybody who is stopped will read it.")
        if self.channel is not None:
            cleaned["team"], cleaned["channel"] = self.channel.team, self.channel
        return cleaned


class ReviewHoldForm(forms.Form):
    """It stays: when to look again, and what sergeants are told meanwhile."""

    again_in = forms.TypedChoiceField(coerce=int, choices=list(AGAIN_IN.items()), initial=60)
    message = forms.CharField(max_length=300, required=False)

    def clean_again_in(self) -> timedelta:
        return timedelta(minutes=self.cleaned_data["again_in"])


class ClearForm(forms.Form):
    """Why this post must go out nevertheless."""

    ground = forms.ChoiceField(choices=Clearance.Ground.choices, error_messages={"required": "Choose why."})
    note = forms.CharField(max_length=300, required=False)
