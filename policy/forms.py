"""What people tell us about a post or a hold: shape and cleaning only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Team
from policy.models import Review

LONGEST_NOTE = 1000

# Half a kind sentence for each reason; the reviewer finishes it.
STARTERS = {
    Review.Reason.LEGAL: "Thank you for this. Because the case is still live, please ",
    Review.Reason.PRIVACY: "Good to share. Somebody could be recognised from this, so please ",
    Review.Reason.VICTIM_CARE: "Thank you. Reading this as the person it happened to, please ",
    Review.Reason.SAFETY: "Useful update. To keep officers and residents safe, please ",
    Review.Reason.TONE: "The facts are right. To sound like you on a calm day, please ",
    Review.Reason.ACCURACY: "Nearly there. Please check ",
    Review.Reason.ACCESSIBILITY: "Good post. So that everybody can read it, please ",
    Review.Reason.CONTACT_ROUTE: "Good to invite people in. So that they reach the right place, please ",
    Review.Reason.OFF_TOPIC: "Thank you. Residents follow this channel for your ward, so please ",
    Review.Reason.TIMING: "Good words, difficult moment. Please ",
}


class DecisionForm(forms.Form):
    """Every decision carries the fingerprint of what the reviewer saw."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(max_length=LONGEST_NOTE, required=False)


class SendBackForm(DecisionForm):
    """A reason code and a sentence: it is coaching, and it is kept."""

    reason = forms.ChoiceField(
        choices=Review.Reason.choices,
        error_messages={"required": "Choose a reason.", "invalid_choice": "Choose a reason from the list."},
    )
    note = forms.CharField(
        max_length=LONGEST_NOTE,
        error_messages={
            "required": "Say in a sentence what would make it ready.",
            "max_length": f"Keep it under {LONGEST_NOTE:,} characters.",
        },
    )

    def clean_note(self) -> str:
        """A starter on its own is no coaching."""
        note = str(self.cleaned_data["note"]).strip()
        if note in {starter.strip() for starter in STARTERS.values()}:
            raise forms.ValidationError("Finish the sentence: what would make it ready?")
        return note


class ScopeField(forms.ModelChoiceField):
    def label_from_instance(self, team: Team) -> str:
        if team.kind == Team.Kind.FORCE:
            return "The whole force"
        return f"{team.full_name} ({team.get_kind_display().lower()})"


class HoldForm(forms.Form):
    """team: what should stop, chosen and never preselected. teams: what this person may stop."""

    team = ScopeField(
        queryset=Team.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose what should stop.", "invalid_choice": "Choose a team from the list."},
    )
    reason = forms.CharField(
        max_length=300,
        error_messages={
            "required": "Say why: everybody who is stopped will read it.",
            "max_length": "Keep it under 300 characters.",
        },
    )

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
